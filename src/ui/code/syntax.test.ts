import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeRows, lineStarts, pieces, piecesOfRows } from './code-rows';
import { createTokeniser, type Language } from './syntax';

/** Tokens of each line of a text; lines end at `\n`. */
function tokenise(text: string, language: Language) {
  const lines = text.split('\n');
  const tokens = createTokeniser((index) => lines[index] ?? '', language);
  return lines.map((_, index) => tokens(index));
}

const coloured = (text: string, language: Language) =>
  tokenise(text, language).map((tokens, line) =>
    tokens.map(({ start, end, tone }) => `${tone} ${text.split('\n')[line]?.slice(start, end)}`),
  );
const languages = fc.constantFrom<Language>('json', 'xml', 'code', 'text');
const pieceOfText = fc.string({
  unit: fc.constantFrom('<', '>', '"', '\n', '!--', '-->', '/', '=', 'a', ' ', '\u0000', '😀', ':', '1'),
});

describe('tokens', () => {
  test('tell keys, strings, numbers and words of JSON apart', () => {
    expect(coloured('{ "a\\"b": "x", "n": -1.5e3,\n"t": null }', 'json')).toEqual([
      ['key "a\\"b"', 'punct :', 'str "x"', 'key "n"', 'punct :', 'num -1.5e3'],
      ['key "t"', 'punct :', 'kw null'],
    ]);
  });

  test('follow XML over line ends', () => {
    expect(coloured('<!-- a\nb --><t\n k="v">x</t>', 'xml')).toEqual([
      ['punct <!-- a'],
      ['punct b -->', 'punct <', 'key t'],
      ['kw k', 'punct =', 'str "v"', 'punct >', 'punct </', 'key t', 'punct >'],
    ]);
  });

  test('are the same from the middle as from the start', () => {
    fc.assert(
      fc.property(pieceOfText, languages, (text, language) => {
        const lines = text.split('\n');
        const last = lines.length - 1;
        const fromMiddle = createTokeniser((index) => lines[index] ?? '', language)(last);
        expect(fromMiddle).toEqual(tokenise(text, language)[last]);
      }),
    );
  });

  test('lie inside their line, in order, without overlap', () => {
    fc.assert(
      fc.property(pieceOfText, languages, (text, language) => {
        tokenise(text, language).forEach((tokens, line) => {
          let at = 0;
          for (const { start, end } of tokens) {
            expect(start).toBeGreaterThanOrEqual(at);
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          expect(at).toBeLessThanOrEqual(text.split('\n')[line]?.length ?? 0);
        });
      }),
    );
  });
});

describe('rows', () => {
  test('joined with their line ends give the text back, whatever the width', () => {
    fc.assert(
      fc.property(pieceOfText, fc.integer({ min: 1, max: 12 }), (text, columns) => {
        const rows = codeRows(text, lineStarts(text), columns);
        const joined = rows.map(
          ({ start, end, isFirst, line }) => (isFirst && line > 0 ? '\n' : '') + text.slice(start, end),
        );
        expect(joined.join('')).toBe(text);
        expect(rows.every(({ start, end }) => text.slice(start, end).isWellFormed())).toBe(true);
      }),
    );
  });

  test('break at a blank near the edge', () => {
    const text = 'one two three';
    expect(codeRows(text, lineStarts(text), 9).map(({ start, end }) => text.slice(start, end))).toEqual([
      'one two ',
      'three',
    ]);
  });

  test('name invisible characters and keep every character', () => {
    expect(pieces('a\u0000b\u202e', 0, [{ start: 0, end: 3, tone: 'str' }])).toEqual([
      { text: 'a', tone: 'str' },
      { text: '\u0000', control: 'NUL' },
      { text: 'b', tone: 'str' },
      { text: '\u202e', control: 'U+202E' },
    ]);
  });

  test.each(['👩‍👩‍👧‍👦', '👩🏽‍🚀', '🏳️‍🌈', '❤️‍🔥'])('leave the emoji %s whole', (emoji) => {
    expect(pieces(emoji, 0, [])).toEqual([{ text: emoji }]);
  });

  test.each(['pay\u200dpal', '👩\u200d', '\u200d👩'])('name a joiner that joins no emoji: %j', (text) => {
    expect(pieces(text, 0, [])).toContainEqual({ text: '\u200d', control: 'U+200D' });
  });
});

describe('a text that is made to be slow', () => {
  test('has at most 100,000 rows, and rows of a line without blanks take no look at all before them', () => {
    const text = 'x'.repeat(4_000_000);
    expect(codeRows(text, lineStarts(text), 1000)).toHaveLength(4000);
    const lines = '\n'.repeat(4_000_000);
    expect(codeRows(lines, lineStarts(lines), 1000)).toHaveLength(100_000);
  });

  test('has few pieces in a row, which keep its length and show none of its invisible characters', () => {
    const text = '\u200b\u202e'.repeat(500);
    const shown = pieces(text, 0, []);
    expect(shown.length).toBeLessThan(110);
    expect(shown.map((piece) => piece.text).join('')).toHaveLength(text.length);
    expect(shown.at(-1)?.text).toMatch(/^·+$/);
  });

  test('has a bounded number of pieces over all rows, which the first rows get', () => {
    const one = '\u200b\u202e'.repeat(250);
    const rows = Array.from({ length: 120 }, (_, key) => ({ key, text: one, offset: 0, tokens: [] }));
    const drawn = piecesOfRows(rows);
    expect([...drawn.values()].flat().length).toBeLessThan(800 + 3 * rows.length);
    expect(drawn.get(0)?.length).toBeGreaterThan(90);
    expect(drawn.get(119)).toEqual([{ text: '·'.repeat(500), tone: undefined }]);
    const tokens = [{ start: 0, end: 3, tone: 'key' }];
    const usual = rows.map(({ key, offset }) => ({ key, offset, text: '"a": 1,', tokens }));
    expect(piecesOfRows(usual).get(119)).toHaveLength(2);
  });

  test('of XML, is coloured as far as a million characters tell what is open', () => {
    const lines = Array.from({ length: 200 }, (_, line) => (line === 0 ? '<!--' : 'x'.repeat(9000)));
    const tokensOf = createTokeniser((index) => lines[index] ?? '', 'xml');
    expect(tokensOf(199)).toEqual([]);
    expect(tokensOf(100)).toEqual([{ start: 0, end: 9000, tone: 'punct' }]);
  });
});
