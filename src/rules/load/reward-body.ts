import type { Sink } from '../../findings/sink.ts';
import { nearest } from '../../values/nearest.ts';
import { type Fields, optional } from '../document/fields.ts';
import { keyPlace, type Part, partAt, report } from '../document/part.ts';
import type { RawMap } from '../document/raw.ts';
import type { Reward } from '../plan.ts';
import { BODIES, CREDIT_BODY, PAYEE_BODY, POOL_BODY, REWARD_FIELDS } from './reward-fields.ts';

export type Body = Reward['body'];

/** The bodies in words, behind "a reward". */
export const BODY_NAMES: Readonly<Record<Body, string>> = {
  credit: 'per credit',
  payee: 'per payee',
  pool: 'from a pool',
};

/** The keys of all bodies, for a reward that shows none. */
const ANY_BODY = optional({ ...REWARD_FIELDS, ...CREDIT_BODY, ...PAYEE_BODY, ...POOL_BODY });

/** The keys that a reward with this body may have. */
export const fieldsOfBody = (body: Body | undefined): Fields =>
  body === undefined ? ANY_BODY : { ...REWARD_FIELDS, ...BODIES[body] };

/** Why a key of another body does not belong to this one. */
export const otherBody =
  (body: Body | undefined) =>
  (key: string): string | undefined => {
    const homes = (Object.keys(BODIES) as Body[]).filter((one) => Object.hasOwn(BODIES[one], key));
    if (homes.length === 0 || body === undefined) return undefined;
    const names = homes.map((one) => BODY_NAMES[one]).join(' or ');
    return `${key}: belongs to a reward ${names}, and this one is ${BODY_NAMES[body]}`;
  };

/** Which of the three bodies a reward's keys show; says so where they show none, or two. */
export const bodyOf = (part: Part<RawMap>, sink: Sink): Body | undefined => {
  const has = (key: string): boolean => part.value.entries.has(key);
  const lacks = (message: string, hint: string): undefined => {
    // What stands there under a misspelt key is said as such.
    if (!isMisspelt(part)) report(sink, 'missing-key', message, part, { hint }, keyPlace(part));
    return undefined;
  };
  if (has('per')) {
    if (has('pool')) return conflict(part, 'per', 'pool', 'make two rewards of it', sink);
    if (has('rate') && has('pay')) {
      const hint = 'rate: is a share of the amount, pay: money per credit: keep one, or make two rewards of it';
      return conflict(part, 'rate', 'pay', hint, sink);
    }
    if (has('rate') || has('pay')) return 'credit';
    lacks('a reward per credit needs rate: or pay:', 'add rate: (a share of the amount) or pay: (money per credit)');
    return 'credit';
  }
  if (has('pool')) {
    const other = ['rate', 'pay'].find(has);
    return other === undefined ? 'pool' : conflict(part, 'pool', other, 'make two rewards of it', sink);
  }
  if (has('rate')) return lacks('a rate needs per: the credit that it is paid on', 'add per:, such as per: won');
  if (has('pay')) return 'payee';
  return lacks('a reward says what it pays', 'add per: with rate: or pay:, or pay: alone, or pool: with share_by:');
};

const BODY_KEYS: readonly (string | undefined)[] = ['per', 'rate', 'pay', 'pool'];

const isMisspelt = (part: Part<RawMap>): boolean =>
  [...part.value.entries.keys()].some(
    (key) => !Object.hasOwn(ANY_BODY, key) && BODY_KEYS.includes(nearest(key, Object.keys(ANY_BODY))),
  );

const conflict = (part: Part<RawMap>, one: string, other: string, hint: string, sink: Sink): undefined => {
  const at = partAt(part, other) ?? part;
  const related = [{ ...keyPlace(partAt(part, one) ?? part), message: `${one}: stands here` }];
  const message = `${one}: and ${other}: do not go together: a reward pays per credit, per payee or from a pool`;
  report(sink, 'invalid-value', message, at, { hint, related }, keyPlace(at));
  return undefined;
};
