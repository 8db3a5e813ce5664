import type { Campaign, HeldTo, Uncounted, Worked } from '../../change/campaigns.ts';
import type { NoticeCost } from '../../change/notice-cost.ts';
import { factorWords } from '../../change/words.ts';
import type { Plan } from '../../rules/plan.ts';
import { type Day, formatDay } from '../../values/date.ts';
import { formatMinor } from '../../values/money.ts';
import { sign, sub } from '../../values/num.ts';
import { type Block, list, paragraph, section, table, title } from './document.ts';
import { signedMoney } from './pay-blocks.ts';

/** What the liaison is told. */
export interface Digest {
  readonly plan: Plan;
  readonly asOf: Day;
  readonly ahead: number;
  readonly coming: readonly Campaign[];
  readonly heldTo: readonly HeldTo[];
  /** The last period that is over: its name, and what was worked in it and what did not count. */
  readonly last: string;
  readonly worked: readonly Worked[];
  readonly uncounted: readonly Uncounted[];
  readonly cost: readonly NoticeCost[];
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** Whether there is anything that somebody should know. */
export const hasNews = ({ coming, worked, uncounted }: Digest): boolean =>
  coming.length > 0 || uncounted.length > 0 || worked.some((team) => team.worked < team.handedOver);

/** When it was announced, and how long before its first day. */
const announcedWords = ({ announcedOn, startsOn, due }: Campaign, asOf: Day): string => {
  if (announcedOn === undefined || announcedOn > asOf) {
    if (due === undefined) return 'not announced';
    return asOf <= due
      ? `not announced yet, ${asOf === due ? 'and today is the last day for it' : `in time until ${formatDay(due)}, in ${days(due - asOf)}`}`
      : `not announced, ${days(asOf - due)} too late already`;
  }
  const before = startsOn === undefined ? '' : `, ${days(startsOn - announcedOn)} before`;
  return `announced on ${formatDay(announcedOn)}${before}`;
};

const acknowledgedWords = ({ announcedOn, acknowledgedOn, acknowledgedBy }: Campaign, asOf: Day): string => {
  if (acknowledgedOn === undefined || acknowledgedOn > asOf) {
    if (announcedOn === undefined || announcedOn > asOf) return '';
    return `, not acknowledged for ${days(asOf - announcedOn)}`;
  }
  const by = acknowledgedBy === undefined ? '' : ` by ${acknowledgedBy}`;
  const after = announcedOn === undefined ? '' : ` after ${days(acknowledgedOn - announcedOn)}`;
  return `, acknowledged${by}${after}`;
};

const campaignLine = (campaign: Campaign, asOf: Day): string => {
  const { name, id, owner, startsOn, endsOn } = campaign;
  const from = startsOn === undefined ? 'no first day' : `from ${formatDay(startsOn)}`;
  const until = endsOn === undefined ? '' : ` to ${formatDay(endsOn)}`;
  const who = [name === id ? '' : id, owner ?? ''].filter((part) => part !== '').join(', ');
  return `${name}${who === '' ? '' : ` (${who})`}, ${from}${until}: ${announcedWords(campaign, asOf)}${acknowledgedWords(campaign, asOf)}`;
};

/** The digest as a page. */
export const campaignBlocks = (digest: Digest): readonly Block[] => {
  const { plan, asOf, ahead, coming, last, worked, uncounted, cost } = digest;
  const notice = plan.campaignNotice;
  const short = coming.filter((campaign) => campaign.notice === 'short');
  const open = coming.filter((campaign) => campaign.notice === 'open');
  const silent = coming.filter(
    ({ announcedOn, acknowledgedOn }) =>
      announcedOn !== undefined && announcedOn <= asOf && acknowledgedOn === undefined,
  );
  return [
    title(`Campaigns from ${formatDay(asOf)} to ${formatDay(asOf + ahead)}`),
    ...(coming.length === 0 ? [paragraph('No campaign starts in these days.')] : []),
    ...(notice === undefined ? [paragraph('The plan promises no notice: campaign_notice: 10 days would.')] : []),
    ...section('What comes', list(coming.map((campaign) => campaignLine(campaign, asOf)))),
    ...section(
      `Short of the notice of ${days(notice ?? 0)}: what they bring does not weigh against sales`,
      list(short.map(({ name, due }) => `${name}${due === undefined ? '' : `: it was due on ${formatDay(due)}`}`)),
    ),
    ...section(
      'To be announced',
      list(
        open.map(
          ({ name, owner, due }) =>
            `${owner ?? 'its owner'}: ${name}${due === undefined ? '' : `, by ${formatDay(due)}`}`,
        ),
      ),
    ),
    ...section(
      'To be acknowledged by sales (it counts without that, too, where it was announced in time)',
      list(silent.map(({ name }) => name)),
    ),
    ...(coming.some((campaign) => campaign.notice === 'known')
      ? section('What sales will be held to', list(digest.heldTo.map((held) => heldWords(held, plan))))
      : []),
    ...section(
      `Not taken to heart in ${last}`,
      table(
        ['team', 'handed over', 'worked', 'left'],
        worked.map(({ team, handedOver, worked: done }) => [
          team,
          String(handedOver),
          String(done),
          String(handedOver - done),
        ]),
      ),
      list(
        worked.flatMap(({ team, left }) =>
          [...left].map(
            ([campaign, count]) => `${team}: ${count} of ${campaign} ${count === 1 ? 'was' : 'were'} not worked`,
          ),
        ),
      ),
    ),
    ...section(
      `What lack of notice cost in ${last}`,
      list(uncounted.map(({ campaign, leads, touches }) => `${campaign}: ${uncountedWords(leads, touches)}`)),
      table(
        ['what each was paid, less what it would have been had they counted', ''],
        uncounted.length === 0
          ? []
          : cost
              .filter(({ paid, would }) => sign(sub(paid, would)) !== 0)
              .map(({ department, paid, would }) => [department, signedMoney(sub(paid, would), plan)]),
      ),
    ),
  ];
};

const uncountedWords = (leads: number, touches: number): string => {
  const told = [
    ...(leads > 0 ? [`${leads} ${leads === 1 ? 'lead' : 'leads'}`] : []),
    ...(touches > 0 ? [`${touches} ${touches === 1 ? 'touch' : 'touches'}`] : []),
  ];
  return `${told.join(' and ')} did not count`;
};

const heldWords = ({ reward, link }: HeldTo, plan: Plan): string =>
  `${link.because}: ${reward.name} of ${reward.who.text} moves ${factorWords(link.factor, plan)}`;

const dayData = (day: Day | undefined): string | null => (day === undefined ? null : formatDay(day));

/** The digest for machines. */
export const campaignData = ({ plan, asOf, ahead, coming, heldTo, last, worked, uncounted, cost }: Digest) => ({
  as_of: formatDay(asOf),
  until: formatDay(asOf + ahead),
  plan: plan.name,
  campaign_notice: plan.campaignNotice ?? null,
  coming: coming.map((campaign) => ({
    campaign_id: campaign.id,
    name: campaign.name,
    owner: campaign.owner ?? null,
    starts_on: dayData(campaign.startsOn),
    ends_on: dayData(campaign.endsOn),
    announced_on: dayData(campaign.announcedOn),
    acknowledged_on: dayData(campaign.acknowledgedOn),
    acknowledged_by: campaign.acknowledgedBy ?? null,
    due: dayData(campaign.due),
    notice: campaign.notice,
  })),
  held_to: heldTo.map(({ reward, link }) => ({
    reward: reward.name,
    who: reward.who.text,
    link: link.name,
    because: link.because,
  })),
  last_period: last,
  worked: worked.map(({ team, handedOver, worked: done, left }) => ({
    team,
    handed_over: handedOver,
    worked: done,
    left: [...left].map(([campaign, leads]) => ({ campaign, leads })),
  })),
  uncounted,
  cost: cost.map(({ department, paid, would }) => ({
    department,
    paid: formatMinor(paid, plan.digits),
    would_have_been: formatMinor(would, plan.digits),
  })),
});
