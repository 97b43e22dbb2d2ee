import { expect, test } from 'vitest';
import { cacheMode } from './cache-mode';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;

test('no read is kept, a write keeps its preflight, and a POST goes without where its answer would be kept', () => {
  expect(METHODS.map((method) => cacheMode(method, false))).toEqual(['no-store', 'default', 'default', 'default']);
  expect(METHODS.map((method) => cacheMode(method, true))).toEqual(['no-store', 'no-store', 'default', 'default']);
});
