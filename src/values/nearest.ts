/** How many letters must be changed, added, dropped or swapped to make one word of the other (optimal string alignment). */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
};

/** Longer words are not slips of the pen, and comparing them takes time with the square of their length. */
const LONGEST = 100;

/** The word of a list that a misspelt one most likely meant, or undefined where none is near. */
export const nearest = (word: string, words: Iterable<string>): string | undefined => {
  if (word.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  const low = word.toLowerCase();
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) > least) continue;
    const d = distance(low, candidate.toLowerCase());
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
};
