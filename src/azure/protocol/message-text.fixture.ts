import fc from 'fast-check';

const kinds = fc.oneof(
  fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '  ',
    ']]>',
    '&',
    '<',
    '>',
    '"',
    '&#xD;',
    '\u0085',
    '\u2028',
    '\uFEFF',
    '\uFFFD',
    '\u0301',
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xe000, max: 0xfffd }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x1_0000, max: 0x10_ffff }).map((code) => String.fromCodePoint(code)),
);

/** Any text that XML can carry, of up to so many pieces: every Unicode kind, mixed line ends, markup. */
export const legalText = (maxLength = 120): fc.Arbitrary<string> =>
  fc.array(kinds, { maxLength }).map((parts) => parts.join(''));
