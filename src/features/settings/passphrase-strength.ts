/** How long a passphrase holds out against somebody who has the files of the browser and guesses on several graphics cards. */
export type Strength = {
  /** Guesses are about 2 to the power of so many. */
  bits: number;
  level: 'weak' | 'fair' | 'strong';
  /** What to do, as a sentence; undefined for a strong one. */
  advice: string | undefined;
};

/**
 * At about 100,000 guesses a second, which is what 600,000 rounds of PBKDF2 leave to some graphics cards, 42 bits hold for about
 * a year and 55 bits for ten thousand.
 */
const FAIR_BITS = 42;
const STRONG_BITS = 55;

/** Words of the usual lists of leaked passwords, and rows of the keyboard. */
const COMMON =
  'passphrase password passwort passw0rd secret admin root login welcome letmein iloveyou monkey dragon master football sunshine princess qwertyuiop qwertz qwerty asdfghjkl asdf zxcvbnm changeme default test azure microsoft storage queuescope summer winter hello'.split(
    ' ',
  );
const COMMON_WORD = new RegExp(COMMON.join('|'), 'gi');

/** Bits of one of the common words, and of a letter in a word of the Latin alphabet or of another script. */
const WORD_BITS = 8;
const LATIN_BITS = 2.2;
const OTHER_SCRIPT_BITS = 4;

/**
 * Estimates a passphrase by its parts: common words, dates, repeats and rows count little, letters of a word some, and what stands
 * alone the most. It knows no dictionary but a short list, so a name or a line of a song counts for more than it is worth.
 */
export function passphraseStrength(passphrase: string): Strength {
  const bits = Math.round(bitsOf(passphrase.normalize('NFKC')));
  const level = bits < FAIR_BITS ? 'weak' : bits < STRONG_BITS ? 'fair' : 'strong';
  return { bits, level, advice: level === 'strong' ? undefined : ADVICE[level] };
}

const ADVICE = {
  weak: 'Common words, dates, rows of keys and repeats are guessed first. Take four or five words that have nothing to do with each other.',
  fair: 'One or two words more make it strong.',
};

function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  const count = (part: string) => counts.set(part, (counts.get(part) ?? 0) + 1);
  let bits = 0;
  const rest = text.replaceAll(COMMON_WORD, (word) => {
    if (!counts.has(word.toLowerCase())) bits += WORD_BITS + isMixedCase(word);
    count(word.toLowerCase());
    return ' ';
  });
  const letterBits = Math.log2(isMixedCase(text) ? 52 : 26);
  for (const [part] of rest.matchAll(/\p{L}+|\p{N}+|[^\p{L}\p{N}]+/gu)) {
    if (!counts.has(part.toLowerCase())) bits += partBits(part, letterBits);
    count(part.toLowerCase());
  }
  // Parts that come again tell only how often.
  const repeats = [...counts.values()].reduce((sum, times) => sum + times - 1, 0);
  return bits + Math.log2(repeats + 1);
}

function partBits(part: string, letterBits: number): number {
  // A year, or a date as digits.
  if (/^(?:19|20)\d\d$|^(?:\d{6}|\d{8})$/.test(part)) return part.length + 3;
  const different = withoutRows(part).length;
  const saved = Math.log2(Array.from(part).length - different + 1);
  if (/^\s+$/.test(part)) return 1;
  if (/^\p{N}/u.test(part)) return different * Math.log2(10) + saved;
  if (/^\P{L}/u.test(part)) return different * 4 + saved;
  if (!/^\p{Script=Latin}/u.test(part)) return different * OTHER_SCRIPT_BITS + saved;
  return different * (different > 3 ? LATIN_BITS : letterBits) + isMixedCase(part) + saved;
}

const isMixedCase = (text: string): number => Number(text !== text.toLowerCase() && text !== text.toUpperCase());

/** The characters that neither repeat the one before them nor follow it in the alphabet, up or down. */
function withoutRows(text: string): string[] {
  const characters = Array.from(text);
  return characters.filter((character, index) => {
    const step = (character.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? -9);
    return Math.abs(step) > 1;
  });
}
