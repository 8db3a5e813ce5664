import { EVERYDAY_WORDS, NEVER_ALONE } from './everyday-words.ts';

/** Somebody to be hidden: an id, and whatever else the tables call them. */
export interface Somebody {
  readonly id: string;
  readonly name: string | undefined;
  readonly payrollId: string | undefined;
}

/** What tells somebody in a text. */
export interface Told {
  /** As it stands in the text. */
  readonly words: string;
  /** Whose it is, for whoever knows them anyway. */
  readonly of: string;
}

/** A word of a text, as it is compared, and as it stands there. */
interface Word {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ß', 'ss'],
  ['ı', 'i'],
]);

/** Without accents, case and what is not seen: `Zoë` is `zoe`. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[øłđðþæœßı]/g, (letter) => LETTERS.get(letter) ?? letter);

/** A run of letters that begins where the case says that a word begins, or a run of digits. */
const WORD = /\p{Lu}[\p{Lu}\p{M}]+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{Lt}\p{M}\u200b-\u200f]+|\p{Lu}|\p{N}+/gu;

const wordsIn = (text: string): readonly Word[] =>
  [...text.matchAll(WORD)].map((match) => ({
    key: folded(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));

/** Scripts that write words without blanks between them. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const LEAST_LETTERS = 3;
/** A number of fewer digits is a number. */
const LEAST_DIGITS = 5;

const isLong = (key: string): boolean =>
  /^\p{N}+$/u.test(key) ? key.length >= LEAST_DIGITS : [...key].length >= LEAST_LETTERS;

/** The words of a name that are written as names are: letters, with a hyphen, an apostrophe or a point in them. */
const partsOf = (name: string): readonly string[] =>
  name
    .split(/[\s,;()[\]]+/u)
    .map((part) => part.replace(/^["'“”„«»‘’]+|["'“”„«»‘’]+$/gu, ''))
    .filter((part) => /^[\p{L}\p{M}\p{Cf}'’.-]+$/u.test(part))
    .flatMap((part) => part.split(/[.-]/))
    .flatMap((part) => {
      const keys = wordsIn(part).map(({ key }) => key);
      return keys.length > 1 ? [...keys, keys.join('')] : keys;
    });

/** What may stand between the words of one name, and between the syllables of one word. */
const BETWEEN_WORDS = /^[\s\p{P}\p{S}\p{Cf}]{0,4}$/u;
const WITHIN_WORD = /^['’\p{Cf}]?$/u;

/** A name run together, as in `rlindqvist`, has so many letters, or it is a word. */
const LEAST_HANDLE = 6;

/** Finds in texts what tells somebody: names, ids, words of names, and how names are run together in handles. */
export class NamesTold {
  /** What several words in a row come to, joined, by whose they are. */
  readonly #whole = new Map<string, string>();
  readonly #parts = new Map<string, string>();
  readonly #verbatim = new Map<string, string>();
  readonly #never: ReadonlySet<string>;
  #longest = 3;

  /** `ordinary` are texts whose words tell nobody alone, such as the departments' names. */
  constructor(people: readonly Somebody[], ordinary: Iterable<string>) {
    this.#never = new Set([...NEVER_ALONE, ...[...ordinary].flatMap((text) => wordsIn(text).map(({ key }) => key))]);
    const idParts = new Map<string, string | undefined>();
    for (const { id, name, payrollId } of people) {
      const of = name === undefined || name === id ? id : `${name} (${id})`;
      for (const said of [id, payrollId, name]) if (said !== undefined) this.#addWhole(said, of);
      if (name !== undefined) this.#addName(name, of);
      // What only one id has in it may be a name: `rosa.lindqvist@firm.example`, but not the `emp` of `emp-104`.
      for (const part of new Set(partsOf((id.split('@')[0] ?? '').replace(/[_.\d]+/g, ' ')))) {
        idParts.set(part, idParts.has(part) ? undefined : of);
      }
    }
    for (const [part, of] of idParts) if (of !== undefined) this.#addPart(part, of);
  }

  /** The first in a text that tells somebody, with as many words as tell the same. */
  in(text: string): Told | undefined {
    const words = wordsIn(text);
    for (let at = 0; at < words.length; at++) {
      const told = this.#from(text, words.slice(at, at + this.#longest));
      if (told !== undefined) return told;
    }
    for (const [said, of] of this.#verbatim) if (text.includes(said)) return { words: said, of };
    return undefined;
  }

  #from(text: string, words: readonly Word[]): Told | undefined {
    let told: Told | undefined;
    let joined = '';
    let isOneWord = true;
    const start = words[0]?.start ?? 0;
    let end = start;
    for (const [i, word] of words.entries()) {
      const gap = text.slice(end, word.start);
      if (!BETWEEN_WORDS.test(gap)) break;
      isOneWord &&= WITHIN_WORD.test(gap);
      joined += word.key;
      end = word.end;
      // Two numbers beside each other are two numbers.
      const whole = i > 0 && /^\p{N}+$/u.test(joined) ? undefined : this.#whole.get(joined);
      const of = whole ?? (isOneWord ? this.#parts.get(joined) : undefined);
      if (of === undefined || (isOneWord && this.#isOrdinary(text, joined, start, end))) continue;
      told = { words: text.slice(start, end), of };
    }
    return told;
  }

  #addWhole(said: string, of: string): void {
    const words = wordsIn(said);
    const joined = words.map(({ key }) => key).join('');
    const isUnspaced = UNSPACED.test(said) && [...said].length > 1;
    const isOdd = /[^\p{L}\p{N}\p{M}\s_.@'’-]/u.test(said) && [...said].length > LEAST_LETTERS;
    if (isUnspaced || isOdd) this.#verbatim.set(said, of);
    if (!isLong(joined)) return;
    this.#whole.set(joined, of);
    this.#longest = Math.max(this.#longest, words.length);
  }

  #addPart(part: string, of: string): void {
    if (isLong(part)) this.#parts.set(part, of);
  }

  #addName(name: string, of: string): void {
    const parts = partsOf(name);
    for (const part of parts) this.#addPart(part, of);
    const [first, last] = [parts[0], parts[parts.length - 1]];
    if (parts.length < 2 || first === undefined || last === undefined) return;
    for (const handle of [first + last, last + first, first.charAt(0) + last]) {
      if (handle.length >= LEAST_HANDLE && !this.#whole.has(handle)) this.#whole.set(handle, of);
    }
  }

  /** Whether a word tells nobody where it stands. */
  #isOrdinary(text: string, key: string, start: number, end: number): boolean {
    if (this.#never.has(key)) return true;
    if (!EVERYDAY_WORDS.has(key)) return false;
    // Capitalised within a sentence it is a name: a small letter or a digit comes before.
    const isCapitalised = /^\p{Lu}\p{Ll}/u.test(text.slice(start, end));
    return !(isCapitalised && /[\p{Ll}\p{N}],? $/u.test(text.slice(Math.max(0, start - 4), start)));
  }
}
