import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, ROOT } from '../../../server/command.mjs';
import { stepsOf } from './journey.mjs';
import { personAt } from './person.mjs';
import { openStage } from './stage.mjs';
import { openWebKit } from './webkit.mjs';

/** Where a picture of the step that failed is left. */
const PICTURES = join(ROOT, 'test-results');

/**
 * Walks the journey through WebKit, until the first step that fails.
 * @param {{ build: string, seed: number }} options `build`: folder of the page
 * @returns {Promise<import('../tests-outcome.mjs').TestsOutcome>}
 */
export async function walk({ build, seed }) {
  const { session, close } = await openWebKit();
  const stage = await openStage(build, seed);
  /** @type {import('../tests-outcome.mjs').TestsOutcome} */
  const outcome = { passed: 0, failed: 0, skipped: 0, failures: [], secondTries: [] };
  try {
    console.log(`${session.version}, faults of seed ${seed}`);
    const steps = stepsOf(personAt(session), stage);
    for (const [index, { name, work }] of steps.entries()) {
      const start = performance.now();
      const why = await work().then(
        () => undefined,
        (error) => messageOf(error),
      );
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${why === undefined ? '✓' : '✗'} ${index + 1} of ${steps.length}: ${name} (${seconds} s)`);
      if (why === undefined) {
        outcome.passed++;
        continue;
      }
      mkdirSync(PICTURES, { recursive: true });
      writeFileSync(join(PICTURES, 'webkit.png'), await session.screenshot());
      console.error(`${why}\nThe page is in test-results/webkit.png.`);
      outcome.failed++;
      outcome.skipped = steps.length - index - 1;
      outcome.failures.push({ name, why });
      break;
    }
    return outcome;
  } finally {
    await Promise.all([close(), stage.close()]);
  }
}
