import type { Computation } from '../engine/result.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import { nearest } from '../values/nearest.ts';

/** A warning for each person whom `--hold` names and who has no payout to hold. */
export const heldUnpaid = (computed: readonly Computation[], hold: readonly string[]): readonly Finding[] => {
  const sink = new Sink();
  if (computed.length === 0) return [];
  const payouts = computed.flatMap(({ periods }) => periods.flatMap((result) => result.payouts));
  const paid = new Set(payouts.map(({ person }) => person.id));
  for (const id of new Set(hold)) {
    if (paid.has(id)) continue;
    const near = nearest(id, paid);
    const hint = near === undefined ? 'ids are compared to the letter' : `did you mean ${near}?`;
    sink.add('person-not-held', `--hold ${id}: there is no payout of that person to hold`, { value: id, hint });
  }
  return sink.all();
};
