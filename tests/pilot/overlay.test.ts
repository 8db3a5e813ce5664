import { describe, expect, it } from 'vitest';
import { Sink } from '../../src/findings/sink.ts';
import { controlsOf, dialPosition, dialSteps, dialText } from '../../src/pilot/controls.ts';
import { overlayOf } from '../../src/pilot/overlay.ts';
import { allSettings, type Setting } from '../../src/pilot/setting.ts';
import { Shelf } from '../../src/pilot/shelf.ts';
import { Signatures } from '../../src/pilot/signature.ts';
import { tablesOf, tablesText } from '../../src/pilot/tables-text.ts';
import { readAxis } from '../../src/pilot/vary.ts';
import type { RawMap } from '../../src/rules/document/raw.ts';
import type { Tables } from '../../src/rules/table-data.ts';
import { fraction } from '../../src/values/num.ts';

const PLAN = `plan: Test
currency: USD
period: quarter
params:
  base_rate: 6%                  # what is argued about
  note: "as agreed"
data: { people: { target_per: year } }
groups: { sales: payee.department == "sales" }
credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
rewards:
  commission:
    who: sales
    per: won
    rate:
      method: marginal
      of: quota(bookings)
      steps:
        - { up_to: 100%, rate: base_rate }   # to the quota
        - { rate: 9% }
    links:
      lands: { because: b, by: sales.bookings, curve: { 50000 USD: 80%, 100000 USD: 100% } }
    cap: 5000 USD
  bonus:
    who: sales
    pay: payee.target_pay
    links:
      a: { because: b, weight: 60%, factor: 101% }
      b: { because: b, weight: 40%, factor: 102% }
`;
const VARIANT = `# What both sides asked for
extends: align-pay.yaml
params:
  base_rate: 5% # after the first talk
`;
const FILES: Readonly<Record<string, string>> = {
  'align-pay.yaml': PLAN,
  'variant.yaml': VARIANT,
  get 'tuned.yaml'() {
    return TUNED;
  },
};
const shelfWith = (more: Readonly<Record<string, string>> = {}): Shelf =>
  new Shelf({ readText: (file) => ({ ...FILES, ...more })[file], resolvePath: (_, path) => path });

const rootOf = (file: string): RawMap => {
  const root = shelfWith().root(file, new Sink());
  if (root === undefined) throw new Error(`no ${file}`);
  return root;
};
const settings = (file: string, ...texts: readonly string[]): readonly Setting[] => {
  const root = rootOf(file);
  const own = texts.map((text) => {
    const axis = readAxis(text, root);
    if ('problem' in axis) throw new Error(axis.problem);
    return { name: axis.name, way: axis.way, text: axis.values[0] ?? '' };
  });
  return allSettings(root, own);
};

/** All that a plan means. */
const meaning = (shelf: Shelf, file: string, set: readonly Setting[]): readonly string[] => {
  const sink = new Sink();
  const plan = shelf.plan(file, set, sink);
  if (plan === undefined) throw new Error(JSON.stringify(sink.all()));
  const signatures = new Signatures(plan);
  return [signatures.allCredits, ...[...plan.rewards.keys()].map((name) => signatures.reward(name))];
};

describe('an overlay', () => {
  const moves = [
    ['base_rate=6.5%'],
    ['commission.rate.steps[0].up_to=90%', 'commission.rate.steps[1].rate=12%', 'commission.cap=9000 USD'],
    ['commission.links.lands.curve[50000 USD]=75%'],
    ['bonus.links.a.weight=75%'],
    ['bonus.links.a.weight=100%'],
    ['bonus.links.b.weight=0%', 'base_rate=1%'],
    ['bonus.cap=100 USD'],
    ['credits.won.when=deal.stage == "won" and deal.type == "new"'],
  ];
  it.each(moves.map((texts) => [texts]))('means what was set: %j', (texts) => {
    const set = settings('align-pay.yaml', ...texts);
    const text = overlayOf(
      { text: undefined, extends: 'align-pay.yaml', root: rootOf('align-pay.yaml'), below: rootOf('align-pay.yaml') },
      set,
    );
    const shelf = shelfWith({ 'overlay.yaml': text });
    expect(meaning(shelf, 'overlay.yaml', [])).toEqual(meaning(shelf, 'align-pay.yaml', set));
  });

  it('says no more than what differs, and what it was', () => {
    const set = settings('align-pay.yaml', 'base_rate=6.5%', 'commission.cap=9000 USD');
    expect(
      overlayOf(
        { text: undefined, extends: 'align-pay.yaml', root: rootOf('align-pay.yaml'), below: rootOf('align-pay.yaml') },
        set,
      ),
    ).toBe(
      'extends: align-pay.yaml\nparams:\n  base_rate: 6.5% # instead of 6%\nrewards:\n  commission:\n    cap: 9000 USD # instead of 5000 USD\n',
    );
  });

  it('over a variant keeps its comments', () => {
    const set = settings('variant.yaml', 'base_rate=5.5%', 'commission.cap=9000 USD');
    const text = overlayOf(
      { text: VARIANT, extends: 'align-pay.yaml', root: rootOf('variant.yaml'), below: rootOf('align-pay.yaml') },
      set,
    );
    expect(text).toContain('# What both sides asked for');
    expect(text).toContain('base_rate: 5.5% # instead of 5%; after the first talk');
    const shelf = shelfWith({ 'changed.yaml': text });
    expect(meaning(shelf, 'changed.yaml', [])).toEqual(meaning(shelf, 'variant.yaml', set));
  });
});

