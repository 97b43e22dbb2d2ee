import { expect, test } from '@playwright/test';
import { playMany } from './sequences/run';

// Random sequences of actions in the page, compared with the service after each step.

const asked = process.env['QUEUESCOPE_COUNT'];
const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
/** The file for the lines that `npm run sequences` shows, past the reporter. */
const say = (words: string) => void process.stdout.write(`${words}\n`);

/** The same seeds in each run, so that a commit does not pass by chance. `npm run sequences -- --page` plays others. */
const SEEDS = [1, 2, 3];

if (asked === undefined) {
  for (const seed of SEEDS) {
    test(`sequence ${seed}: the page and the service agree after each step`, async ({ browser }) => {
      // Shortens a failing sequence before it is reported.
      test.setTimeout(300_000);
      const faults = await playMany(browser, {
        seed,
        count: 1,
        lanes: 1,
        mostFaults: 1,
        without: [],
        withKept: false,
        say: () => {},
      });
      expect(faults, `npm run sequences -- --page --seed ${seed} --count 1`).toEqual([]);
    });
  }
} else {
  test('as many sequences as asked for', async ({ browser }) => {
    test.setTimeout(0);
    const faults = await playMany(browser, {
      seed: number('QUEUESCOPE_SEED', 1),
      count: Number(asked),
      lanes: number('QUEUESCOPE_LANES', 3),
      mostFaults: number('QUEUESCOPE_FAULTS', 1),
      without: (process.env['QUEUESCOPE_WITHOUT'] ?? '').split(',').filter((words) => words !== ''),
      withKept: process.env['QUEUESCOPE_KEPT'] === '1',
      say,
    });
    expect(faults.length, 'faults').toBe(0);
  });
}
