import { expect, test } from 'vitest';
import { addOrigins, completeRule, removeOrigin } from './cors-rules';

const ORIGIN = 'https://page.example';
const own = completeRule([ORIGIN]);
const shop = { ...completeRule(['https://shop.example']), allowedMethods: ['GET'] };
const all = { ...completeRule(['*']), allowedMethods: ['GET'], exposedHeaders: [] };

test('a rule of its own is widened where it stands: methods, headers and exposed headers', () => {
  const narrow = {
    ...own,
    allowedMethods: ['GET', 'MERGE'],
    allowedHeaders: ['content-type'],
    exposedHeaders: [],
    maxAge: 5,
  };
  expect(addOrigins([narrow, shop], [ORIGIN])).toEqual([
    { ...own, allowedMethods: ['GET', 'MERGE', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'], maxAge: 5 },
    shop,
  ]);
});

test('headers that are enough stay as they are when methods are added', () => {
  const enough = {
    ...own,
    allowedMethods: ['GET'],
    allowedHeaders: ['authorization', 'content-type', 'x-ms-*'],
    exposedHeaders: ['x-ms-*', 'Date'],
  };
  expect(addOrigins([enough], [ORIGIN])).toEqual([{ ...enough, allowedMethods: own.allowedMethods }]);
});

test.each([
  ['its own rule', [own]],
  ['a star', [completeRule(['*'])]],
  [
    'beginnings of header names',
    [{ ...own, allowedHeaders: ['Authorization', 'content-type', 'x-ms-*'], exposedHeaders: ['x-ms-*', 'Date'] }],
  ],
  [
    'two rules that share the methods',
    [
      { ...own, allowedMethods: ['GET'] },
      { ...own, allowedMethods: ['PUT', 'POST', 'DELETE'] },
    ],
  ],
])('nothing changes when all is allowed by %s', (_, rules) => {
  expect(addOrigins(rules, [ORIGIN])).toBeUndefined();
});

test('a rule for others is never widened; the new one comes before it where it would be taken first', () => {
  expect(addOrigins([shop, all], [ORIGIN])).toEqual([shop, own, all]);
  const shared = { ...own, allowedOrigins: [ORIGIN, 'https://shop.example'], allowedMethods: ['GET'] };
  expect(addOrigins([shared], [ORIGIN])).toEqual([own, shared]);
});

test('its own rule behind one that would be taken first moves before it', () => {
  expect(addOrigins([all, own], [ORIGIN])).toEqual([own, all]);
});

test('a sixth rule is refused, and widening one of five is not', () => {
  const five = Array.from({ length: 5 }, () => shop);
  expect(() => addOrigins(five, [ORIGIN])).toThrow('Azure keeps at most 5 rules. Remove one first');
  expect(addOrigins([...five.slice(1), { ...own, allowedMethods: ['GET'] }], [ORIGIN])).toEqual([
    ...five.slice(1),
    own,
  ]);
});

test('an origin is taken out of each rule that names it', () => {
  expect(removeOrigin([own, { ...own, allowedOrigins: [ORIGIN, 'https://a.example'] }, all], ORIGIN)).toEqual([
    { ...own, allowedOrigins: ['https://a.example'] },
    all,
  ]);
  expect(removeOrigin([shop, all], ORIGIN)).toBeUndefined();
});
