/**
 * The arrows between the folders of src/: they point down only (docs/architecture.md). Each rule's comment tells what to
 * do about a violation. `npm run arrows` checks them, and so does tests/architecture.test.ts.
 */

/** @param {readonly string[]} names @returns {string} the paths of these folders of src/ */
const folders = (...names) => `^src/(${names.join('|')})/`;

/** @param {string} name @param {readonly string[]} mayKnow @param {string} comment */
const knowsOnly = (name, mayKnow, comment) => ({
  name: `${name}-knows-only-what-is-below`,
  comment,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: folders(name, ...mayKnow) },
});

module.exports = {
  forbidden: [
    knowsOnly('values', [], 'Values stand on their own: hand in what they need as an argument, or move the code up.'),
    knowsOnly('findings', [], 'Findings stand on their own: hand in a name, a place or a text, not the thing itself.'),
    knowsOnly(
      'rules',
      ['values', 'findings'],
      'The language says what to compute and nothing of how: move what executes to src/engine, what reads files to src/io, ' +
        'what renders to src/report, and let src/cli join them.',
    ),
    knowsOnly(
      'engine',
      ['rules', 'values', 'findings'],
      'The engine is given a plan and tables and returns plain data: what reads belongs to src/io, what renders to ' +
        'src/report.',
    ),
    knowsOnly(
      'io',
      ['rules', 'values', 'findings'],
      'Reading and writing know the columns, not the computation: return tables, take finished texts or bytes, and let ' +
        'src/cli join them.',
    ),
    knowsOnly(
      'plan-test',
      ['engine', 'io', 'rules', 'values', 'findings'],
      'Tests of plans compute cases and compare them: take texts and paths as arguments, and let src/report show the outcome.',
    ),
    knowsOnly(
      'first-plan',
      ['io', 'rules', 'values', 'findings'],
      'A first plan is guessed from the bytes of a file: take them as an argument, and let src/cli try the plan out.',
    ),
    {
      name: 'tests-and-checks-know-rows-in-memory-only',
      comment:
        'A test brings its rows, and so does a check: it needs the typing of rows and the cutting of CSV text from src/io, never a file. Let ' +
        'src/cli read it and hand in the text.',
      severity: 'error',
      from: { path: folders('plan-test', 'check') },
      to: { path: '^src/io/', pathNot: '^src/io/(rows-memory|row-shape|csv-rows|csv-record|text-pool|source)\\.ts$' },
    },
    knowsOnly(
      'linkage',
      ['engine', 'rules', 'values', 'findings'],
      'How pay moves with results is asked of the engine, on tables that are handed in: what reads files or renders is above.',
    ),
    knowsOnly(
      'check',
      ['linkage', 'plan-test', 'engine', 'io', 'rules', 'values', 'findings'],
      'A check is given a plan and finds what is wrong with it, by the engine on rows of its own: let src/report render it.',
    ),
    knowsOnly(
      'explain',
      ['engine', 'rules', 'values', 'findings'],
      'A derivation is data made from a result: hand the result in, and let src/report put it into words and pages.',
    ),
    knowsOnly(
      'pilot',
      ['check', 'linkage', 'explain', 'engine', 'rules', 'values', 'findings'],
      'A pilot compares what plans pay on tables that are handed in; it runs in a browser, too, so it reads nothing itself.',
    ),
    knowsOnly(
      'change',
      ['pilot', 'check', 'linkage', 'explain', 'engine', 'rules', 'values', 'findings'],
      'What a change of a plan means is worked out from plans, tables and records that are handed in: files, keys and the ' +
        'clock are for src/io and src/cli.',
    ),
    knowsOnly(
      'report',
      ['change', 'pilot', 'check', 'explain', 'linkage', 'plan-test', 'engine', 'rules', 'values', 'findings'],
      'A report turns results into text or bytes: return them, and let src/cli hand them to src/io.',
    ),
    knowsOnly(
      'page',
      ['report', 'pilot', 'check', 'explain', 'linkage', 'engine', 'rules', 'values', 'findings'],
      'What runs in a browser is given all that it needs inside the page: no files, and nothing of src/cli or src/io.',
    ),
    {
      name: 'engine-knows-findings-by-type-only',
      comment:
        'A plan that reaches the engine is checked, so the engine raises no findings of its own: check earlier (src/rules, ' +
        'src/io), or take a sink as an argument, with `import type`.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: '^src/findings/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-cli',
      comment: 'The commands stand on top: move what they share with others to the folder below that it belongs to.',
      severity: 'error',
      from: { pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'pure-folders-need-no-node',
      comment:
        'The same plan and tables give the same bytes in node, in a worker and in a browser: no files, no clock, no ' +
        'environment here. Do it in src/io or src/cli and hand in the result; for bytes, there is Uint8Array.',
      severity: 'error',
      from: {
        path: folders(
          'values',
          'findings',
          'rules',
          'engine',
          'linkage',
          'plan-test',
          'first-plan',
          'check',
          'explain',
          'pilot',
          'change',
          'report',
          'page',
        ),
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-circle',
      comment:
        'Two files that need each other are one file, or share a third: move what both need into a file of its own, or ' +
        'import only the type.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'The file or package is not there: mend the path (with its .ts), or add the package to package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'what-ships-depends-on-what-ships',
      comment: 'devDependencies are not there after an installation: move the package to dependencies, or do without.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'src-stands-alone',
      comment: 'Tests, benches and scripts use src, not the other way round: move what is shared into src.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|bench|scripts|bin|dist)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
