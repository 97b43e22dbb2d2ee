import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../server/command.mjs';
import { BUNDLE, bundleServer } from './bundle.mjs';

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'queuescope-bundle-'));

beforeAll(() => bundleServer(folder));
afterAll(() => rmSync(folder, { recursive: true }));

/** Names of what the files of the bundle import, each in their own words. */
function imports() {
  const text = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
    .replaceAll(/\/\*.*?\*\//gs, '');
  const names = text.matchAll(/^(?:import|export)\b[^'"\n]*["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm);
  return [...new Set([...names].map(([, still, late]) => still ?? late ?? ''))];
}

test('the bundle needs Node alone', () => {
  const foreign = imports().filter((name) => !name.startsWith('node:') && !name.startsWith('./'));
  // Azurite is installed when it is asked for.
  expect(foreign).toEqual(['azurite/dist/src/queue/main.js']);
  // What the page is built of is in the build.
  expect(manifest.dependencies).toBeUndefined();
});

test('the package holds the page, the bundle of its command, and no source', () => {
  expect(manifest.files).toEqual(['dist', '!dist/.vite', 'dist-node', '!dist-node/start.mjs']);
  expect(join(ROOT, manifest.bin.queuescope)).toBe(join(BUNDLE, 'queuescope.mjs'));
  const files = readdirSync(folder);
  expect(files).toEqual(expect.arrayContaining(['queuescope.mjs', 'start.mjs', 'azurite-process.mjs']));
  expect(files.length).toBeLessThan(12);
  expect(readFileSync(join(folder, 'queuescope.mjs'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('Azurite is installed from a lockfile that is whole, with the hash of every package', () => {
  const lock = JSON.parse(readFileSync(join(folder, 'azurite-lock.json'), 'utf8'));
  const { '': root, ...packages } = lock.packages;
  expect(root.dependencies).toEqual({ azurite: manifest.devDependencies.azurite });
  expect(Object.keys(packages).length).toBeGreaterThan(50);
  // By name and version from the registry that npm asks, since the hash says what comes.
  const others = Object.entries(packages).filter(
    ([, { resolved, integrity }]) => resolved || !integrity?.startsWith('sha512-'),
  );
  expect(others).toEqual([]);

  // npm compares it with the package, and finds nothing to add and nothing to ask for.
  const place = mkdtempSync(join(tmpdir(), 'queuescope-azurite-'));
  writeFileSync(join(place, 'package.json'), JSON.stringify({ private: true, ...root }));
  writeFileSync(join(place, 'package-lock.json'), JSON.stringify(lock));
  const flags = ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--prefix', place];
  const { status, stderr } = spawnSync('npm', flags, { cwd: place, shell: process.platform === 'win32' });
  expect(String(stderr)).not.toMatch(/Missing|Invalid|in sync/);
  expect(status).toBe(0);
  rmSync(place, { recursive: true });
});

test('the version of Azurite to install is an exact one', () => {
  expect(manifest.devDependencies.azurite).toMatch(/^\d+\.\d+\.\d+$/);
});

test('--fresh without a local service is refused, rather than ignored', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'queuescope.mjs'), '--fresh']);
  expect(status).toBe(1);
  expect(String(stderr)).toContain('it goes with --azurite');
});

test('the command tells its flags', () => {
  expect(String(execFileSync(process.execPath, [join(folder, 'queuescope.mjs'), '--help']))).toContain(
    '--relay-host HOST',
  );
});
