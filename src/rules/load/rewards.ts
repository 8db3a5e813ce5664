import type { Sink } from '../../findings/sink.ts';
import { compare, type Num, sign } from '../../values/num.ts';
import { MONTHS, type PeriodKind } from '../../values/period.ts';
import { checkKeys, type FieldValues, readValues } from '../document/fields.ts';
import { type Formula, isMapPart, keyPlace, type Part, partAt, partsOf, report } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import { refuse } from '../document/shapes.ts';
import type { Context } from '../expression/names.ts';
import type { Credit, Expression, Link, Measure, Reward } from '../plan.ts';
import { ofCounted, ofLink, ofPayee, ofStay } from './contexts.ts';
import type { CreditDraft } from './credits.ts';
import { readLinks } from './links.ts';
import { Naming } from './naming.ts';
import type { PlanReader } from './reader.ts';
import { BODY_NAMES, type Body, bodyOf, fieldsOfBody, otherBody } from './reward-body.ts';
import { readCreditBody } from './reward-credit.ts';
import { REWARD_FIELDS } from './reward-fields.ts';
import { readPayeeBody } from './reward-payee.ts';
import { readPoolBody } from './reward-pool.ts';

/** A reward whose keys are read, but not its expressions. */
export interface RewardDraft {
  readonly part: Part<RawMap>;
  readonly name: string;
  readonly every: PeriodKind;
  readonly body: Body | undefined;
  readonly values: FieldValues<typeof REWARD_FIELDS>;
}

/** What the reading of rewards needs of the rest of the plan. */
export interface RewardReading {
  readonly reader: PlanReader;
  readonly credits: ReadonlyMap<string, CreditDraft>;
  readonly measures: ReadonlyMap<string, Measure>;
}

/** What all rewards have, however they pay. */
export type RewardBase = Pick<Reward, 'name' | 'who' | 'every' | 'when' | 'links' | 'cap' | 'guarantee' | 'place'>;

/** Reads the keys of all rewards. */
export const draftRewards = (
  section: Part<RawMap> | undefined,
  period: PeriodKind,
  naming: Naming,
  sink: Sink,
): Map<string, RewardDraft> => {
  const drafts = new Map<string, RewardDraft>();
  for (const part of section === undefined ? [] : partsOf(section)) {
    const name = part.key?.text ?? '';
    const named = naming.give(name, 'reward', part);
    if (!isMapPart(part)) {
      refuse(part, sink, 'the keys of a reward, such as { per: won, rate: 6% }');
      continue;
    }
    const body = bodyOf(part, sink);
    const asking = {
      what: body === undefined ? 'a reward' : `a reward ${BODY_NAMES[body]}`,
      elsewhere: otherBody(body),
    };
    checkKeys(part, fieldsOfBody(body), asking, sink);
    const values = readValues(part, REWARD_FIELDS, sink);
    const every = values.every ?? period;
    if (MONTHS[every] < MONTHS[period]) {
      refuse(partAt(part, 'every') ?? part, sink, `${period} or longer (the plan pays by the ${period})`);
    }
    if (named) drafts.set(name, { part, name, every, body, values });
  }
  return drafts;
};

/** Reads the expressions of a reward; undefined where one is wrong. */
export const readReward = (draft: RewardDraft, { reader, credits, measures }: RewardReading): Reward | undefined => {
  const { part, name, every, body, values } = draft;
  const { sink } = reader;
  const before = sink.count('error');
  const credit = body === 'credit' ? credits.get(perOf(part) ?? '') : undefined;
  const row = credit?.each;
  const ask = (given: Formula | undefined, type: 'boolean' | 'money', context: Context): Expression | undefined =>
    given && reader.expression(given, [type], context);
  const when = 'which credits a reward pays';
  const base: RewardBase = {
    name,
    every,
    place: keyPlace(part),
    who: ask(values.who, 'boolean', ofStay('who')) ?? everyone(part),
    when: ask(
      values.when,
      'boolean',
      row === undefined ? ofPayee(every, 'who takes part in a reward') : ofCounted(every, row, when),
    ),
    links: values.links === undefined ? [] : linksOf(values.links, every, row, reader),
    cap: ask(values.cap, 'money', ofPayee(every, 'a cap')),
    guarantee: ask(values.guarantee, 'money', ofPayee(every, 'a guarantee')),
  };
  checkLimits(base, values, reader);
  const reward =
    body === 'credit'
      ? readCreditBody(part, base, credits, reader)
      : body === 'payee'
        ? readPayeeBody(part, base, measures, reader)
        : body === 'pool'
          ? readPoolBody(part, base, measures, reader)
          : undefined;
  return sink.count('error') > before ? undefined : reward;
};

const perOf = (part: Part<RawMap>): string | undefined => {
  const per = part.value.entries.get('per')?.value;
  return per?.kind === 'scalar' ? per.text.trim() : undefined;
};

const linksOf = (
  section: Part<RawMap>,
  every: PeriodKind,
  row: Credit['each'] | undefined,
  reader: PlanReader,
): readonly Link[] =>
  // Links of two rewards may have one name: it is the reward's own.
  readLinks(section, { reader, context: (what) => ofLink(every, row, what) }, new Naming(reader.sink));

/** `who` where the plan does not say it. */
const everyone = (part: Part): Expression => ({
  type: 'boolean',
  text: 'everyone',
  place: keyPlace(part),
  node: { kind: 'literal', type: 'boolean', value: true, start: 0, end: 0 },
});

const checkLimits = ({ cap, guarantee }: RewardBase, values: RewardDraft['values'], reader: PlanReader): void => {
  const most = reader.known(cap);
  const least = reader.known(guarantee);
  for (const [limit, given] of [
    [most, values.cap],
    [least, values.guarantee],
  ] as const) {
    if (limit !== undefined && given !== undefined && sign(limit as Num) < 0)
      refuse(given, reader.sink, 'an amount not below zero');
  }
  if (most === undefined || least === undefined || compare(least as Num, most as Num) <= 0) return;
  if (values.guarantee === undefined || values.cap === undefined) return;
  const related = [{ ...placeOf(values.cap.value), message: 'the cap stands here' }];
  const message = `the guarantee, ${guarantee?.text}, is above the cap, ${cap?.text}`;
  report(reader.sink, 'guarantee-above-cap', message, values.guarantee, {
    related,
    hint: 'lower the guarantee or raise the cap',
  });
};
