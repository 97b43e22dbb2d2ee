import { expect, test } from 'vitest';
import { measure, overBudget } from './size.mjs';

const KIB = 1024;
/** KiB of gzip, by file. @type {Record<string, number>} */
const weights = {
  'index.js': 80,
  'react.js': 60,
  'messages.js': 30,
  'grid.js': 20,
  'code-mirror.js': 120,
  'settings.js': 5,
  'lab.js': 15,
  'service.js': 14,
  'play-worker.js': 6,
  'index.css': 9,
};
const manifest = {
  'index.html': { file: 'index.js', isEntry: true, imports: ['_react.js'], css: ['index.css'] },
  '_react.js': { file: 'react.js' },
  'src/features/messages/messages-screen.tsx': { file: 'messages.js', imports: ['_react.js', '_grid.js'] },
  '_grid.js': { file: 'grid.js' },
  'src/features/editor/fields/code-mirror.tsx': { file: 'code-mirror.js', imports: ['_react.js'] },
  'src/features/settings/settings-screen.tsx': { file: 'settings.js', imports: ['_react.js'] },
  'src/features/lab/lab-screen.tsx': { file: 'lab.js', imports: ['_react.js'] },
  'src/lab/engine/play-worker.ts': { file: 'play-worker.js', isEntry: true, imports: ['_react.js', '_service.js'] },
  '_service.js': { file: 'service.js' },
};
const sizes = measure(manifest, (file) => (weights[file] ?? 0) * KIB);
const kib = Object.fromEntries(sizes.map(({ what, bytes }) => [what, bytes / KIB]));

test('counts what is imported once, at the moment when it is waited for', () => {
  expect(kib).toEqual({
    'Shell, JavaScript': 140,
    'Until the grid is usable': 190,
    'Shell, CSS': 9,
    'Editor chunk': 120,
    'Heaviest other lazy chunk': 15,
    // With its worker, and without what the shell has already.
    'Lab, first lesson beyond the shell': 35,
    'All JavaScript': 350,
  });
});

test('a service worker counts by itself, since no visit waits for it', () => {
  const kept = { ...manifest, 'src/parts/offline-worker.ts': { file: 'offline-worker.js', isEntry: true } };
  const withWorker = measure(kept, (file) => (file === 'offline-worker.js' ? 9 : (weights[file] ?? 0)) * KIB);
  expect(Object.fromEntries(withWorker.map(({ what, bytes }) => [what, bytes / KIB]))).toEqual({
    ...kib,
    'Service worker': 9,
  });
  expect(overBudget(withWorker)).toEqual([expect.stringContaining('Service worker (heaviest: offline-worker.js')]);
});

test('names what is over its limit, heaviest file first', () => {
  const heavier = measure(manifest, (file) => (weights[file] ?? 0) * 1.5 * KIB);

  expect(overBudget(sizes)).toEqual([]);
  expect(overBudget(heavier)[0]).toMatch(/^Shell, JavaScript \(heaviest: index\.js +120\.0, react\.js +90\.0\)$/);
});
