/**
 * How many letters must be changed, added, dropped or swapped to make one word of the other (optimal string alignment);
 * `most` or more where it takes as many. What lies farther from the diagonal than that is not looked at.
 */
const distance = (a: string, b: string, most: number): number => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = new Array(b.length + 1).fill(most);
    row[0] = i;
    let least = i;
    const end = Math.min(b.length, i + most);
    for (let j = Math.max(1, i - most); j <= end; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row[j] = best;
      if (best < least) least = best;
    }
    if (least >= most) return most;
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
};

/** Longer words are not slips of the pen, and comparing them takes time with the square of their length. */
const LONGEST = 100;

/** A slip of the pen is no longer than this, however long the word. */
const MOST = 5;

/** The word of a list that a misspelt one most likely meant, or undefined where none is near. */
export const nearest = (word: string, words: Iterable<string>): string | undefined => {
  if (word.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Math.min(MOST, Math.max(1, Math.floor(word.length / 3))) + 1;
  const low = word.toLowerCase();
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const d = distance(low, candidate.toLowerCase(), least);
    if (d < least) {
      least = d;
      best = candidate;
      // Nothing is nearer than the same word in other letters.
      if (d === 0) return best;
    }
  }
  return best;
};
