import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkNode } from '../../server/command.mjs';
import { installProblem } from './install.mjs';

const packages = {
  '': {},
  'node_modules/react': { version: '19.3.1' },
  'node_modules/azurite/node_modules/tslib': { version: '2.8.1' },
  'node_modules/fsevents': { version: '2.3.3', optional: true },
};

/** @type {string} */
let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'queuescope-install-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** @param {string} folder @param {string} version */
const put = (folder, version) => {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, 'package.json'), JSON.stringify({ version }));
};

const putAll = () => {
  put('node_modules/react', '19.3.1');
  put('node_modules/azurite/node_modules/tslib', '2.8.1');
};

test('a folder with every package of the lockfile is complete, whether or not optional ones are there', () => {
  putAll();

  expect(installProblem(root, packages, undefined)).toBeUndefined();
});

test('a fresh clone is a first run', () => {
  expect(installProblem(root, packages, undefined)).toBe('first run');
});

test('a deleted package is named', () => {
  putAll();
  rmSync(join(root, 'node_modules/azurite'), { recursive: true });

  expect(installProblem(root, packages, undefined)).toMatch(/^tslib missing/);
});

test('another version than the locked one is named, and more of them are counted', () => {
  put('node_modules/react', '18.0.0');

  expect(installProblem(root, packages, undefined)).toMatch(/^react and 1 more missing or not the version/);
});

test('packages that were installed for another platform are installed again', () => {
  putAll();

  expect(installProblem(root, packages, 'plan9-mips')).toContain('plan9-mips');
});

test('Node below 20.19 is refused with the version that is needed', () => {
  for (const version of ['18.20.8', '20.18.3'])
    expect(() => checkNode(version)).toThrow(/Node 20\.19 or newer is needed/);
  for (const version of ['20.19.0', '22.0.0']) expect(() => checkNode(version)).not.toThrow();
});
