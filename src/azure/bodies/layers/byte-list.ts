import type { Decoded } from '../model';

/** Numbers that a list has at least. */
const LEAST = 4;
/** Of a list: each number takes more memory than its text. */
const MOST_CHARACTERS = 512 * 1024;

/** True for numbers with commas or blanks between, in brackets or not. */
export function mayBeByteList(text: string): boolean {
  if (text.length > MOST_CHARACTERS) return false;
  let separators = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === ',' || char === ' ') separators++;
    else if (
      !(char >= '0' && char <= '9') &&
      char !== '-' &&
      char !== '[' &&
      char !== ']' &&
      char !== '\n' &&
      char !== '\r'
    )
      return false;
  }
  return separators >= LEAST - 1;
}

/** Bytes that were written as a list of numbers: `[123 34 97]` of Go, `123,34,97` of JavaScript; signed ones of Java. */
export function decodeByteList(text: string | undefined): Decoded {
  const inner = text?.trim().replace(/^\[/, '').replace(/\]$/, '').trim();
  if (text !== undefined && text.length > MOST_CHARACTERS)
    return { problem: 'Not a byte list: it is too long for one.' };
  if (inner === undefined || inner === '') return { problem: 'Not a byte list: there are no numbers.' };
  const numbers = inner.split(inner.includes(',') ? ',' : /\s+/).map((one) => (one.trim() === '' ? NaN : Number(one)));
  const wrong = numbers.find((one) => !Number.isInteger(one) || one < -128 || one > 255);
  if (wrong !== undefined) return { problem: 'Not a byte list: not all of it are numbers from -128 to 255.' };
  return {
    content: Uint8Array.from(numbers),
    remark: 'The producer wrote the bytes as a list of numbers, so consumers fail to read it.',
  };
}
