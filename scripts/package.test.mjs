import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './command.mjs';

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Every file that a script imports, and they in turn; with the packages that they name. @param {string[]} entries */
function closure(entries) {
  const [files, packages] = [new Set(entries), new Set()];
  for (const file of files) {
    const text = readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
    for (const [, name = ''] of text.matchAll(/(?:from |import\(|^import )'([^']+)'/gm)) {
      if (name.startsWith('.')) files.add(relative(ROOT, join(ROOT, dirname(file), name)).replaceAll('\\', '/'));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  }
  return { files: [...files].toSorted(), packages: [...packages] };
}

test('the package holds what its command imports, and needs no other package', () => {
  const entries = [manifest.bin.queuescope, 'scripts/azurite-process.mjs'];
  const { files, packages } = closure(entries);
  const listed = manifest.files.filter((/** @type {string} */ name) => name.startsWith('scripts/'));

  expect(listed).toEqual(files.filter((name) => name.startsWith('scripts/')));
  expect(files.filter((name) => !name.startsWith('scripts/'))).toEqual([
    'src/sandbox/demo/demo-queues.mjs',
    'src/sandbox/demo/fill-queue.mjs',
  ]);
  // Azurite is installed when it is asked for.
  expect(packages).toEqual(['azurite/dist/src/queue/main.js']);
  // What the page is built of is in the build.
  expect(manifest.dependencies).toBeUndefined();
});

test('the version of Azurite to install is an exact one', () => {
  expect(manifest.devDependencies.azurite).toMatch(/^\d+\.\d+\.\d+$/);
});

test('--fresh without a local service is refused, rather than ignored', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/queuescope.mjs', '--fresh'], { cwd: ROOT });
  expect(status).toBe(1);
  expect(String(stderr)).toContain('it goes with --azurite');
});
