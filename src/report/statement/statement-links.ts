import type { Computed } from '../../engine/compute.ts';
import { frameOfLine } from '../../engine/line-frame.ts';
import type { Line, LinkEffect, Payout } from '../../engine/result.ts';
import { linksOfLine } from '../../explain/link.ts';
import { describe } from '../../rules/expression/describe.ts';
import type { Link } from '../../rules/plan.ts';
import type { Num } from '../../values/num.ts';
import type { Telling, Told } from '../explain/told.ts';
import { isHidden, readsSomething } from '../explain/told-figure.ts';
import { tellLinkReads } from '../explain/told-link.ts';
import { nodeWords } from '../explain/value-words.ts';
import { linkOutcomes } from '../figures/link-outcome.ts';

/** What a link did to one payout. */
export interface StatementLink {
  readonly reward: string;
  readonly link: string;
  readonly because: string;
  readonly crosses: boolean;
  /** Lines that it applied to, of so many that it was asked for. */
  readonly lines: number;
  readonly asked: number;
  /** Where it is the same for all of them. */
  readonly factor: Num | undefined;
  readonly weight: Num | undefined;
  /** What it read, in words, where that is the same for all lines; hidden figures say that they are. */
  readonly reads: string | undefined;
  readonly effect: Num;
  readonly rule: string;
  /** How the factor came about, where that is the same for all lines. */
  readonly working: readonly Told[];
}

/** What each link of a payout did, in the plan's order. */
export const linksOf = (computed: Computed, payout: Payout, telling: Telling): readonly StatementLink[] =>
  linkOutcomes(payout).map(({ link, crosses, lines, factor, effect }) => {
    const applied = payout.lines.flatMap((line) => {
      const done = line.links.find((each) => each.link === link && each.applied);
      return done === undefined ? [] : [{ line, done }];
    });
    const [first] = applied;
    const same = first !== undefined && applied.every(({ done }) => done.working === first.done.working);
    return {
      reward: payout.rewardName,
      link: link.name,
      because: link.because,
      crosses: crosses === true,
      lines,
      asked: payout.lines.filter((line) => line.links.some((each) => each.link === link)).length,
      factor,
      weight: link.weight,
      effect,
      rule: telling.place(link.place),
      ...(same ? readBy(computed, first.line, first.done, telling) : { reads: whenWords(link), working: [] }),
    };
  });

/** `where count(influenced for deal) > 0`: the condition under which a link applies. */
const whenWords = ({ when }: Link): string | undefined => when && `where ${when.text}`;

const readBy = (
  computed: Computed,
  line: Line,
  effect: LinkEffect,
  telling: Telling,
): Pick<StatementLink, 'reads' | 'working'> => {
  const one = linksOfLine(computed, { ...line, links: [effect] }, frameOfLine(line))[0];
  const [input] = one?.inputs ?? [];
  if (one === undefined) return { reads: undefined, working: [] };
  if (input === undefined || !readsSomething(input.expression.node)) {
    return { reads: whenWords(one.effect.link), working: one.when === undefined ? [] : tellLinkReads(one, telling) };
  }
  const hidden = isHidden(input, telling);
  const value = hidden ? 'not shown' : nodeWords(input.expression.node, input.value, computed.plan);
  return {
    reads: `${describe(input.expression.node)} ${hidden ? 'is' : '='} ${value}`,
    working: tellLinkReads(one, telling),
  };
};
