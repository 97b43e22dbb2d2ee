import type { Decoded } from '../model';

/** What a bytes literal of Python begins with: its prefix and its quote. */
const HEAD = /^[bB]([rR])?(['"])/;

/** True for a text that begins as a bytes literal does. */
export const mayBePythonBytes = (text: string) => /^\s*(?:bytearray\()?[bB][rR]?['"]/.test(text);

const SINGLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '\\': 0x5c,
  "'": 0x27,
  '"': 0x22,
};

/** The literal in `bytearray(…)`. */
const withoutCall = (text: string) =>
  text.startsWith(CALL) && text.endsWith(')') ? text.slice(CALL.length, -1) : text;
const CALL = 'bytearray(';

const NO_LITERAL: Decoded = { problem: 'Not Python bytes: it is not one literal b\'…\' or b"…".' };

/**
 * Takes a bytes literal of Python off: `b'…'`, `b"…"`, with its escapes (The Python Language Reference, 2.4.1). The remark
 * says why such a message fails at whoever reads it.
 */
export function decodePythonBytes(text: string | undefined): Decoded {
  const literal = withoutCall(text?.trim() ?? '');
  const [head = '', raw, quote = ''] = HEAD.exec(literal) ?? [];
  if (head === '' || literal.length < head.length + 1 || !literal.endsWith(quote)) return NO_LITERAL;
  const body = literal.slice(head.length, -1);
  const bytes = new Uint8Array(body.length);
  let size = 0;
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code > 0x7f || code === 0x0a || body.charAt(at) === quote) return NO_LITERAL;
    if (code !== 0x5c || raw !== undefined) {
      bytes[size++] = code;
      continue;
    }
    const escape = body.charAt(at + 1);
    if (escape === '') return NO_LITERAL;
    const hex = escape === 'x' ? /^[0-9a-fA-F]{2}/.exec(body.slice(at + 2, at + 4))?.[0] : undefined;
    const octal = /^[0-7]{1,3}/.exec(body.slice(at + 1, at + 4))?.[0];
    if (escape === 'x' && hex === undefined) return { problem: 'Not Python bytes: two hex digits must follow \\x.' };
    if (hex !== undefined) {
      bytes[size++] = parseInt(hex, 16);
      at += 3;
    } else if (octal !== undefined) {
      bytes[size++] = parseInt(octal, 8) & 0xff;
      at += octal.length;
    } else if (escape === '\n') at++;
    else if (escape in SINGLE) {
      bytes[size++] = SINGLE[escape] ?? 0;
      at++;
    } else bytes[size++] = code;
  }
  return {
    content: bytes.slice(0, size),
    remark: "The producer wrote str(bytes) of Python, with its b'…', so consumers fail to read it.",
  };
}

/** Writes bytes as `repr` of Python does. */
export function writePythonBytes(bytes: Uint8Array): string {
  let body = '';
  for (const byte of bytes) body += ESCAPED[byte] ?? '';
  // Python takes double quotes only when there are single ones and no double ones.
  if (body.includes("'") && !body.includes('"')) return `b"${body}"`;
  return `b'${body.replaceAll("'", "\\'")}'`;
}

const NAMED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 0x5c: '\\\\' };
const ESCAPED = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x7f && byte !== 0x5c
    ? String.fromCharCode(byte)
    : (NAMED[byte] ?? `\\x${byte.toString(16).padStart(2, '0')}`),
);
