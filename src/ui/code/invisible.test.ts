import { describe, expect, test } from 'vitest';
import { codeRows, lineStarts, pieces } from './code-rows';
import { invisibleNote } from './invisible';

const named = (text: string) => pieces(text, 0, []).flatMap(({ control }) => control ?? []);

describe('an invisible character is named where it stands', () => {
  test.each([
    ['a byte order mark', '\ufeff{"order":41907}', ['U+FEFF']],
    ['a zero-width space', 'a\u200bb', ['U+200B']],
    ['a zero-width non-joiner', 'a\u200cb', ['U+200C']],
    ['a joiner between letters', 'a\u200db', ['U+200D']],
    ['a soft hyphen', 'ship\u00adment', ['U+00AD']],
    ['a no-break space', '24\u00a0000\u202f€', ['U+00A0', 'U+202F']],
    [
      'marks of the direction',
      '\u202egpj.exe\u202c \u2066x\u2069 \u200e\u200f\u061c',
      ['U+202E', 'U+202C', 'U+2066', 'U+2069', 'U+200E', 'U+200F', 'U+061C'],
    ],
    ['line and paragraph separators', 'a\u2028b\u2029', ['U+2028', 'U+2029']],
    ['a word joiner', 'a\u2060b', ['U+2060']],
    ['tag characters', 'hi\u{e0068}\u{e0069}', ['U+E0068', 'U+E0069']],
    ['a variation selector after a letter', 'a\ufe0fb\u{e0100}', ['U+FE0F', 'U+E0100']],
    ['fillers', 'a\u3164b\u115f\u034f', ['U+3164', 'U+115F', 'U+034F']],
    ['wide and narrow blanks', 'a\u2003b\u200a', ['U+2003', 'U+200A']],
    ['control characters', 'a\u0000b\u001b[0m\u007f\u0085', ['NUL', 'ESC', 'DEL', 'U+0085']],
    ['an annotation', '\ufff9a\ufffb', ['U+FFF9', 'U+FFFB']],
  ])('%s', (_name, text, names) => {
    expect(named(text)).toEqual(names);
    // Copies are exact.
    expect(
      pieces(text, 0, [])
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  test.each([
    ['a family', '👨‍👩‍👧‍👦'],
    ['a rainbow flag', '🏳️‍🌈'],
    ['a skin tone', '👩🏽‍💻'],
    ['a heart', '❤️'],
    ['a keycap', '1️⃣ #️⃣'],
    ['the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['marks above letters', 'e\u0301 और'],
    ['other scripts', '订单 注文 주문 заказ'],
    ['tabs and line ends', 'a\tb'],
  ])('%s is left as it is', (_name, text) => {
    expect(named(text)).toEqual([]);
    expect(invisibleNote(text)).toBeUndefined();
  });
});

test('an emoji of several characters stays in one row', () => {
  const family = '👨‍👩‍👧‍👦';
  for (let before = 0; before < 14; before++) {
    const text = `${'x'.repeat(before)}${family}${'y'.repeat(9)}`;
    const rows = codeRows(text, lineStarts(text), 14).map(({ start, end }) => text.slice(start, end));
    expect(rows.join('')).toBe(text);
    expect(rows.filter((row) => row.includes('👨') || row.includes('👦'))).toHaveLength(1);
  }
});

test('a row of nothing but joiners still ends', () => {
  const text = '\u200d'.repeat(5000);
  const rows = codeRows(text, lineStarts(text), 10);
  expect(rows.at(-1)?.end).toBe(5000);
  expect(rows.length).toBeLessThanOrEqual(1001);
});

test('a note tells what is in a text, and how often', () => {
  expect(invisibleNote('{"order":41907}')).toBeUndefined();
  expect(invisibleNote('\ufeff{"order":41907}')).toBe('Begins with a byte order mark (U+FEFF).');
  expect(invisibleNote('a\u200bb\u200bc\u00ad')).toBe(
    'Invisible here: U+200B zero-width space, 2 times; U+00AD soft hyphen.',
  );
  expect(invisibleNote('\ufeffa\ufeff\u{e0041}')).toBe(
    'Begins with a byte order mark (U+FEFF). Invisible here: U+FEFF byte order mark; U+E0041 tag character.',
  );
  expect(invisibleNote('one\r\ntwo')).toBeUndefined();
  expect(invisibleNote('one\rtwo\u0000')).toBe('Invisible here: CR control character; NUL control character.');
  expect(invisibleNote('\u2000\u2001\u2002\u2003\u2004\u2005\u2006')).toMatch(/and 2 more kinds\.$/);
});
