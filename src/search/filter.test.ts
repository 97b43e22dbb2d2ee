import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dependsOnTime, FORMATS, type Term } from './filter';
import { matcherOf, type Searched } from './match-filter';
import { parseFilter } from './parse-filter';
import { printFilter } from './print-filter.fixture';

const HOUR = 3_600_000;
const now = Date.parse('2026-11-17T09:41:00Z');
const message = (change: Partial<Searched> = {}): Searched => ({
  id: '0b1f6c4e-6f7d',
  text: 'eyJjaXR5IjoiUmV5a2phdsOtayJ9',
  body: '{"city":"Reykjavík","event":"payment captured"}',
  insertedAt: now - 2 * HOUR,
  expiresAt: now + 30 * 60_000,
  dequeueCount: 5,
  size: 12_000,
  isLeased: false,
  format: () => 'JSON',
  ...change,
});
const keeps = (filter: string, change: Partial<Searched> = {}) => {
  const { terms, problems } = parseFilter(filter);
  expect(problems).toEqual([]);
  return matcherOf(terms)(message(change), now);
};
const problemsOf = (filter: string) => parseFilter(filter).problems;

const comparisons = fc.constantFrom('=', '!=', '<', '<=', '>', '>=' as const);
const word = fc.string({ unit: 'grapheme', minLength: 1 });
const idStart = fc.stringMatching(/^[0-9a-f-]{1,12}$/);
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: word, not: fc.boolean() }),
  fc.record({ kind: fc.constant('id' as const), text: idStart, not: fc.boolean() }),
  fc.record({ kind: fc.constant('deq' as const), compare: comparisons, value: fc.nat(), not: fc.boolean() }),
  fc.record({ kind: fc.constant('size' as const), compare: comparisons, value: fc.nat(), not: fc.boolean() }),
  fc.record({
    kind: fc.constantFrom('age' as const, 'expires' as const),
    compare: fc.constantFrom('<', '<=', '>', '>=' as const),
    value: fc.nat(),
    not: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('never' as const), not: fc.boolean() }),
  fc.record({ kind: fc.constant('format' as const), format: fc.constantFrom(...FORMATS), not: fc.boolean() }),
  fc.record({ kind: fc.constant('leased' as const), leased: fc.boolean(), not: fc.boolean() }),
);

describe('a filter', () => {
  test('of words finds all of them, in any case, in body, id and raw text', () => {
    expect(keeps('REYKJAVÍK captured')).toBe(true);
    expect(keeps('reykjavik')).toBe(false);
    expect(keeps('captured refused')).toBe(false);
    expect(keeps('0b1f6c')).toBe(true);
    expect(keeps('eyJjaXR5')).toBe(true);
    expect(keeps('')).toBe(true);
  });

  test('of a phrase finds it as it is written, blanks and quotes too', () => {
    expect(keeps('"payment captured"')).toBe(true);
    expect(keeps('"captured payment"')).toBe(false);
    expect(keeps(String.raw`"{\"city\""`)).toBe(true);
    expect(keeps('"deq:>=5"', { body: 'try deq:>=5 there' })).toBe(true);
  });

  test('leaves out what has a minus before it', () => {
    expect(keeps('-captured')).toBe(false);
    expect(keeps('-refused payment')).toBe(true);
    expect(keeps('-"payment refused"')).toBe(true);
    expect(keeps('-deq:>=5')).toBe(false);
    expect(keeps('-', { body: 'a - b' })).toBe(true);
  });

  test.each([
    ['deq:5', true],
    ['deq:>=5', true],
    ['deq:>5', false],
    ['deq:!=5', false],
    ['DEQ:<=5', true],
    ['size:>10KB', true],
    ['size:>12KiB', false],
    ['size:12000', true],
    ['size:<0.1mb', true],
    ['age:>1h', true],
    ['age:<1h59m', false],
    ['age:<=2.5h', true],
    ['expires:<1h', true],
    ['expires:<90s', false],
    ['expires:never', false],
    ['expires:!=never', true],
    ['format:json', true],
    ['format:!=json', false],
    ['leased:no', true],
    ['leased:yes', false],
    ['id:0B1F', true],
    ['id:6f7d', false],
    ['id:!=6f7d', true],
  ])('%s: %s', (filter, kept) => {
    expect(keeps(filter)).toBe(kept);
  });

  test('takes a message that never expires for one that outlives any time', () => {
    expect(keeps('expires:<1h', { expiresAt: null })).toBe(false);
    expect(keeps('expires:>1h', { expiresAt: null })).toBe(true);
    expect(keeps('expires:never', { expiresAt: null })).toBe(true);
  });

  test('takes what has a colon and is no field for a word', () => {
    expect(keeps('https://shop.example/1', { body: 'see https://shop.example/1' })).toBe(true);
    expect(keeps('10:30', { body: 'at 10:30' })).toBe(true);
    expect(keeps('order:41907', { body: 'order:41907' })).toBe(true);
  });

  test('knows whether time alone can change what it keeps', () => {
    expect(dependsOnTime(parseFilter('deq:>2 word').terms)).toBe(false);
    expect(dependsOnTime(parseFilter('age:>1h').terms)).toBe(true);
  });

  test.each([
    ['deq:', 0, 4, /whole number after deq:/],
    ['gold deq:>=five', 5, 15, /whole number/],
    ['size:>10XB', 0, 10, /B, KiB or MiB/],
    ['age:>10', 0, 7, /s, m, h, d or w/],
    ['age:1h', 0, 6, /Expected > or </],
    ['expires:>never', 0, 14, /Expected a time/],
    ['format:yaml', 0, 11, /one of json, xml/],
    ['format:>json', 0, 12, /it has no >/],
    ['leased:maybe', 0, 12, /yes or no/],
    ['id:', 0, 3, /beginning of an id/],
    ['total:>5', 0, 8, /total is not a field/],
    ['a "never closed', 2, 15, /never closed/],
  ])('says where %s goes wrong, and what is expected', (filter, at, end, words) => {
    expect(problemsOf(filter)).toEqual([{ at, end, message: expect.stringMatching(words) }]);
  });

  test('goes on with what it understood', () => {
    const { terms } = parseFilter('gold deq:>= "unclosed phrase');
    expect(terms).toEqual([
      { kind: 'text', text: 'gold', not: false },
      { kind: 'text', text: 'unclosed phrase', not: false },
    ]);
  });

  test('never throws, and every problem is a stretch of what was typed', () => {
    const pieces = fc.constantFrom(
      'deq:',
      'size:>',
      'age:',
      '-',
      '"',
      '\\',
      ' ',
      '5',
      '1h',
      'KB',
      'format:',
      '=',
      'é',
      '(',
      '[',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const { terms, problems } = parseFilter(text);
        matcherOf(terms)(message(), now);
        for (const { at, end } of problems) expect(at < end && end <= text.length).toBe(true);
      }),
    );
  });

  test('parses to itself after printing', () => {
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        expect(parseFilter(printFilter(terms))).toEqual({ terms, problems: [] });
      }),
    );
  });
});
