import { describe, expect, it } from 'vitest';
import { Sink } from '../../src/findings/sink.ts';
import { allSettings, withSettings } from '../../src/pilot/setting.ts';
import { type Axis, gridOf, readAxis } from '../../src/pilot/vary.ts';
import { valueAt } from '../../src/rules/document/change.ts';
import { sourceFile } from '../../src/rules/document/raw.ts';
import { readYaml } from '../../src/rules/document/yaml.ts';

const PLAN = `
params: { base_rate: 6% }
rewards:
  commission:
    per: won
    rate: { method: marginal, steps: [ { up_to: 1000 USD, rate: base_rate }, { rate: 9% } ] }
    cap: 5000 USD
  bonus:
    pay: payee.target_pay
    links:
      sales_lands_it: { weight: 60%, by: sales.attainment, curve: { 80%: 0%, 100%: 100% } }
      influence: { weight: 30%, factor: 1 }
      own: { weight: 10%, factor: 1 }
`;
const root = (() => {
  const read = readYaml(sourceFile('plan.yaml', PLAN), new Sink());
  if (read === undefined) throw new Error('no plan');
  return read;
})();

const axis = (text: string): Axis => {
  const read = readAxis(text, root);
  if ('problem' in read) throw new Error(read.problem);
  return read;
};
const problem = (text: string): string => {
  const read = readAxis(text, root);
  return 'problem' in read ? read.problem : 'none';
};

describe('what is varied', () => {
  it.each([
    ['base_rate=5%', ['params', 'base_rate']],
    ['params.base_rate=5%', ['params', 'base_rate']],
    ['bonus.links[0].weight=1', ['rewards', 'bonus', 'links', 'sales_lands_it', 'weight']],
    ['rewards.bonus.links.influence.weight=1', ['rewards', 'bonus', 'links', 'influence', 'weight']],
    ['bonus.links.sales_lands_it.curve[80%]=1', ['rewards', 'bonus', 'links', 'sales_lands_it', 'curve', '80%']],
    ['commission.rate.steps[1].rate=1', ['rewards', 'commission', 'rate', 'steps', 1, 'rate']],
    ['commission.cap=1', ['rewards', 'commission', 'cap']],
    // a cap where there is none
    ['bonus.cap=1', ['rewards', 'bonus', 'cap']],
  ])('%s', (text, way) => {
    expect(axis(text).way).toEqual(way);
  });

  it.each([
    ['bas_rate=5%', 'the plan has no param or reward called bas_rate; did you mean base_rate?'],
    ['bonus.links[3].weight=1', 'rewards.bonus.links has 3 entries, [0] to [2]'],
    ['groups.x=1', 'the plan has no groups; it has params, rewards'],
    ['bonus.links=1', 'this is a map of further keys, not one value'],
    ['bonus.link[0].weight=1', 'rewards.bonus has no link; did you mean links?'],
    ['base_rate', 'write what is varied and its values, as in base_rate=5%,6% or base_rate=5%..7%:0.5%'],
    ['base_rate=5%..7%', 'a range says its step, as in 5%..7%:0.5% or 1000 USD..3000 USD:500 USD'],
    [
      'base_rate=5%..7 USD:1%',
      'its ends and its step are in one unit, as in 5%..7%:0.5% or 1000 USD..3000 USD:500 USD',
    ],
    ['base_rate=7%..5%:1%', 'a range goes upwards'],
    ['base_rate=5%..7%:0%', 'the step is above zero'],
    ['base_rate=5%,,6%', 'a value is empty'],
    ['base_rate=0%..7%:0.001%', 'more than 1000 values'],
    // Of several values which one is meant.
    ['base_rate=1%,5%..7%', '5%..7%: a range says its step, as in 5%..7%:0.5% or 1000 USD..3000 USD:500 USD'],
    ['base_rate=5%,6%,5.0%', '5.0% is there twice'],
    ['base_rate=5%..7%:1%,6%', '6% is there twice'],
    [
      'bonus.links[0].weight=80%,140%',
      'a weight of 140% would leave the other links with −40%; weights are at most 100%',
    ],
  ])('%s is refused', (text, message) => {
    expect(problem(text)).toBe(message);
  });

  it('lists and ranges, exactly', () => {
    expect(axis('base_rate=5%..7%:0.5%').values).toEqual(['5%', '5.5%', '6%', '6.5%', '7%']);
    expect(axis('base_rate=0.1..0.4:0.1').values).toEqual(['0.1', '0.2', '0.3', '0.4']);
    expect(axis('commission.cap=1000 USD..2000 USD:500 USD, 9000 USD').values).toEqual([
      '1000 USD',
      '1500 USD',
      '2000 USD',
      '9000 USD',
    ]);
    expect(axis('commission.cap=max(1 USD, 2 USD),3 USD').values).toEqual(['max(1 USD, 2 USD)', '3 USD']);
  });

  it('a grid has every combination, the last axis changing fastest', () => {
    const grid = gridOf([axis('base_rate=5%,6%'), axis('commission.cap=1 USD,2 USD')]);
    expect('problem' in grid ? grid : grid.map((settings) => settings.map(({ text }) => text).join(' '))).toEqual([
      '5% 1 USD',
      '5% 2 USD',
      '6% 1 USD',
      '6% 2 USD',
    ]);
  });
});

describe('weights of a blend', () => {
  const weights = (...texts: string[]): Record<string, string> => {
    const settings = texts.map((text) => {
      const { name, way, values } = axis(text);
      return { name, way, text: values[0] ?? '' };
    });
    const changed = withSettings(settings)(root);
    const links = valueAt(changed, ['rewards', 'bonus', 'links']);
    const found: Record<string, string> = {};
    for (const name of links?.kind === 'map' ? links.entries.keys() : []) {
      const weight = valueAt(changed, ['rewards', 'bonus', 'links', name, 'weight']);
      found[name] = weight?.kind === 'scalar' ? weight.text : '';
    }
    return found;
  };

  it('the others keep their proportions, exactly', () => {
    // 30 and 10 share what is left of 80%: 20 × 30/40 and 20 × 10/40
    expect(weights('bonus.links[0].weight=80%')).toEqual({ sales_lands_it: '80%', influence: '15%', own: '5%' });
    // 60 and 30 share 85: 85 × 60/90 has no end as a percentage
    expect(weights('bonus.links.own.weight=15%')).toEqual({
      sales_lands_it: '17 / 30',
      influence: '17 / 60',
      own: '15%',
    });
  });

  it('of two that are set only the third follows', () => {
    expect(weights('bonus.links[0].weight=50%', 'bonus.links[1].weight=20%')).toEqual({
      sales_lands_it: '50%',
      influence: '20%',
      own: '30%',
    });
  });

  it('a link that is left with nothing is taken away', () => {
    expect(weights('bonus.links[0].weight=100%')).toEqual({ sales_lands_it: '100%' });
    expect(weights('bonus.links[0].weight=0%')).toEqual({ influence: '75%', own: '25%' });
  });

  it('says which weights follow', () => {
    const { name, way } = axis('bonus.links[0].weight=80%');
    expect(allSettings(root, [{ name, way, text: '80%' }]).map((setting) => `${setting.name}=${setting.text}`)).toEqual(
      ['bonus.links[0].weight=80%', 'bonus.links.influence.weight=15%', 'bonus.links.own.weight=5%'],
    );
  });
});
