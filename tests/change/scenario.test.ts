import { describe, expect, test } from 'vitest';
import { HAS_SSH, Office, PEOPLE, PLAN, ROWS } from './office.ts';

const missing = (role: string, person: string, effective = '2027-01-01'): string =>
  `not-approved: ${role} (${person}) has not signed: “Sales 2027”, in force from ${effective}`;
const another = (role: string, person: string, on: string): string =>
  `not-approved: ${role} (${person}) signed another version on ${on}, which the plan has changed since: “Sales 2027”, in force from 2027-01-01`;

// ssh-keygen comes with openssh-client, git with git: without them nobody can sign, and nothing can be shown here.
describe.skipIf(!HAS_SSH)('from the first proposal to the plan in force (needs git and ssh-keygen)', () => {
  test('step by step', { timeout: 60_000 }, async () => {
    const office = new Office(
      { 'align-pay.yaml': PLAN.slice(0, PLAN.indexOf('change:')) + PLAN.slice(PLAN.indexOf('credits:')), ...ROWS },
      PEOPLE,
    );

    // Marketing proposes on a branch. Nobody has signed, nobody has it in hand.
    office.day = '2026-11-08';
    office.git('checkout', '-qb', 'proposal');
    office.write({ 'align-pay.yaml': PLAN });
    office.commit('Propose a plan for 2027');
    const proposal = await office.run('propose', 'align-pay.yaml', '--instead-of', 'main:align-pay.yaml');
    expect(proposal).toMatchObject({ code: 0, stderr: '' });
    expect(proposal.stdout).toContain('## Why\n\nMarketing carried 70% of the risk of weak quarters');
    expect(proposal.stdout).toContain('- in everybody’s hands by 2026-12-02, 30 days before');
    expect(proposal.stdout).toContain('- head_of_sales: sara, for sales');
    expect(await office.missing()).toEqual({
      code: 1,
      found: [
        'notice-too-short: nobody of sales has this version in hand, by any signature',
        'notice-too-short: nobody of marketing has this version in hand, by any signature',
        missing('head_of_sales', 'sara'),
        missing('head_of_marketing', 'mo'),
        missing('liaison', 'maria'),
        missing('finance', 'fay'),
      ],
    });
    const refused = await office.run('compute', 'deals.csv', '--approved');
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('6 errors; nothing was paid'),
    });
    expect(refused.stderr).toContain('mo: align-pay sign align-pay.yaml --as head_of_marketing');

    // Two sign-offs.
    office.day = '2026-11-10';
    const first = await office.sign('head_of_marketing', 'mo', '--comment', 'We carried the weak quarters');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('head_of_marketing (mo) signed on 2026-11-10: We carried the weak quarters');
    office.day = '2026-11-12';
    expect((await office.sign('head_of_sales', 'sara')).code).toBe(0);
    expect((await office.missing()).found).toEqual([missing('liaison', 'maria'), missing('finance', 'fay')]);

    // An objection: the liaison says why.
    office.day = '2026-11-14';
    expect((await office.sign('liaison', 'maria', '--object', 'The rate is above what sales was told')).code).toBe(0);
    expect((await office.missing()).found).toEqual([
      missing('liaison', 'maria'),
      missing('finance', 'fay'),
      'open-objection: liaison (maria) objects since 2026-11-14: The rate is above what sales was told',
    ]);

    // The rate is changed, which voids what was signed; a comment would not.
    office.day = '2026-11-20';
    office.write({ 'align-pay.yaml': `# as discussed\n${office.read('align-pay.yaml')}` });
    office.commit('Say where it comes from');
    expect((await office.missing()).found).toHaveLength(3);
    office.change('align-pay.yaml', 'base_rate: 6%', 'base_rate: 5%');
    office.commit('Lower the rate');
    expect((await office.missing()).found).toEqual([
      'notice-too-short: nobody of sales has this version in hand, by any signature',
      'notice-too-short: nobody of marketing has this version in hand, by any signature',
      another('head_of_sales', 'sara', '2026-11-12'),
      another('head_of_marketing', 'mo', '2026-11-10'),
      missing('liaison', 'maria'),
      missing('finance', 'fay'),
      'open-objection: liaison (maria) objects since 2026-11-14: The rate is above what sales was told',
    ]);

    // All sign the new rate, the liaison among them, who is heard by that; but marketing too late for its notice.
    for (const [day, role, person] of [
      ['2026-11-25', 'head_of_sales', 'sara'],
      ['2026-11-26', 'liaison', 'maria'],
      ['2026-11-27', 'finance', 'fay'],
      ['2026-12-12', 'head_of_marketing', 'mo'],
    ] as const) {
      office.day = day;
      expect((await office.sign(role, person)).code).toBe(0);
    }
    expect((await office.missing()).found).toEqual([
      'notice-too-short: marketing has this version in hand since 2026-12-12, 20 days before it is in force; the plan promises 30 days',
    ]);
    // A date that somebody writes into the record is found.
    const late =
      office.records().find((file) => file.includes('head_of_marketing') && office.read(file).includes('2026-12-12')) ??
      '';
    const honest = office.read(late);
    office.change(late, 'on: "2026-12-12"', 'on: "2026-11-28"');
    expect((await office.missing()).found).toEqual([
      'notice-too-short: nobody of marketing has this version in hand, by any signature',
      another('head_of_marketing', 'mo', '2026-11-10'),
      `invalid-record: ${late} does not count: the signature is not of this text: it was altered, or made for something else`,
    ]);
    office.write({ [late]: honest });

    // So it is in force a month later, and is signed once more.
    office.change('align-pay.yaml', 'effective: 2027-01-01', 'effective: 2027-02-01');
    office.commit('Give marketing its notice');
    const effective = '2027-02-01';
    expect((await office.missing()).found).toHaveLength(6);
    office.day = '2026-12-14';
    expect((await office.sign('head_of_sales', 'sara')).code).toBe(0);

    // A forged signature: sales' own, under marketing's name.
    const own = office.records(effective)[0] ?? '';
    const forged = own.replace('head_of_sales', 'head_of_marketing');
    office.write({
      [forged]: office
        .read(own)
        .replaceAll('head_of_sales', 'head_of_marketing')
        .replace('"sara"', '"mo"')
        .replace('"sales"', '"marketing"'),
    });
    expect((await office.missing()).found).toContain(
      `invalid-record: ${forged} does not count: the signature is not of this text: it was altered, or made for something else`,
    );
    office.remove(forged);
    expect(await office.sign('head_of_marketing', 'sara')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining("is not mo's, but that of sara"),
    });

    // One key for both sides: even where allowed_signers lets it through, nothing signed with it counts.
    const key =
      office
        .read('allowed_signers')
        .split('\n')
        .find((line) => line.startsWith('sara ')) ?? '';
    office.write({ allowed_signers: `${office.read('allowed_signers')}${key.replace(/^sara/, 'mo')}\n` });
    expect((await office.sign('head_of_marketing', 'sara')).code).toBe(0);
    const both = (await office.missing()).found;
    expect(both.join('\n')).toMatch(
      /^one-key-for-both: one key signed for mo and sara \(head_of_marketing, head_of_sales\): SHA256:/m,
    );
    expect(both).toContain(missing('head_of_sales', 'sara', effective));
    expect(both).toContain(missing('head_of_marketing', 'mo', effective));
    office.remove(office.records(effective).find((file) => file.includes('marketing')) ?? '');
    office.change('allowed_signers', key.replace(/^sara/, 'mo'), '');
    office.commit('One key a person');

    office.day = '2026-12-15';
    for (const [role, person] of [
      ['head_of_marketing', 'mo'],
      ['liaison', 'maria'],
      ['finance', 'fay'],
    ] as const)
      expect((await office.sign(role, person)).code).toBe(0);
    expect((await office.missing()).found).toEqual([]);

    // Meanwhile main has moved: a rebase changes commits, but neither what was signed nor since when it is in hand.
    office.day = '2027-01-20';
    office.git('checkout', '-q', 'main');
    office.write({ 'README.md': 'Plans\n' });
    office.commit('Say what this is');
    office.git('checkout', '-q', 'proposal');
    office.git('rebase', '-q', 'main');
    office.git('checkout', '-q', 'main');
    office.git('merge', '-q', '--ff-only', 'proposal');

    // Approved: it is the plan in force.
    office.day = '2027-02-01';
    expect(await office.missing()).toEqual({ code: 0, found: [] });
    const text = await office.run('check', '--approved');
    expect(text).toMatchObject({ code: 0 });
    const paid = await office.run('compute', 'deals.csv', '--approved', '--quiet');
    expect(paid).toMatchObject({ code: 0, stderr: '' });
  });
});
