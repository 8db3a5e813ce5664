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

const event = (
  uid: string,
  asOf: Day,
  { from, to, summary, description }: { from: Day; to: Day; summary: string; description: string },
): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${escaped(uid)}@align-pay`,
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
      ? event(`${id}-announce`, asOf, {
          from: due,
          to: due,
          summary: `Announce the campaign: ${name}`,
          description: `The last day on which it is announced in time: it starts on ${formatDay(startsOn)}`,
        })
      : [];
  return [...event(id, asOf, runs), ...announce];
};

/** Coming campaigns, and until when each is to be announced, as a calendar (RFC 5545). */
export const campaignIcs = ({ coming, asOf }: Digest): string =>
  `${[
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//align-pay//campaigns//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...coming.flatMap((campaign) => eventsOf(campaign, asOf)),
    'END:VCALENDAR',
  ]
    .map(folded)
    .join('\r\n')}\r\n`;
