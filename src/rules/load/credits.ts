import type { Sink } from '../../findings/sink.ts';
import { asMap, checkKeys, type FieldValues, readValues } from '../document/fields.ts';
import { type Formula, keyPlace, type Part, partAt, partsOf, report } from '../document/part.ts';
import { placeOf, type RawMap, type RawScalar } from '../document/raw.ts';
import type { CreditName } from '../expression/names.ts';
import type { Type } from '../expression/typed.ts';
import type { Credit, Expression } from '../plan.ts';
import { readShare, SHARE_WAYS, type Share } from '../share/kinds.ts';
import type { ShareReading } from '../share/model.ts';
import type { RowName } from '../tables.ts';
import { announcedInTime } from './announced.ts';
import { ofCredit, ofWhole } from './contexts.ts';
import { CREDIT_FIELDS, SHARED_FIELDS, TOLD_FIELDS } from './credit-fields.ts';
import type { Naming } from './naming.ts';
import type { PlanReader } from './reader.ts';

const ALL_FIELDS = { ...CREDIT_FIELDS, ...SHARED_FIELDS, ...TOLD_FIELDS } as const;

/** A credit whose keys are read, but not its expressions: these need the names of everything. */
export interface CreditDraft {
  readonly part: Part<RawMap>;
  readonly name: string;
  readonly each: RowName;
  readonly values: FieldValues<typeof ALL_FIELDS>;
}

/** What a credit says where the plan does not. */
const DEFAULTS: Readonly<Record<RowName, { readonly to: string; readonly amount?: string; readonly date: string }>> = {
  deal: { to: 'deal.owner', amount: 'deal.amount', date: 'deal.close_date' },
  attribution: { to: 'campaign.owner', amount: 'deal.amount', date: 'deal.close_date' },
  split: { to: 'split.person_id', amount: 'deal.amount', date: 'deal.close_date' },
  lead: { to: 'lead.assigned_to', date: 'lead.assigned_on' },
  campaign: { to: 'campaign.owner', date: 'campaign.starts_on' },
};

const isShared = (each: RowName): boolean => each === 'attribution' || each === 'split';
/** Rows that a campaign brings. */
const isTold = (each: RowName): boolean => each === 'attribution' || each === 'lead';

/** Reads the keys of all credits; what their names mean in expressions is known then. */
export const draftCredits = (
  section: Part<RawMap> | undefined,
  naming: Naming,
  sink: Sink,
): Map<string, CreditDraft> => {
  const drafts = new Map<string, CreditDraft>();
  for (const part of section === undefined ? [] : partsOf(section)) {
    const name = part.key?.text ?? '';
    const named = naming.give(name, 'credit', part);
    const map = asMap(part, CREDIT_FIELDS, 'a credit', sink);
    if (map === undefined) continue;
    const each = partAt(map, 'each');
    const row = each && CREDIT_FIELDS.each.shape.read(each, sink);
    const elsewhere = (key: string): string | undefined => {
      if (Object.hasOwn(SHARED_FIELDS, key))
        return `${key}: is for attributions and splits; a ${row} is credited whole`;
      return Object.hasOwn(TOLD_FIELDS, key)
        ? `${key}: is for leads and attributions, which have a campaign`
        : undefined;
    };
    const fields = {
      ...CREDIT_FIELDS,
      ...(row === undefined || isShared(row) ? SHARED_FIELDS : {}),
      ...(row === undefined || isTold(row) ? TOLD_FIELDS : {}),
    };
    checkKeys(map, fields, { what: 'a credit', elsewhere }, sink);
    if (row === undefined || !named) continue;
    const { each: _, ...others } = ALL_FIELDS;
    const values = { each: row, ...readValues(map, others, sink) };
    drafts.set(name, { part: map, name, each: row, values });
  }
  return drafts;
};

/** What a credit's name means in expressions. */
export const creditName = ({ each, values }: CreditDraft): CreditName => ({
  each,
  company: isCompany(values.to),
  hasAmount: each !== 'lead' || values.amount !== undefined,
});

