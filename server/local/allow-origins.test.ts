import { expect, test } from 'vitest';
import type { CorsRule } from '../../src/azure/protocol/model';
import { completeRule } from '../cors/cors-rules';
import { withOrigins } from './allow-origins';

const ours = (port: number) => completeRule([`http://127.0.0.1:${port}`]);
const theirs = completeRule(['https://shop.example']);
const origins = (rules: CorsRule[] | undefined) => rules?.map(({ allowedOrigins }) => allowedOrigins.join());

test('adds a rule after those that are there', () => {
  expect(withOrigins([theirs], ['http://127.0.0.1:5190', 'http://localhost:5190'])).toEqual([
    theirs,
    completeRule(['http://127.0.0.1:5190', 'http://localhost:5190']),
  ]);
});

test('changes nothing when the origins are allowed already, by name or by a star', () => {
  expect(withOrigins([ours(5190)], ['http://127.0.0.1:5190'])).toBeUndefined();
  expect(withOrigins([completeRule(['*'])], ['http://127.0.0.1:5190'])).toBeUndefined();
});

test('widens the rule for the origin when it allows too little', () => {
  const narrow = { ...ours(5190), allowedMethods: ['GET', 'HEAD'] };

  expect(withOrigins([theirs, narrow], ['http://127.0.0.1:5190'])).toEqual([theirs, ours(5190)]);
});

test('a full list gives up the oldest rule of an earlier start', () => {
  const full = [theirs, ours(5191), theirs, ours(5192), theirs];

  expect(origins(withOrigins(full, ['http://127.0.0.1:5190']))).toEqual([
    'https://shop.example',
    'https://shop.example',
    'http://127.0.0.1:5192',
    'https://shop.example',
    'http://127.0.0.1:5190',
  ]);
});

test('a full list of other people is left alone, and it is said why', () => {
  const full = Array.from({ length: 5 }, () => theirs);

  expect(() => withOrigins(full, ['http://127.0.0.1:5190'])).toThrow('Azure keeps at most 5 rules.');
});