const TUNED = `# Tuned
extends: align-pay.yaml
rewards:
  commission:
    rate:
      steps: [ { up_to: 90%, rate: 5% }, { rate: 8% } ]   # both asked for it
    links:
      lands: { because: b, by: sales.bookings,
               curve: { 50000 USD: 80%, 120000 USD: 100% } }
      opens:
        because: It is opened together
        by: sales.bookings
        curve: { 0 USD: 85%, 50000 USD: 100%, 90000 USD: 110% }
  bonus:
    cap:   4000 USD
`;

/** A point moved to another place: `commission.links.opens.curve[0 USD]=83%@1000 USD`. */
const withMoves = (file: string, ...texts: readonly string[]): readonly Setting[] =>
  texts.flatMap((text) => {
    const [plain = '', key] = text.split('@');
    return settings(file, plain).map((one, i) => (key === undefined || i > 0 ? one : { ...one, key }));
  });

describe('an overlay over a variant', () => {
  const FILE = 'tuned.yaml';
  const overlay = (set: readonly Setting[]): string =>
    overlayOf({ text: TUNED, extends: 'align-pay.yaml', root: rootOf(FILE), below: rootOf('align-pay.yaml') }, set);
  const changed = (text: string): readonly (readonly string[])[] => {
    const [before, after] = [TUNED.split('\n'), text.split('\n')];
    expect(after.length).toBe(before.length);
    return after.flatMap((line, i) => (line === before[i] ? [] : [[line.trim()]])).map(([line = '']) => [line]);
  };

  it.each<[moves: readonly string[], lines: readonly string[]]>([
    [
      ['commission.links.opens.curve[0 USD]=83%'],
      ['curve: { 0 USD: 83%, 50000 USD: 100%, 90000 USD: 110% } # instead of 0 USD: 85%'],
    ],
    [
      ['commission.rate.steps[1].rate=9%', 'commission.rate.steps[0].up_to=80%'],
      ['steps: [ { up_to: 80%, rate: 5% }, { rate: 9% } ]   # instead of rate: 8%, up_to: 90%; both asked for it'],
    ],
    [['bonus.cap=3000 USD'], ['cap:   3000 USD # instead of 4000 USD']],
    [
      ['commission.links.opens.curve[50000 USD]=100%@60000 USD'],
      ['curve: { 0 USD: 85%, 60000 USD: 100%, 90000 USD: 110% } # instead of 50000 USD: 100%'],
    ],
  ])('changes the line of %j, and no more', (moves, lines) => {
    const set = withMoves(FILE, ...moves);
    const text = overlay(set);
    expect(changed(text).flat()).toEqual(lines);
    expect(meaning(shelfWith({ 'changed.yaml': text }), 'changed.yaml', [])).toEqual(meaning(shelfWith(), FILE, set));
  });
});

