import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claim, evict, readOwner } from './data-folder';

/** No process has it: it is beyond what any system gives out. */
const NOBODY = 2 ** 30;

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'queuescope-data-')), '.azurite');
});

afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

const modeOf = (path: string) => statSync(path).mode & 0o777;

const putOwner = (content: string) => writeFileSync(join(folder, 'owner.json'), content);

test('the first to claim a folder makes it and has it', () => {
  expect(claim(folder)).toBeDefined();
  expect(readOwner(folder)).toEqual({ pid: process.pid, port: undefined });
});

test.skipIf(process.platform === 'win32')('only its user can look into it, also when it was there before', () => {
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  claim(folder)?.nameOwner({ pid: process.pid, port: 10_001 });
  expect(modeOf(folder)).toBe(0o700);
  expect(modeOf(join(folder, 'owner.json'))).toBe(0o600);
});

test('nobody else gets it until it is released', () => {
  const first = claim(folder);

  expect(claim(folder)).toBeUndefined();
  first?.release();
  expect(claim(folder)).toBeDefined();
});

test('a later start reads where the service answers', () => {
  claim(folder)?.nameOwner({ pid: process.pid, port: 10_001 });

  expect(readOwner(folder)).toEqual({ pid: process.pid, port: 10_001 });
});

test('an owner that was killed does not keep the folder', () => {
  claim(folder);
  putOwner(JSON.stringify({ pid: NOBODY, port: 10_001 }));

  expect(claim(folder)).toBeDefined();
});

test('a release leaves the folder to whoever took over in the meantime', () => {
  const first = claim(folder);
  putOwner(JSON.stringify({ pid: NOBODY }));

  first?.release();

  expect(readOwner(folder)?.pid).toBe(NOBODY);
});

test('a damaged owner file names nobody, and goes by eviction', () => {
  claim(folder);
  putOwner('{');

  expect(readOwner(folder)).toBeUndefined();
  expect(claim(folder)).toBeUndefined();
  evict(folder);
  expect(claim(folder)).toBeDefined();
});

test('a file in place of the folder is refused in one sentence', () => {
  writeFileSync(folder, '');

  expect(() => claim(folder)).toThrow(/cannot keep its data in .*it has to be a writable folder\.$/);
  expect(existsSync(folder)).toBe(true);
});
