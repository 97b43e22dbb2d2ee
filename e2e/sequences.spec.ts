import { expect, test } from '@playwright/test';
import { playMany } from './sequences/run';

// Random sequences of actions in the page, compared with the service after each step. `npm run sequences -- --page` plays
// more of them.

const asked = process.env['QUEUESCOPE_COUNT'];
const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
/** Where the lines go that `npm run sequences` shows, past the reporter. */
const say = (words: string) => void process.stdout.write(`${words}\n`);

/** The same in each run. */
const SEEDS = [1, 2];

if (asked === undefined) {
  // Another one every ten minutes, so that a second try is of the same.
  const anySeed = Math.floor(Date.now() / 600_000) % 1_000_000;
  for (const seed of [...SEEDS, anySeed]) {
    test(`sequence ${seed === anySeed ? 'of any seed' : seed}: the page and the service agree after each step`, async ({
      browser,
    }) => {
      // A sequence that fails is made shorter before it is told.
      test.setTimeout(300_000);
      if (seed === anySeed) say(`Sequence of seed ${seed}`);
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