describe('a point of a curve that stands elsewhere', () => {
  const from = 'commission.links.lands.curve';
  it.each([
    ['align-pay.yaml', [`${from}[50000 USD]=80%@40000 USD`]],
    ['align-pay.yaml', [`${from}[50000 USD]=75%@40000 USD`, `${from}[100000 USD]=100%@50000 USD`]],
    ['align-pay.yaml', [`${from}[100000 USD]=80%@150000 USD`, `${from}[50000 USD]=70%`, 'base_rate=7%']],
    ['tuned.yaml', [`${from}[120000 USD]=100%@130000 USD`]],
    ['tuned.yaml', [`${from}[50000 USD]=80%@45000 USD`]],
    ['tuned.yaml', [`${from}[50000 USD]=80%@45000 USD`, `${from}[120000 USD]=120%@50000 USD`, 'bonus.cap=1 USD']],
    ['tuned.yaml', ['commission.links.opens.curve[0 USD]=70%@10 USD', `${from}[120000 USD]=90%`]],
  ])('of %s is written such that it means %j', (file, moves) => {
    const set = withMoves(file, ...moves);
    const base = { text: file === 'tuned.yaml' ? TUNED : undefined, extends: 'align-pay.yaml' };
    const text = overlayOf({ ...base, root: rootOf(file), below: rootOf('align-pay.yaml') }, set);
    const sink = new Sink();
    const shelf = shelfWith({ 'changed.yaml': text });
    expect(shelf.plan('changed.yaml', [], sink), text).toBeDefined();
    expect(sink.all()).toEqual([]);
    expect(meaning(shelf, 'changed.yaml', []), text).toEqual(meaning(shelfWith(), file, set));
    expect(meaning(shelfWith(), file, []), 'it is another plan').not.toEqual(meaning(shelfWith(), file, set));
  });

  it('is said in one line, the old one taken away', () => {
    const set = withMoves('align-pay.yaml', `${from}[50000 USD]=75%@40000 USD`);
    const root = rootOf('align-pay.yaml');
    expect(overlayOf({ text: undefined, extends: 'align-pay.yaml', root, below: root }, set)).toBe(
      `extends: align-pay.yaml
rewards:
  commission:
    links:
      lands:
        curve: { 40000 USD: 75%, 50000 USD: null } # instead of 50000 USD: 80%
`,
    );
  });
});

it('an overlay of steps keeps their form', () => {
  const set = settings('align-pay.yaml', 'commission.rate.steps[0].up_to=90%');
  const root = rootOf('align-pay.yaml');
  expect(overlayOf({ text: undefined, extends: 'align-pay.yaml', root, below: root }, set)).toBe(
    `extends: align-pay.yaml
rewards:
  commission:
    rate:
      steps:
        - { up_to: 90%, rate: base_rate } # instead of up_to: 100%
        - { rate: 9% }
`,
  );
});

describe('what can be moved', () => {
  it('params, rates, thresholds, caps, weights, and the points of curves', () => {
    const groups = controlsOf(rootOf('align-pay.yaml'));
    expect(
      groups.map(({ name, dials, curves }) => [
        name,
        ...dials.map(({ label }) => label),
        ...curves.map(({ label, points }) => `${label}: ${points.map(({ x }) => x).join()}`),
      ]),
    ).toEqual([
      ['params', 'base_rate'],
      ['commission', 'step 1: up to', 'step 2: rate', 'cap', 'lands: 50000 USD,100000 USD'],
      ['bonus', 'a: weight', 'a: factor', 'b: weight', 'b: factor'],
    ]);
  });

  it('moves by round steps, exactly, and knows where a text stands', () => {
    const dial = controlsOf(rootOf('align-pay.yaml'))[0]?.dials[0]?.dial;
    if (dial === undefined) throw new Error('no dial');
    expect([dialText(dial, 0), dialText(dial, 1), dialText(dial, dialSteps(dial))]).toEqual(['0%', '0.1%', '12%']);
    expect(dialPosition(dial, '6.5%')).toBe(65);
    expect(dialPosition(dial, '99%')).toBe(dialSteps(dial));
    expect(dialPosition(dial, 'base_rate * 2')).toBeUndefined();
  });
});

describe('tables as text', () => {
  it('are the same when they are read again', () => {
    const tables: Tables = new Map([
      [
        'deals',
        {
          table: 'deals',
          file: 'deals.csv',
          rowCount: 4,
          lines: Int32Array.from([2, 3, 4, 5, 0, 0]),
          columns: new Map<string, readonly (string | number | boolean | ReturnType<typeof fraction> | undefined)[]>([
            ['deal_id', ['a', 'b', 'c', 'd']],
            ['stage', ['won', 'won', undefined, 'won']],
            ['rate', [fraction(1, 3), 0.5, fraction(1, 3), 2]],
            ['secret', ['x', 'y', 'z', 'w']],
          ]),
        },
      ],
    ]);
    const text = JSON.stringify(
      tablesText(
        tables,
        (_, column) => column !== 'secret',
        (file) => file,
      ),
    );
    expect(text).not.toContain('secret');
    const read = tablesOf(JSON.parse(text)).get('deals');
    expect(read?.columns.get('stage')).toEqual(['won', 'won', undefined, 'won']);
    expect(read?.columns.get('rate')).toEqual([fraction(1, 3), 0.5, fraction(1, 3), 2]);
    expect([read?.rowCount, read?.lines]).toEqual([4, [2, 3, 4, 5]]);
  });
});
