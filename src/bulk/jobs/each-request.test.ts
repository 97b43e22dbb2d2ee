import { expect, test } from 'vitest';
import { runFaultScenario } from './fault-scenario.fixture';
import { FAULTED } from './faulted.fixture';
import { FAULTS_OF_ONE, nthRequest } from './nth-request.fixture';

/** So few, that each request of them can have each fault. */
const MESSAGES = 2;
/** More than any of them sends for so few. */
const FAR = 1000;
const scenario = { trouble: {}, messages: MESSAGES, seed: 1, concurrency: 1, held: 1 };

test.each(FAULTED)(
  '%s loses nothing and hides no duplicate, whichever of its requests has whichever fault',
  async (operation) => {
    const wrong: string[] = [];
    const undisturbed = nthRequest('refused', FAR);
    const { violations, messages } = await runFaultScenario({ operation, ...scenario, nth: undisturbed });
    expect({ violations, messages }).toEqual({ violations: [], messages: MESSAGES });
    for (const fault of FAULTS_OF_ONE) {
      for (const forever of [false, true]) {
        for (let at = 1; at <= undisturbed.requests; at++) {
          const nth = nthRequest(fault, at, forever);
          const verdict = await runFaultScenario({ operation, ...scenario, nth });
          const words = `${fault} at ${at} of ${undisturbed.requests}${forever ? ' and ever after' : ''}`;
          wrong.push(...verdict.violations.map((violation) => `${words}: ${violation}`));
        }
      }
    }
    expect(wrong).toEqual([]);
  },
);
