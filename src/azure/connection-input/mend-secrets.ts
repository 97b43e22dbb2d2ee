import { exactly, plural } from '../../words/counts';
import { keyLength } from '../credentials/shared-key';
import { textInBase64 } from './decode-disguises';

/**
 * A secret as it was meant. `notes` say what was mended, or, where that is not certain, what is wrong, as sentences that
 * quote nothing of it.
 */
export type Mended = { value: string; notes: string[] };

/** Characters of an account key: 64 bytes in Base64. */
const KEY_CHARACTERS = 88;
/** Characters of a signature: the 32 bytes of HMAC-SHA256 in Base64. */
const SIGNATURE_CHARACTERS = 44;
const WHOLE_KEY = /^[A-Za-z0-9+/]{85}[AQgw]==$/;
/** The last character before `==` holds two bits of the last byte, so it is one of these four. */
const KEY_WITHOUT_PADDING = /^[A-Za-z0-9+/]{85}[AQgw]$/;
const ALPHABET = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Mends an account key where what it was is certain: percent-encoding, the URL alphabet, a blank for `+`, a missing `=`, and
 * Base64 over Base64. Returns any other text as it is, without white space.
 */
export function mendKey(raw: string): Mended {
  const notes: string[] = [];
  let value = raw.replace(/(?:\\[nr]|\s)+$/, '').trim();
  const take = (mended: string, note: string) => {
    if (mended === value) return;
    value = mended;
    notes.push(note);
  };
  if (WHOLE_KEY.test(value)) return { value, notes };
  take(percentsOff(value).trim(), 'The key was percent-encoded, and is decoded.');
  const inBase64 = value.length > KEY_CHARACTERS ? textInBase64(value)?.trim() : undefined;
  if (inBase64 !== undefined && WHOLE_KEY.test(inBase64))
    take(inBase64, 'The key was in Base64 twice, and is decoded once.');
  const spaced = value.replaceAll(' ', '+');
  if (/ /.test(value) && WHOLE_KEY.test(spaced)) take(spaced, 'A blank in the key stands for +, which is put back.');
  value = value.replace(/\s+/g, '');
  const urlAlphabet = value.replaceAll('-', '+').replaceAll('_', '/');
  const bare = urlAlphabet.replace(/=+$/, '');
  if (KEY_WITHOUT_PADDING.test(bare)) {
    take(urlAlphabet, 'The key was in the URL alphabet of Base64, and is put into the usual one.');
    take(`${bare}==`, 'The == at the end of the key was not whole, and is put back.');
  }
  return { value, notes };
}

/** Characters; a shorter word may be anything. */
const SHORTEST_PIECE = 20;

/** What a damaged key lacks, as a sentence; undefined when its length does not tell. */
export function damageOf(key: string): string | undefined {
  if (!ALPHABET.test(key) || key.length < SHORTEST_PIECE || keyLength(key) !== undefined) return undefined;
  return lengthNote('An account key', KEY_CHARACTERS, key.length);
}

function lengthNote(what: string, expected: number, length: number): string | undefined {
  if (length === expected) return undefined;
  const difference = Math.abs(expected - length);
  const verb = length < expected ? 'missing' : 'too many';
  return `${what} has ${exactly(expected, 'character')}. This one has ${length}: ${difference} ${plural(difference, 'is', 'are')} ${verb}.`;
}

/** The signature in a query, up to the next field. */
const SIGNATURE_FIELD = /(^|[?&])(sig=)([^&]*)/i;

/** Mends the signature in the query of a SAS as `mendKey` does a key, and says so when it is cut off. */
export function mendSas(query: string): Mended {
  const notes: string[] = [];
  const value = query.replace(SIGNATURE_FIELD, (_, before: string, name: string, raw: string) => {
    const mended = mendSignature(raw, notes);
    return `${before}${name}${encodeURIComponent(mended)}`;
  });
  return { value, notes };
}

function mendSignature(raw: string, notes: string[]): string {
  const once = percentDecodedOnce(raw.trim());
  if (once === '') return once;
  let value = percentsOff(once);
  if (value !== once) notes.push('The signature was percent-encoded twice, and is decoded.');
  value = value.trim();
  if (/\s/.test(value)) {
    value = value.replace(/\s/g, '+');
    notes.push('A blank in the signature stands for +, which is put back.');
  }
  if (/^[\w+/-]+={0,2}$/.test(value) && /[-_]/.test(value)) {
    value = value.replaceAll('-', '+').replaceAll('_', '/');
    notes.push('The signature was in the URL alphabet of Base64, and is put into the usual one.');
  }
  if (/^[A-Za-z0-9+/]{43}$/.test(value)) {
    value += '=';
    notes.push('The = at the end of the signature was missing, and is put back.');
  }
  const length = lengthNote('A signature', SIGNATURE_CHARACTERS, value.length);
  if (length !== undefined) notes.push(length);
  return value;
}

/** No Base64 has a percent sign, so every escape in it is one of a URL. */
function percentsOff(text: string): string {
  let value = text;
  for (let depth = 0; depth < 4 && /%[0-9a-f]{2}/i.test(value); depth++) value = percentDecodedOnce(value);
  return value;
}

const percentDecodedOnce = (text: string): string =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A signature that a blank for `+` cut in two, in a text. */
const CUT_BY_BLANKS = /(?<=[?&]sig=)[A-Za-z0-9+/%]{1,60}(?: [A-Za-z0-9+/%]{1,60}){1,12}(?:=|%3D)(?![A-Za-z0-9=])/gi;

/**
 * Keeps a signature together that has blanks for `+`, by writing them as escapes: where it is then as long as signatures are,
 * or where the text is nothing but one address or signature.
 */
export function joinSignatures(text: string): string {
  const isAlone = /^["'`]?(?:https?:\/\/|\?|s[a-z]{1,4}=)\S{0,4000} \S{1,60}(?: \S{1,60}){0,11}$/i.test(text);
  return text.replace(CUT_BY_BLANKS, (signature) => {
    const length = percentDecodedOnce(signature).length;
    return length === SIGNATURE_CHARACTERS || (isAlone && length < SIGNATURE_CHARACTERS)
      ? signature.replaceAll(' ', '%20')
      : signature;
  });
}
