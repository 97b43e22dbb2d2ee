import { expect, test } from 'vitest';
import { withOrigins } from './cors.mjs';

const complete = {
  allowedMethods: 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
  allowedHeaders: '*',
  exposedHeaders: '*',
  maxAgeInSeconds: 7200,
};
const ours = (/** @type {number} */ port) => ({ ...complete, allowedOrigins: `http://127.0.0.1:${port}` });
const theirs = { ...complete, allowedOrigins: 'https://shop.example' };
const origins = (/** @type {import('@azure/storage-queue').CorsRule[] | undefined} */ rules) =>
  rules?.map(({ allowedOrigins }) => allowedOrigins);

test('adds a rule after those that are there', () => {
  expect(withOrigins([theirs], ['http://127.0.0.1:5190', 'http://localhost:5190'])).toEqual([
    theirs,
    { ...complete, allowedOrigins: 'http://127.0.0.1:5190,http://localhost:5190' },
  ]);
});

test('changes nothing when the origins are allowed already, by name or by a star', () => {
  expect(withOrigins([ours(5190)], ['http://127.0.0.1:5190'])).toBeUndefined();
  expect(withOrigins([{ ...complete, allowedOrigins: '*' }], ['http://127.0.0.1:5190'])).toBeUndefined();
});

test('adds a rule when the one for the origin allows too little', () => {
  const narrow = { ...ours(5190), allowedMethods: 'GET,HEAD' };

  expect(withOrigins([narrow], ['http://127.0.0.1:5190'])).toHaveLength(2);
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

test('a full list of other people keeps all of them', () => {
  const full = Array.from({ length: 5 }, () => theirs);

  expect(withOrigins(full, ['http://127.0.0.1:5190'])?.slice(0, 5)).toEqual(full);
});
