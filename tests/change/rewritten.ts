import type { Draw } from '../reference/draw.ts';
import type { Node } from '../reference/random-plan.ts';

type Fields = Readonly<Record<string, Node>>;

/** A plan that means the same as another, and what must be called otherwise along with it. */
export interface Rewritten {
  readonly plan: Fields;
  /** Names of rewards now → before. */
  readonly rewards: ReadonlyMap<string, string>;
  /** Names of measures before → now, which stand in quotas. */
  readonly measures: ReadonlyMap<string, string>;
}

const inWords = (node: Node, change: (text: string) => string): Node => {
  if (typeof node === 'string') return change(node);
  if (Array.isArray(node)) return node.map((each: Node) => inWords(each, change));
  return Object.fromEntries(Object.entries(node as Fields).map(([key, value]) => [key, inWords(value, change)]));
};

const SCOPES = 'sales|marketing|seniors|everyone|team|direct_reports|all_reports';

/** Puts another name, or what it stands for, in the place of one, wherever it is no part of another and in no quotes. */
const instead =
  (from: string, to: string) =>
  (text: string): string => {
    const name = new RegExp(`(?<![\\w.])${from}(?!\\w)|(?<=(?:${SCOPES})\\.)${from}(?!\\w)`, 'g');
    return text
      .split(/("[^"]*")/)
      .map((part, i) => (i % 2 === 1 ? part : part.replace(name, to)))
      .join('');
  };

const shuffled = (node: Node | undefined, draw: Draw): Fields => {
  const left = Object.entries((node ?? {}) as Fields);
  const taken: (readonly [string, Node])[] = [];
  while (left.length > 0) taken.push(...left.splice(draw.int(0, left.length - 1), 1));
  return Object.fromEntries(taken);
};

const withEach = (node: Node | undefined, change: (fields: Fields) => Fields): Fields =>
  Object.fromEntries(Object.entries((node ?? {}) as Fields).map(([key, value]) => [key, change(value as Fields)]));

const SECTIONS = ['params', 'groups', 'credits', 'measures', 'rewards', 'data'] as const;

/** Something of a section under another name, everywhere. */
const renamed = (plan: Fields, section: string, name: string): Fields => {
  const now = `my_${name}`;
  const words = inWords(plan, instead(name, now)) as Fields;
  const entries = Object.entries((words[section] ?? {}) as Fields);
  return { ...words, [section]: Object.fromEntries(entries.map(([key, value]) => [key === name ? now : key, value])) };
};

/** `x >= 50%` as `50% <= (x)`, `a or b` as `b or a`. */
const turned = (text: string): string => {
  const compared = /^([\w. ]+) (>=|>) ([\d.]+%)$/.exec(text);
  if (compared !== null) return `${compared[3]} ${compared[2] === '>' ? '<' : '<='} (${compared[1]})`;
  const two = /^([\w. ]+?) (and|or|\+) ([\w. ]+)$/.exec(text);
  return two === null || / (and|or|\+) /.test(two[3] ?? '') ? text : `${two[3]} ${two[2]} ${two[1]}`;
};

const asDecimal = (text: string): string =>
  /^\d+%$/.test(text) ? `${text.slice(0, -1).padStart(3, '0')}`.replace(/(\d\d)$/, '.$1') : text;

/** The same meaning, written otherwise: reordered, renamed, params written out, percentages as decimals, operands turned. */
export const rewritten = (from: Node, draw: Draw): Rewritten => {
  let plan = from as Fields;
  const rewards = new Map<string, string>();
  const measures = new Map<string, string>();
  const pick = (section: string): string => draw.pick(Object.keys((plan[section] ?? {}) as Fields));
  const ways: readonly (() => void)[] = [
    () => {
      const section = draw.pick(SECTIONS);
      plan = { ...plan, [section]: shuffled(plan[section], draw) };
    },
    () => {
      const links = (reward: Fields): Fields =>
        reward.links === undefined ? reward : { ...reward, links: shuffled(reward.links, draw) };
      plan = { ...plan, rewards: withEach(plan.rewards, links) };
    },
    () => {
      plan = renamed(plan, 'params', pick('params'));
    },
    () => {
      plan = renamed(plan, 'credits', pick('credits'));
    },
    () => {
      const name = pick('measures');
      plan = renamed(plan, 'measures', name);
      measures.set(name, `my_${name}`);
    },
    () => {
      const name = pick('rewards');
      plan = renamed(plan, 'rewards', name);
      rewards.set(`my_${name}`, rewards.get(name) ?? name);
    },
    () => {
      plan = inWords(plan, asDecimal) as Fields;
    },
    () => {
      const [name, value] = draw.pick(Object.entries((plan.params ?? {}) as Fields));
      const { params } = plan;
      plan = { ...(inWords(plan, instead(name, `(${value})`)) as Fields), params: params as Node };
    },
    () => {
      plan = inWords(plan, turned) as Fields;
    },
  ];
  for (let i = draw.int(1, 5); i > 0; i--) draw.pick(ways)();
  return { plan, rewards, measures };
};
