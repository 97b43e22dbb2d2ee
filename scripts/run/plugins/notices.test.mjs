import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { noticesOf } from './notices.mjs';

const root = mkdtempSync(join(tmpdir(), 'queuescope-notices-'));
afterAll(() => rmSync(root, { recursive: true }));

/** @param {string} name @param {Record<string, string>} files */
function packageWith(name, files) {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', license: 'MIT' }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

test('every package is named with its version, its licence and the text of it', () => {
  const text = noticesOf([
    packageWith('b', { LICENSE: 'Copyright B\n', NOTICE: 'Notice of B' }),
    packageWith('a', { 'license.md': 'Copyright A' }),
  ]);
  expect(text).toContain('a 1.2.3 (MIT)\n\nCopyright A');
  expect(text).toContain('b 1.2.3 (MIT)\n\nCopyright B\n\nNotice of B');
  expect(text.indexOf('a 1.2.3')).toBeLessThan(text.indexOf('b 1.2.3'));
});

test('a package without the text of its licence stops the build', () => {
  expect(() => noticesOf([packageWith('c', {})])).toThrow('c has no file with its licence.');
});
