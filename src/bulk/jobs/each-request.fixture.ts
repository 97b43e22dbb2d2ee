import { runFaultScenario } from './fault-scenario.fixture';
import type { Faulted } from './faulted.fixture';
import { FAULTS_OF_ONE, nthRequest } from './nth-request.fixture';

/** More requests than any work here sends for so few messages. */
const FAR = 100_000;

export type EachRequest = { operation: Faulted; messages: number; seed: number };

/**
 * Does one operation again and again, each time with another fault at another of its requests: at that one alone, and at all from that
 * one on. One message is leased by a person before. `violations` is empty when all is well, `requests` how many it sends undisturbed.
 */
export async function faultsAtEachRequest({ operation, messages, seed }: EachRequest) {
  const scenario = { operation, trouble: {}, messages, seed, concurrency: 1, held: 1 };
  const undisturbed = nthRequest('refused', FAR);
  const { violations } = await runFaultScenario({ ...scenario, nth: undisturbed });
  const { requests } = undisturbed;
  let [scenarios, duplicates] = [1, 0];
  for (const fault of FAULTS_OF_ONE) {
    for (const forever of [false, true]) {
      for (let at = 1; at <= requests; at++) {
        const verdict = await runFaultScenario({ ...scenario, nth: nthRequest(fault, at, forever) });
        const words = `${fault} at ${at} of ${requests}${forever ? ' and ever after' : ''}`;
        violations.push(...verdict.violations.map((violation) => `${words}: ${violation}`));
        duplicates += verdict.duplicates;
        scenarios++;
      }
    }
  }
  return { violations, requests, scenarios, duplicates };
}
