import { add, compare, floor, fraction, mul, type Num, sub } from '../values/num.ts';

/** What a set of players is worth, as bits: player i is in it where bit i is set. */
export type Worth = (set: number) => Num;

/**
 * Each player's Shapley value: the mean, over all orders in which the players can come, of what is gained when this one
 * comes (L. S. Shapley, A Value for n-Person Games, 1953). Exact, over all 2^n sets. It is the only way of sharing out that
 * adds up to the whole, gives equal players equal parts and nothing to one who never matters, whatever else is shared out
 * beside: so no part depends on which change was told first.
 */
export const shapleyValues = (players: number, worth: Worth): readonly Num[] => {
  const weights = weightsOf(players);
  const values: Num[] = [];
  for (let player = 0; player < players; player++) {
    const bit = 1 << player;
    let value: Num = 0;
    for (let set = 0; set < 1 << players; set++) {
      if ((set & bit) !== 0) continue;
      const gain = sub(worth(set | bit), worth(set));
      if (gain !== 0) value = add(value, mul(weights[sizeOf(set)] ?? 0, gain));
    }
    values.push(value);
  }
  return values;
};

const sizeOf = (set: number): number => {
  let size = 0;
  for (let left = set; left !== 0; left &= left - 1) size++;
  return size;
};

/** For each size of a set: its share of the orders, s! (n − s − 1)! ÷ n! */
const weightsOf = (players: number): readonly Num[] => {
  const weights: Num[] = [];
  let weight: Num = fraction(1, Math.max(1, players));
  for (let size = 0; size < players; size++) {
    weights.push(weight);
    weight = mul(weight, fraction(size + 1, Math.max(1, players - size - 1)));
  }
  return weights;
};

/**
 * Exact parts of a whole number of cents as whole cents that add up to it: each rounded down, and the cents that are
 * missing one each to the largest remainders, equal ones in the order given.
 */
export const inWholeCents = (parts: readonly Num[]): readonly Num[] => {
  const down = parts.map(floor);
  const rests = parts.map((part, i) => sub(part, down[i] ?? 0));
  const missing = rests.reduce<Num>(add, 0);
  const order = parts.map((_, i) => i).sort((a, b) => compare(rests[b] ?? 0, rests[a] ?? 0) || a - b);
  const raised = new Set(order.slice(0, Number(missing)));
  return down.map((part, i) => (raised.has(i) ? add(part, 1) : part));
};
