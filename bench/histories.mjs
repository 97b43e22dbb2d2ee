// A long random history at the sandbox and at Azurite: `node bench/histories.mjs [seed] [operations]`.
import { letIn, STEADY_CLOCK, startAzurite } from '../scripts/testing/server.mjs';
import { command } from '../server/command.mjs';
import { report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';

const OPERATIONS = 20_000;

const [seed = Math.floor(Math.random() * 2 ** 30), operations = OPERATIONS] = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);

const count = (/** @type {number} */ value) => value.toLocaleString('en-GB');

await command(() =>
  onStage(async ({ bench, page }) => {
    const azurite = await startAzurite({ clock: STEADY_CLOCK });
    try {
      await letIn(azurite.url, [bench]);
      await page.goto(bench);
      const outcome = await page.evaluate(
        async ({ script, ...work }) => {
          /** @type {typeof import('./page/histories.ts')} */
          const { compareHistories } = await import(script);
          return compareHistories(work);
        },
        { script: `${bench}/histories.js`, url: azurite.url, clock: azurite.clock, operations, seed },
      );
      if ('failure' in outcome) console.error(outcome.failure);
      await report({ ...('failure' in outcome ? differed() : agreed(outcome)) });
    } finally {
      await azurite.stop();
    }
  }),
);

/** @param {{ operations: number, histories: number, seconds: number, commands: Record<string, number>, tolerated: Record<string, number> }} outcome */
function agreed(outcome) {
  const { commands, tolerated, seconds } = outcome;
  const sorted = Object.entries(commands).toSorted(([, a], [, b]) => b - a);
  return {
    rows: [
      ['Operations at both', ''],
      ...sorted.map(([name, times]) => [name, count(times)]),
      ['', ''],
      ['Met with a named difference', ''],
      ...Object.entries(tolerated).map(([name, times]) => [name, count(times)]),
    ],
    verdicts: [
      {
        hard: true,
        ok: true,
        words: `No other difference in ${count(outcome.operations)} operations of ${count(outcome.histories)} histories, seed ${seed}, ${seconds.toFixed(0)} s`,
      },
    ],
    figures: { seed, ...outcome },
  };
}

const differed = () => ({
  rows: [['Operations at both', '']],
  verdicts: [{ hard: true, ok: false, words: `The sandbox and Azurite differ: seed ${seed}, shown above` }],
  figures: { seed, operations },
});
