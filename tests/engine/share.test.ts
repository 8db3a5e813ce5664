import { describe, expect, it } from 'vitest';
import { pay } from './pay.ts';

const PLAN = (share: string, more = ''): string => `
period: quarter
credits:
  touched:
    each: attribution
    when: deal.stage == "won"
    share: ${share}
${more}
rewards:
  bonus: { per: touched, rate: 100% }
`;

const CAMPAIGNS = `
campaign_id, owner
c1, ana
c2, ben
c3, cem
c4, dia
c5, eva`;

/** One deal of 1000.00, closed on 2026-01-31, touched in turn by ana, ben, cem, ... */
const paid = (share: string, touches: readonly string[], more = '', amount = '1000.00') => {
  const rows = touches.map((touch, i) => `d1, c${i + 1}, ${touch}`).join('\n');
  const result = pay(PLAN(share, more), {
    deals: `deal_id, owner, close_date, amount, stage\nd1, sam, 2026-01-31, ${amount}, won`,
    attributions: `deal_id, campaign_id, touched_on, touch, weight\n${rows}`,
    campaigns: CAMPAIGNS,
  });
  const names = ['ana', 'ben', 'cem', 'dia', 'eva'];
  return {
    parts: names.slice(0, touches.length).map((name) => result.payouts[`2026-Q1 ${name} bonus`] ?? '0'),
    codes: result.codes,
  };
};

const DAY = ['2026-01-03, x,', '2026-01-01, x,', '2026-01-02, x,'];

describe('one deal shared out over its touches', () => {
  it('first touch: the earliest, whatever its row', () => {
    expect(paid('first_touch', DAY).parts).toEqual(['0', '1000.00', '0']);
  });

  it('last touch', () => {
    expect(paid('last_touch', DAY).parts).toEqual(['1000.00', '0', '0']);
  });

  it('first and last touch on one day go by input row', () => {
    const same = ['2026-01-01, x,', '2026-01-01, x,'];
    expect(paid('first_touch', same).parts).toEqual(['1000.00', '0']);
    expect(paid('last_touch', same).parts).toEqual(['0', '1000.00']);
  });

  it('linear: the missing cent goes to the first row', () => {
    expect(paid('linear', DAY).parts).toEqual(['333.34', '333.33', '333.33']);
  });

  it('position: first 40, middle 20, last 40, in order of date', () => {
    expect(paid('{ position: [40%, 20%, 40%] }', DAY).parts).toEqual(['400.00', '400.00', '200.00']);
  });

  it('position without a middle: 30 to 50, in proportion', () => {
    // 1000 × 3/8 = 375, × 5/8 = 625
    expect(paid('{ position: [30%, 20%, 50%] }', DAY.slice(1)).parts).toEqual(['375.00', '625.00']);
  });

  it('position with one touch gives it everything', () => {
    expect(paid('{ position: [30%, 20%, 50%] }', DAY.slice(0, 1)).parts).toEqual(['1000.00']);
  });

  it('time decay: a half-life of 7 days', () => {
    // Ages 28, 14 and 0 days: weights 1/16, 1/4, 1 of 21/16, so 1/21, 4/21, 16/21 of 1000.
    expect(
      paid('{ time_decay: { half_life: 7 days } }', ['2026-01-03, x,', '2026-01-17, x,', '2026-01-31, x,']).parts,
    ).toEqual(['47.62', '190.48', '761.90']);
  });

  it('w-shaped: first, lead and opportunity have 30 each, the others 10 together', () => {
    const share =
      '{ w_shaped: { parts: [30%, 30%, 30%, 10%], by: attribution.touch, lead: "lead", opportunity: "opportunity" } }';
    const touches = [
      '2026-01-01, visit,',
      '2026-01-05, lead,',
      '2026-01-09, opportunity,',
      '2026-01-10, visit,',
      '2026-01-11, lead,',
    ];
    expect(paid(share, touches).parts).toEqual(['300.00', '300.00', '300.00', '50.00', '50.00']);
  });

  it('w-shaped: a touch in two roles has both parts', () => {
    const share =
      '{ w_shaped: { parts: [30%, 30%, 30%, 10%], by: attribution.touch, lead: "lead", opportunity: "opportunity" } }';
    expect(paid(share, ['2026-01-01, lead,', '2026-01-05, opportunity,', '2026-01-09, visit,']).parts).toEqual([
      '600.00',
      '300.00',
      '100.00',
    ]);
  });

  it('w-shaped: a part without a touch is spread over the others in proportion', () => {
    const share =
      '{ w_shaped: { parts: [30%, 30%, 30%, 10%], by: attribution.touch, lead: "lead", opportunity: "opportunity" } }';
    // No opportunity and no others: 30 and 30 become halves.
    expect(paid(share, ['2026-01-01, visit,', '2026-01-05, lead,']).parts).toEqual(['500.00', '500.00']);
  });

  it('an expression: each row says its share, and the rest is nobody’s', () => {
    expect(paid('attribution.weight', ['2026-01-01, x, 25%', '2026-01-02, x, 0.5']).parts).toEqual([
      '250.00',
      '500.00',
    ]);
  });

  it('an expression above 100% is an error, unless the credit is an overlay', () => {
    const rows = ['2026-01-01, x, 75%', '2026-01-02, x, 50%'];
    expect(paid('attribution.weight', rows).codes).toEqual(['shares-above-whole']);
    expect(paid('attribution.weight', rows, '    overlay: true').parts).toEqual(['750.00', '500.00']);
  });

  it('a share that is missing is an error on the row, for it would move money', () => {
    expect(paid('attribution.weight', ['2026-01-01, x, 75%', '2026-01-02, x,']).codes).toEqual(['unclear-share']);
  });

  it('share_among first, then the model: a touch after the win has no part', () => {
    const among = '    share_among: attribution.touched_on <= deal.close_date';
    expect(paid('linear', ['2026-01-01, x,', '2026-02-01, x,', '2026-01-31, x,'], among).parts).toEqual([
      '500.00',
      '0',
      '500.00',
    ]);
  });

  it('share_among that is missing is an error on the row', () => {
    const among = '    share_among: attribution.touched_on <= deal.close_date';
    expect(paid('linear', ['2026-01-01, x,', ', x,'], among).codes).toEqual(['unclear-share']);
  });

  it('a model that needs dates makes an absent one an error; linear needs none', () => {
    expect(paid('last_touch', ['2026-01-01, x,', ', x,']).codes).toEqual(['undated-touch']);
    expect(paid('linear', ['2026-01-01, x,', ', x,']).parts).toEqual(['500.00', '500.00']);
  });

  it('parts of odd amounts add up to the whole', () => {
    expect(
      paid('linear', ['2026-01-01, x,', '2026-01-01, x,', '2026-01-01, x,', '2026-01-01, x,'], '', '0.03').parts,
    ).toEqual(['0.01', '0.01', '0.01', '0']);
  });
});

