import { expect, test } from 'vitest';

/*
 * Every lazy part goes one way: an `import()` of the build through `load-part.ts`, which the build itself holds
 * (`scripts/run/plugins/parts.mjs` fails at one that it cannot see), a component of it through `lazyPart`, and a worker through
 * `part-worker.ts`.
 */
const sources = Object.entries(
  import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.d.ts', '!../**/*.{test,fixture}.{ts,tsx}'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).map(
  ([path, text]) =>
    [path.replace(/^\.\//, 'parts/').replace('../', ''), text.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '')] as const,
);

const filesWith = (pattern: RegExp) =>
  sources
    .filter(([, text]) => pattern.test(text))
    .map(([path]) => path)
    .toSorted();

test('all sources are looked at', () => {
  expect(sources.length).toBeGreaterThan(500);
  expect(filesWith(/\bimport\(/).length).toBeGreaterThan(40);
});

test('no component is lazy in another way', () => {
  expect(filesWith(/import\s*\{[^}]*\b(?:lazy|Suspense)\b[^}]*\}\s*from 'react'/)).toEqual([]);
});

test('no worker starts before its file has arrived', () => {
  expect(filesWith(/new (?:Shared)?Worker\(/)).toEqual(['features/jobs/text/text-worker.ts', 'parts/part-worker.ts']);
  expect(filesWith(/serviceWorker\.register|workers\.register\(/)).toEqual(['parts/offline.ts']);
});

test('an import whose failure would be kept for ever is asked for anew', () => {
  expect(filesWith(/\?\?=\s*import\(/)).toEqual([]);
});
