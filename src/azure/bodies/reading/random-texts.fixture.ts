/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const ALNUM = `${DIGITS}${LOWER}${LOWER.toUpperCase()}`;

/** What ids, tokens and digests are made of. */
const ALPHABETS = {
  'letters and digits': ALNUM,
  hex: `${DIGITS}abcdef`,
  digits: DIGITS,
  'Base64 alphabet': `${ALNUM}+/`,
  'URL alphabet': `${ALNUM}-_`,
  'printable ASCII': Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at)).join(''),
} as const;

export const KINDS = [...(Object.keys(ALPHABETS) as (keyof typeof ALPHABETS)[]), 'UUID'] as const;
export type Kind = (typeof KINDS)[number];

/** The longest random text. */
const LONGEST = 4096;

/** A length from 1 to 4,096: as often from 1 to 64, where ids are, as from all. */
const lengthOf = (random: () => number) =>
  random() < 0.5 ? 1 + Math.floor(random() * 64) : 1 + Math.floor(random() * LONGEST);

/** A text without a meaning. `length`: of other kinds than UUID. */
export function randomText(kind: Kind, random: () => number, length = lengthOf(random)): string {
  if (kind === 'UUID') {
    const uuid = randomOf(ALPHABETS.hex, 32, random).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return random() < 0.2 ? uuid.toUpperCase() : random() < 0.1 ? `{${uuid}}` : uuid;
  }
  const text = randomOf(ALPHABETS[kind], length, random);
  return kind === 'hex' && random() < 0.3 ? text.toUpperCase() : text;
}

function randomOf(alphabet: string, length: number, random: () => number): string {
  let text = '';
  for (let at = 0; at < length; at++) text += alphabet.charAt(Math.floor(random() * alphabet.length));
  return text;
}