describe('what is shared out may be another amount than the deal’s', () => {
  const half = 'amount: deal.amount * 50%';

  it.each([
    ['linear', ['16.67', '16.67', '16.66']],
    ['{ position: [40%, 20%, 40%] }', ['20.00', '20.00', '10.00']],
    ['25%', ['12.50', '12.50', '12.50']],
  ])('%s of half of it', (share, parts) => {
    expect(paid(share, DAY, `    ${half}`, '100.00').parts).toEqual(parts);
  });

  it('an odd half is rounded before it is shared out', () => {
    // half of 100.01 is 50.005, so 50.01: 25.01 and 25.00
    expect(paid('linear', DAY.slice(0, 2), `    ${half}`, '100.01').parts).toEqual(['25.01', '25.00']);
  });

  it('splits as well', () => {
    const { payouts } = pay(
      `
period: quarter
credits:
  part: { each: split, ${half} }
rewards:
  commission: { per: part, rate: 10% }
`,
      {
        deals: 'deal_id, owner, close_date, amount\nd1, ana, 2026-01-31, 1000.01',
        splits: 'deal_id, person_id, share\nd1, ana, 50%\nd1, ben, 50%',
      },
    );
    // half of 1000.01 is 500.01: 250.01 and 250.00
    expect(payouts).toEqual({ '2026-Q1 ana commission': '25.00', '2026-Q1 ben commission': '25.00' });
  });
});

describe('when says which of the shares are credited', () => {
  it('the others’ shares are nobody’s, and do not come to them', () => {
    const plan = `
period: quarter
credits:
  touched: { each: attribution, when: deal.stage == "won" and campaign.name == "Fair", share: linear }
rewards:
  bonus: { per: touched, rate: 100% }
`;
    const { payouts } = pay(plan, {
      deals: 'deal_id, owner, close_date, amount, stage\nd1, sam, 2026-01-31, 1000.00, won',
      attributions: 'deal_id, campaign_id\nd1, c1\nd1, c2',
      campaigns: 'campaign_id, name, owner\nc1, Fair, ana\nc2, Mail, ben',
    });
    expect(payouts).toEqual({ '2026-Q1 ana bonus': '500.00' });
  });
});

describe('splits', () => {
  const plan = `
period: quarter
credits:
  part: { each: split, when: deal.stage == "won" }
rewards:
  commission: { per: part, rate: 10% }
`;
  const deals =
    'deal_id, owner, close_date, amount, stage\nd1, ana, 2026-01-31, 1000.01, won\nd2, ben, 2026-01-31, 200.00, won';

  it('a deal without splits has one: its owner, 100%', () => {
    const { payouts } = pay(plan, { deals, splits: 'deal_id, person_id, share\nd1, ana, 60%\nd1, cem, 0.4' });
    // 600.006 and 400.004: the missing cent goes to the larger remainder.
    expect(payouts).toEqual({
      '2026-Q1 ana commission': '60.00',
      '2026-Q1 cem commission': '40.00',
      '2026-Q1 ben commission': '20.00',
    });
  });

  it('above 100% is an error', () => {
    expect(pay(plan, { deals, splits: 'deal_id, person_id, share\nd1, ana, 60%\nd1, cem, 50%' }).codes).toEqual([
      'shares-above-whole',
    ]);
  });
});
