import { describe, expect, test } from 'vitest';
import { appRequests, pageAccess } from '../diagnosis/cors-evaluate';
import { ruleFor } from '../diagnosis/cors-rule';
import { corsRuleProblems, corsRulesProblem, originNote } from './cors-limits';
import type { CorsRule } from './model';

const HERE = 'https://app.example';
const rule = (change: Partial<CorsRule> = {}): CorsRule => ({ ...ruleFor(HERE), ...change });
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('Azure takes', () => {
  test.each<[string, Partial<CorsRule>]>([
    ['the rule that is offered', {}],
    ['64 origins', { allowedOrigins: many(64, (index) => `https://a${index}`) }],
    ['an origin of 256 characters', { allowedOrigins: ['a'.repeat(256)] }],
    ['no headers', { allowedHeaders: [], exposedHeaders: [] }],
    ['64 whole headers and 2 prefixes', { allowedHeaders: [...many(64, (index) => `h${index}`), 'x-ms-*', 'x-a*'] }],
    ['an age of 0', { maxAge: 0 }],
    ['MERGE and PATCH', { allowedMethods: ['MERGE', 'PATCH'] }],
  ])('%s', (_, change) => expect(corsRuleProblems(rule(change))).toEqual({}));
});

describe('Azure refuses', () => {
  test.each<[string, Partial<CorsRule>, keyof CorsRule, RegExp]>([
    ['no origin', { allowedOrigins: [] }, 'allowedOrigins', /at least one origin/],
    ['65 origins', { allowedOrigins: many(65, String) }, 'allowedOrigins', /at most 64 origins/],
    ['an origin of 257 characters', { allowedOrigins: ['a'.repeat(257)] }, 'allowedOrigins', /at most 256/],
    ['no method', { allowedMethods: [] }, 'allowedMethods', /at least one method/],
    ['a method it does not know', { allowedMethods: ['GET', 'FOO'] }, 'allowedMethods', /no method FOO/],
    ['65 whole headers', { allowedHeaders: many(65, (index) => `h${index}`) }, 'allowedHeaders', /At most 64/],
    ['3 prefixes', { exposedHeaders: ['a*', 'b*', 'c*'] }, 'exposedHeaders', /At most 2/],
    ['a * in the middle', { exposedHeaders: ['x-*-y'] }, 'exposedHeaders', /only at its end/],
    ['a header of 257 characters', { allowedHeaders: ['h'.repeat(257)] }, 'allowedHeaders', /at most 256/],
    ['a negative age', { maxAge: -1 }, 'maxAge', /0 or more/],
    ['half a second', { maxAge: 0.5 }, 'maxAge', /whole number/],
    ['no age', { maxAge: Number.NaN }, 'maxAge', /whole number/],
  ])('%s', (_, change, field, words) => {
    const problems = corsRuleProblems(rule(change));
    expect(Object.keys(problems)).toEqual([field]);
    expect(Object.values(problems)[0]).toMatch(words);
  });

  test('a sixth rule', () => {
    expect(corsRulesProblem(many(5, String).map(() => rule()))).toBeUndefined();
    expect(corsRulesProblem(many(6, String).map(() => rule()))).toMatch(/at most 5/);
  });

  test('more than 2 KiB in all', () => {
    const wide = rule({ allowedOrigins: many(9, () => 'a'.repeat(220)), allowedHeaders: [], exposedHeaders: [] });
    expect(corsRulesProblem([wide])).toBeUndefined();
    expect(corsRulesProblem([wide, rule()])).toMatch(/at most 2 KiB. These have 2,0/);
  });
});

test.each([
  ['https://app.example/', /browsers send https:\/\/app\.example\.$/],
  ['https://app.example/path', /browsers send/],
  ['https://App.example', /browsers send https:\/\/app\.example\.$/],
  ['https://app.example:443', /browsers send https:\/\/app\.example\.$/],
  ['https://*.example', /\* works alone only/],
  ['app.example', /is not an origin/],
])('no browser ever matches %s', (origin, words) => expect(originNote(origin)).toMatch(words));

test.each(['*', 'https://app.example', 'http://localhost:4173', 'http://[::1]:8080', 'chrome-extension://abc'])(
  'a browser can match %s',
  (origin) => expect(originNote(origin)).toBeUndefined(),
);

const access = (rules: readonly CorsRule[], kind: 'key' | 'sas' = 'key') => pageAccess(rules, HERE, appRequests(kind));
const refusedMethods = (rules: readonly CorsRule[], kind?: 'key' | 'sas') =>
  access(rules, kind).refused.map(({ method }) => method);

describe('this page', () => {
  test('gets in by the rule that is offered, and by one for everybody', () => {
    expect(access([rule()])).toEqual({ refused: [], hidden: [] });
    expect(access([rule({ allowedOrigins: ['*'] })])).toEqual({ refused: [], hidden: [] });
  });

  test('gets in by the smallest rule that does', () => {
    const smallest = rule({
      allowedMethods: ['GET', 'PUT', 'POST', 'DELETE'],
      allowedHeaders: ['Authorization', 'content-type', 'x-ms-*'],
      exposedHeaders: ['x-ms-*', 'Date'],
    });
    expect(access([smallest])).toEqual({ refused: [], hidden: [] });
  });

  test('is locked out by no rule, and by rules for others', () => {
    expect(refusedMethods([])).toEqual(['GET', 'PUT', 'POST', 'DELETE']);
    const { refused } = access([rule({ allowedOrigins: ['https://APP.example', 'https://app.example/'] })]);
    expect(refused[0]?.because).toBe('no rule names https://app.example');
  });

  test('is locked out of the methods that no rule of its own allows', () => {
    const { refused } = access([rule({ allowedMethods: ['GET', 'HEAD'] })]);
    expect(refused.map(({ method }) => method)).toEqual(['PUT', 'POST', 'DELETE']);
    expect(refused[0]?.because).toBe('no rule for https://app.example allows PUT');
  });

  test('is locked out when the first rule that matches leaves out a header, whatever comes later', () => {
    const narrow = rule({ allowedOrigins: ['*'], allowedHeaders: ['x-ms-*'], allowedMethods: ['GET'] });
    const { refused } = access([narrow, rule()]);
    expect(refused).toEqual([
      { method: 'GET', because: 'rule 1 comes first for https://app.example and leaves out authorization' },
    ]);
    expect(refusedMethods([rule(), narrow])).toEqual([]);
  });

  test('needs no allowed header to read with a SAS', () => {
    expect(refusedMethods([rule({ allowedHeaders: [] })], 'sas')).toEqual(['PUT', 'POST']);
  });

  test('is told which headers it could not read', () => {
    expect(access([rule({ exposedHeaders: [] })])).toEqual({
      refused: [],
      hidden: [
        'x-ms-approximate-messages-count',
        'x-ms-meta-*',
        'date',
        'x-ms-error-code',
        'x-ms-request-id',
        'x-ms-popreceipt',
        'x-ms-time-next-visible',
      ],
    });
    expect(access([rule({ exposedHeaders: ['x-ms-*'] })]).hidden).toEqual(['date']);
  });
});