const isCompany = (to: Formula | undefined): boolean => to?.value.text.trim() === 'company';

/** Reads the expressions of a credit; undefined where one is wrong. */
export const readCredit = (
  draft: CreditDraft,
  campaignNotice: number | undefined,
  reader: PlanReader,
): Credit | undefined => {
  const { part, name, each, values } = draft;
  const before = reader.sink.count('error');
  const context = (what: string) => ofCredit(each, what);
  const ask = (given: Formula | undefined, type: Type, of: ReturnType<typeof ofCredit>): Expression | undefined =>
    given && reader.expression(given, [type], of);
  const either = (key: 'to' | 'amount' | 'date'): Formula | undefined => {
    const standard = DEFAULTS[each][key];
    return (
      values[key] ?? (standard === undefined || part.value.entries.has(key) ? undefined : written(standard, part, key))
    );
  };
  const to = isCompany(values.to) ? 'company' : ask(either('to'), 'text', context('whom a credit goes to'));
  const amountContext = isShared(each) ? ofWhole('what is shared out') : context('the amount of a credit');
  const read = {
    name,
    each,
    when: ask(values.when, 'boolean', context('the condition of a credit')),
    announced: isTold(each) ? announcedOf(draft, campaignNotice, reader) : undefined,
    amount: ask(either('amount'), 'money', amountContext),
    share: isShared(each) ? shareOf(draft, { reader, context }) : undefined,
    shareAmong: isShared(each) ? ask(values.share_among, 'boolean', context('share_among')) : undefined,
    overlay: isShared(each) && (values.overlay ?? false),
    place: keyPlace(part),
  };
  const date = ask(either('date'), 'date', context('the date of a credit'));
  if (to === undefined || date === undefined || reader.sink.count('error') > before) return undefined;
  return { ...read, to, date };
};

const announcedOf = (
  { part, each, values }: CreditDraft,
  campaignNotice: number | undefined,
  reader: PlanReader,
): Expression | undefined => {
  if (values.announced_only !== true) return undefined;
  const at = partAt(part, 'announced_only') ?? part;
  if (campaignNotice === undefined) {
    const hint = 'add campaign_notice: 10 days, say, to the plan';
    const message = 'announced_only: asks what was announced in time, and the plan does not say what that is';
    report(reader.sink, 'missing-key', message, at, { hint }, keyPlace(at));
    return undefined;
  }
  const context = ofCredit(each, 'announced_only');
  return reader.expression(written(announcedInTime(each, campaignNotice), at, undefined), ['boolean'], context);
};

/** What a key stands for, or a default, as if it stood in the plan, at the name of its construct. */
const written = (expression: string, part: Part, key: string | undefined): Formula => {
  const at = part.key ?? part.value;
  const value: RawScalar = {
    kind: 'scalar',
    text: expression,
    form: 'plain',
    broken: false,
    source: at.source,
    start: at.start,
    end: at.end,
  };
  return { value, key: part.key, path: key === undefined ? part.path : [...part.path, key] };
};

const shareOf = ({ part, each, values }: CreditDraft, reading: ShareReading): Share | undefined => {
  const { sink } = reading.reader;
  if (values.share !== undefined) {
    const share = readShare(values.share, reading);
    if (each !== 'split' || share === undefined || share.kind === 'expression' || share.kind === 'linear') return share;
    const hint = 'leave share: out, which takes split.share';
    report(
      sink,
      'invalid-value',
      `${share.kind} is for touches, which have a date; splits say their share`,
      values.share,
      { hint },
    );
    return undefined;
  }
  if (part.value.entries.has('share')) return undefined;
  if (each === 'split') return readShare(written('split.share', part, 'share'), reading);
  const hint = `add share: ${SHARE_WAYS}`;
  report(
    sink,
    'missing-key',
    'a credit over attributions needs share: how one deal is shared out over its touches',
    part,
    { hint },
    placeOf(part.key ?? part.value),
  );
  return undefined;
};
