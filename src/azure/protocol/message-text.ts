import { exact, exactly } from '../../words/counts';
import { InvalidInputError } from './errors';
import { MAX_TEXT_BYTES } from './limits';

/** Everything outside the `Char` production of XML 1.0 section 2.2: control characters, lone surrogates, U+FFFE, U+FFFF. */
const UNSENDABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** A lone surrogate has no UTF-8 either: Base64 would send U+FFFD in its place. */
const SURROGATE_NAME = /^U\+D[89A-F]/;

/** A character that XML cannot represent, and its position. */
export type UnsendableCharacter = {
  /** `U+0001` */
  name: string;
  /** Position in the string, in UTF-16 units from 0, as editors count. */
  index: number;
  /** From 1; a line ends with `\n`, `\r\n` or `\r`. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
};

/** The first character of a text that XML cannot represent, or undefined. */
export function unsendableCharacter(text: string): UnsendableCharacter | undefined {
  const match = UNSENDABLE.exec(text);
  if (!match) return undefined;
  const lines = text.slice(0, match.index).split(/\r\n|\r|\n/);
  const code = match[0].codePointAt(0) ?? 0;
  return {
    name: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
    index: match.index,
    line: lines.length,
    column: (lines.at(-1) ?? '').length + 1,
  };
}

const utf8 = new TextEncoder();

/** Bytes of UTF-8, which the service's limit counts. */
export function textBytes(text: string): number {
  // Reuses one buffer: allocating one for each of 100,000 texts takes many times as long as encoding them.
  return text.length <= MAX_TEXT_BYTES ? utf8.encodeInto(text, scratch).written : utf8.encode(text).length;
}

/** Of UTF-8, for a UTF-16 unit. */
const MOST_BYTES_OF_UNIT = 3;
/** Fits any text with as many UTF-16 units as a message has bytes. */
const scratch = new Uint8Array(MAX_TEXT_BYTES * MOST_BYTES_OF_UNIT);

/** Says where the character is, in a sentence. */
export const unsendableText = ({ name, line, column }: UnsendableCharacter): string =>
  `${name} at line ${line}, column ${column} cannot be written in XML, which carries messages.`;

/** True when the character can be sent as Base64. */
export const isGoodAsBase64 = ({ name }: UnsendableCharacter): boolean => !SURROGATE_NAME.test(name);

/** Why a message text cannot be sent as it is; undefined when it can, as the empty text. */
export function textProblem(text: string): string | undefined {
  const character = unsendableCharacter(text);
  if (character) {
    return unsendableText(character) + (isGoodAsBase64(character) ? ' Send the text as Base64.' : '');
  }
  // Most texts are so short that they need no counting.
  if (text.length * MOST_BYTES_OF_UNIT <= MAX_TEXT_BYTES) return undefined;
  const bytes = textBytes(text);
  if (bytes <= MAX_TEXT_BYTES) return undefined;
  return `The text has ${exactly(bytes, 'byte')} of UTF-8. A message holds at most ${exact(MAX_TEXT_BYTES)}.`;
}

/** @throws InvalidInputError for field `text`. */
export function checkText(text: string): void {
  const problem = textProblem(text);
  if (problem !== undefined) throw new InvalidInputError('text', problem);
}
