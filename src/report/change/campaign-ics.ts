import type { Campaign } from '../../change/campaigns.ts';
import { type Day, formatDay } from '../../values/date.ts';
import type { Digest } from './campaign-blocks.ts';

const MOST_BYTES = 75;

/** A text as a property takes it (RFC 5545, 3.3.11). */
const escaped = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/[;,]/g, '\\$&')
    .replace(/\r?\n/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are not allowed in a calendar
    .replace(/[\u0000-\u001f\u007f]/g, ' ');

/** A line of at most 75 bytes, and what is left of it in lines that begin with a blank (3.1). */
const folded = (line: string): string => {
  const lines: string[] = [];
  let own = '';
  let bytes = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (bytes + size > MOST_BYTES) {
      lines.push(own);
      own = ' ';
      bytes = 1;
    }
    own += character;
    bytes += size;
  }
  return [...lines, own].join('\r\n');
};

const dateText = (day: Day): string => formatDay(day).replaceAll('-', '');

/** What an event is about: two of one campaign, whatever ids others have. */
type Kind = 'campaign' | 'announce';

const event = (
  kind: Kind,
  id: string,
  asOf: Day,
  { from, to, summary, description }: { from: Day; to: Day; summary: string; description: string },
): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${escaped(id)}@${kind}.align-pay`,
  `DTSTAMP:${dateText(asOf)}T000000Z`,
  `DTSTART;VALUE=DATE:${dateText(from)}`,
  // The end is the first day that is not in it.
  `DTEND;VALUE=DATE:${dateText(to + 1)}`,
  `SUMMARY:${escaped(summary)}`,
  `DESCRIPTION:${escaped(description)}`,
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
];

const eventsOf = (campaign: Campaign, asOf: Day): readonly string[] => {
  const { id, name, owner, startsOn, endsOn, announcedOn, due, notice } = campaign;
  if (startsOn === undefined) return [];
  const by = owner === undefined ? '' : ` by ${owner}`;
  const told = announcedOn === undefined ? 'not announced yet' : `announced on ${formatDay(announcedOn)}`;
  const last = endsOn === undefined || endsOn < startsOn ? startsOn : endsOn;
  const runs = { from: startsOn, to: last, summary: `Campaign: ${name}`, description: `${id}${by}, ${told}` };
  const announce =
    notice === 'open' && due !== undefined
      ? event('announce', id, asOf, {
          from: due,
          to: due,
          summary: `Announce the campaign: ${name}`,
          description: `The last day on which it is announced in time: it starts on ${formatDay(startsOn)}`,
        })
      : [];
  return [...event('campaign', id, asOf, runs), ...announce];
};

/** A calendar holds at least one thing (3.6): where nothing comes, the zone that its days are counted in. */
const NOTHING = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
] as const;

/** Coming campaigns, and until when each is to be announced, as a calendar (RFC 5545). */
export const campaignIcs = ({ coming, asOf }: Digest): string => {
  const events = coming.flatMap((campaign) => eventsOf(campaign, asOf));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//align-pay//campaigns//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...(events.length === 0 ? NOTHING : events),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
};
