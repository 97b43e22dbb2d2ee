import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newRun } from './run';
import { readRunFile, type SavedRun, writeRunFile } from './run-file';

const saved: SavedRun = {
  part: 'free',
  run: {
    ...newRun({ vis: 12, rate: [0.5, 1], poll: [0.5, 8] }, 7),
    inputs: [
      { at: 1500, act: 'crash', worker: 2 },
      { at: 2000, act: 'set', name: 'rate', value: [1, 2] },
    ],
  },
  now: 61_234,
  log: { until: 61_234, events: 900, hash: '60cae4e1451ac20f' },
};
const text = writeRunFile(saved);
const change = (changes: object) => JSON.stringify({ ...(JSON.parse(text) as object), ...changes });

test('what is saved is read as it was, and is small', () => {
  expect(readRunFile(text)).toEqual({ saved });
  expect(
    readRunFile(writeRunFile({ ...saved, part: 'first-message', run: { ...saved.run, bare: true } })),
  ).toMatchObject({
    saved: { run: { bare: true } },
  });
  expect(text.length).toBeLessThan(1000);
});

test.each<[string, string, RegExp]>([
  ['an empty file', ' \n', /empty/],
  ['a file that is cut off', text.slice(0, -20), /cut off/],
  ['garbage', '\u0000\u0001\uFFFD{', /no JSON/],
  ['too large a file', `${text}${' '.repeat(2 * 1024 * 1024)}`, /larger than 2 MiB/],
  ['a file of another program', '{"log":{"version":"1.2","entries":[]}}', /another kind/],
  ['a list', '[1, 2]', /another kind/],
  ['a deep file', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /another kind|no JSON/],
  ['another version', change({ version: 2 }), /version 2, and this lab plays version 1/],
  ['no version', change({ version: 'one' }), /of which version/],
  ['no part', change({ part: '../settings' }), /which part/],
  ['no run', change({ run: { vis: 3 } }), /no run/],
  ['a setting out of its range', change({ run: 'vis=0' }), /cannot be read: The setting "vis"/],
  ['an act that there is not', change({ run: 'in=explode@3' }), /cannot be read/],
  ['a time that cannot be', change({ now: -1 }), /time/],
  ['no hash', change({ log: { until: 3, events: 3, hash: '<b>' } }), /no hash/],
  ['no log', change({ log: null }), /no hash/],
])('%s is refused with what is wrong', (_, file, problem) => {
  expect(readRunFile(file)).toEqual({ problem: expect.stringMatching(problem) as string });
});

test('as many acts as a run can have are saved', () => {
  const inputs = Array.from({ length: 2000 }, (_, index) => ({ at: index * 1001, act: 'send' as const }));
  const long = { ...saved, run: { ...saved.run, inputs } };
  expect(readRunFile(writeRunFile(long))).toEqual({ saved: long });
});

const REFUSED = { problem: expect.stringMatching(/\.$/) as string };

test('no text makes it throw, and what it takes it writes again', () => {
  const changed = fc.dictionary(fc.constantFrom('version', 'part', 'run', 'now', 'log', 'bare'), fc.jsonValue());
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), changed.map(change)), (file) => {
      const read = readRunFile(file);
      const again = 'saved' in read ? readRunFile(writeRunFile(read.saved)) : REFUSED;
      expect(read).toEqual(again);
    }),
  );
});
