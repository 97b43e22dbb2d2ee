import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import {
  countedTarget,
  createSimulation,
  noRequests,
  type RequestCounts,
  sumOfRequests,
} from '@/bulk/planning/simulation.fixture';
import { carryOut, fewestRequests, fill, type Situation, simulate } from '@/bulk/planning/situation.fixture';
import { recordedQueues } from './recorded-queues';

export type CountedRequests = {
  counts: RequestCounts;
  requests: number;
  fewest: number;
  seconds: number;
  violations: string[];
};

/** Requests of a situation in the sandbox, in simulated time, at so many ms a request. */
export const requestsInSandbox = (situation: Situation, latency: number): Promise<CountedRequests> =>
  simulate(createSimulation({ latency }), situation);

/** Requests of a situation at the emulator, on queues of the given names. */
export async function requestsAtService(
  endpoint: string,
  situation: Situation,
  queues: [source: string, target: string],
): Promise<CountedRequests> {
  const credential = { kind: 'key', key: await importKey(EMULATOR.key) } as const;
  const account = connect({ account: EMULATOR.account, endpoint, credential });
  const ids = await fill(account, situation, queues);
  const counts = noRequests();
  const targetOf = recordedQueues(account);
  const [from, to] = [countedTarget(targetOf(queues[0]), counts), countedTarget(targetOf(queues[1]), counts)];
  const began = performance.now();
  await carryOut(situation, { from, to, ids });
  const seconds = (performance.now() - began) / 1000;
  return { counts, requests: sumOfRequests(counts), fewest: fewestRequests(situation), seconds, violations: [] };
}
