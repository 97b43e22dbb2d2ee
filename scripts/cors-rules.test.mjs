import { expect, test } from 'vitest';
import { addOrigin, COMPLETE, removeOrigin } from './cors-rules.mjs';

const ORIGIN = 'https://page.example';
const own = { ...COMPLETE, allowedOrigins: ORIGIN };
const shop = { ...COMPLETE, allowedOrigins: 'https://shop.example', allowedMethods: 'GET' };
const all = { ...COMPLETE, allowedOrigins: '*', allowedMethods: 'GET', exposedHeaders: '' };

test('a rule of its own is widened where it stands: methods, headers and exposed headers', () => {
  const narrow = {
    ...own,
    allowedMethods: 'GET,MERGE',
    allowedHeaders: 'content-type',
    exposedHeaders: '',
    maxAgeInSeconds: 5,
  };
  expect(addOrigin([narrow, shop], ORIGIN)).toEqual([
    { ...own, allowedMethods: 'GET,MERGE,HEAD,PUT,POST,DELETE,OPTIONS', maxAgeInSeconds: 5 },
    shop,
  ]);
});

test.each([
  ['its own rule', [own]],
  ['a star', [{ ...COMPLETE, allowedOrigins: '*' }]],
  [
    'beginnings of header names',
    [{ ...own, allowedHeaders: 'Authorization, content-type, x-ms-*', exposedHeaders: 'x-ms-*,Date' }],
  ],
  [
    'two rules that share the methods',
    [
      { ...own, allowedMethods: 'GET' },
      { ...own, allowedMethods: 'PUT,POST,DELETE' },
    ],
  ],
])('nothing changes when all is allowed by %s', (_, rules) => {
  expect(addOrigin(rules, ORIGIN)).toBeUndefined();
});

test('a rule for others is never widened; the new one comes before it where it would be taken first', () => {
  expect(addOrigin([shop, all], ORIGIN)).toEqual([shop, own, all]);
  const shared = { ...own, allowedOrigins: `${ORIGIN},https://shop.example`, allowedMethods: 'GET' };
  expect(addOrigin([shared], ORIGIN)).toEqual([own, shared]);
});

test('its own rule behind one that would be taken first moves before it', () => {
  expect(addOrigin([all, own], ORIGIN)).toEqual([own, all]);
});

test('a sixth rule is refused, and widening one of five is not', () => {
  const five = Array.from({ length: 5 }, () => shop);
  expect(() => addOrigin(five, ORIGIN)).toThrow('Azure keeps no more than 5');
  expect(addOrigin([...five.slice(1), { ...own, allowedMethods: 'GET' }], ORIGIN)).toEqual([...five.slice(1), own]);
});

test('an origin is taken out of each rule that names it', () => {
  expect(removeOrigin([own, { ...own, allowedOrigins: ` ${ORIGIN} , https://a.example` }, all], ORIGIN)).toEqual([
    { ...own, allowedOrigins: 'https://a.example' },
    all,
  ]);
  expect(removeOrigin([shop, all], ORIGIN)).toBeUndefined();
});
