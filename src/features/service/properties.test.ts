import { describe, expect, test } from 'vitest';
import { ruleFor } from '@/azure/diagnosis/cors-rule';
import type { CorsRule, ServiceProperties } from '@/azure/protocol/model';
import { emptyCorsRow, moved, toCorsRow, toCorsRule } from './cors-rows';
import { differences, diffLines } from './property-lines';

const logging = { version: '1.0', read: false, write: true, delete: false, retention: { enabled: true, days: 7 } };
const base: ServiceProperties = { logging, cors: [ruleFor('https://a.example'), ruleFor('https://b.example')] };

describe('a rule', () => {
  test.each<[string, CorsRule]>([
    ['the usual', ruleFor('https://a.example')],
    [
      'an odd one',
      {
        allowedOrigins: ['https://a.example', '*'],
        allowedMethods: ['FOO', 'GET'],
        allowedHeaders: [],
        exposedHeaders: ['x-ms-*', 'Date'],
        maxAge: 0,
        unknown: '<AllowCredentials>true</AllowCredentials>',
      },
    ],
  ])('an untouched rule is written exactly as it was read: %s', (_, rule) => {
    expect(toCorsRule(toCorsRow(rule))).toEqual(rule);
  });

  test('a rule takes lists separated by commas, spaces and line ends', () => {
    const row = { ...emptyCorsRow(), origins: ' https://a,https://b\n\nhttps://c ', allowedHeaders: 'x-ms-*,  a' };
    expect(toCorsRule(row)).toMatchObject({
      allowedOrigins: ['https://a', 'https://b', 'https://c'],
      allowedHeaders: ['x-ms-*', 'a'],
    });
  });

  test.each([
    ['', Number.NaN],
    ['ten', Number.NaN],
    ['60', 60],
    ['0', 0],
  ])('the max age %j of a rule is read as %j', (maxAge, seconds) => {
    expect(toCorsRule({ ...emptyCorsRow(), maxAge }).maxAge).toBe(seconds);
  });

  test('a rule moves up and down, but not beyond the ends', () => {
    const rows = (base.cors ?? []).map(toCorsRow);
    const [first, second] = rows;
    expect(moved(rows, second?.key ?? 0, -1)).toEqual([second, first]);
    expect(moved(rows, first?.key ?? 0, -1)).toEqual(rows);
    expect(moved(rows, second?.key ?? 0, 1)).toEqual(rows);
  });
});

describe('the difference to what is stored', () => {
  test('unchanged properties have no difference', () => expect(differences(base, structuredClone(base))).toEqual([]));

  test('the difference shows a changed setting among unchanged ones', () => {
    const mine = { ...base, logging: { ...logging, read: true, retention: { enabled: false } } };
    expect(differences(base, mine)).toEqual([
      {
        section: 'logging',
        lines: [
          { sign: ' ', text: 'Version: 1.0' },
          { sign: '−', text: 'Reads: off' },
          { sign: '+', text: 'Reads: on' },
          { sign: ' ', text: 'Writes: on' },
          { sign: ' ', text: 'Deletes: off' },
          { sign: '−', text: 'Kept: 7 days' },
          { sign: '+', text: 'Kept: forever' },
        ],
      },
    ]);
  });

  test('the difference shows a rule that was added, removed or moved', () => {
    const [a, b] = base.cors as [CorsRule, CorsRule];
    const signs = (cors: CorsRule[]) =>
      differences(base, { ...base, cors })[0]
        ?.lines.map(({ sign }) => sign)
        .join('');
    expect(signs([a, b, ruleFor('*')])).toBe('  +');
    expect(signs([b])).toBe('− ');
    expect(signs([b, a])).toMatch(/^(?:− \+|\+ −)$/);
    expect(signs([])).toBe('−−+');
  });

  test('the difference keeps as many lines as possible', () => {
    expect(diffLines(['a', 'b', 'c'], ['c', 'a', 'b']).filter(({ sign }) => sign === ' ')).toHaveLength(2);
  });
});
