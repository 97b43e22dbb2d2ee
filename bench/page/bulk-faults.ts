import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { faultsAtEachRequest } from '@/bulk/jobs/each-request.fixture';
import { runFaultScenario, type Trouble, troublesAt } from '@/bulk/jobs/fault-scenario.fixture';
import { judge, type Verdict } from '@/bulk/jobs/fault-verdict.fixture';
import { carryOut, countsOf, FAULTED, type Faulted, hasPrelude, textsIn } from '@/bulk/jobs/faulted.fixture';
import type { OutcomeKind } from '@/bulk/requests/outcome';
import { recordedQueues } from './recorded-queues';

export type BulkFaultsBench = { messages: number; concurrency: number; seed: number; operation: Faulted };

/** The operations that are tried; on a service none that begins with work without faults. */
export const operations = (isService: boolean): readonly Faulted[] =>
  FAULTED.filter((operation) => !isService || !hasPrelude(operation));

/** Messages of which each request has each fault. */
const FEW = 6;

/** Everything that goes wrong alone at 20 %, and all together at 1, 5 and 20 %. */
const troubles = (): [name: string, trouble: Trouble][] => [
  ...troublesAt(0.2).map(([name, trouble]): [string, Trouble] => [`${name} 20 %`, trouble]),
  ...[0.01, 0.05].map((share): [string, Trouble] => [`everything ${share * 100} %`, together(share)]),
  ['everything 1 %, late', { ...together(0.01), latency: 1 }],
];

const together = (share: number): Trouble => troublesAt(share).at(-1)?.[1] ?? {};

/** One operation on so many messages under each kind of trouble. */
export async function runFaults({ messages, concurrency, seed, operation }: BulkFaultsBench) {
  const verdicts: (Verdict & { trouble: string; seconds: number })[] = [];
  for (const [name, trouble] of troubles()) {
    const start = performance.now();
    const verdict = await runFaultScenario({ operation, trouble, messages, seed, concurrency });
    verdicts.push({
      ...verdict,
      violations: verdict.violations.slice(0, 5),
      trouble: name,
      seconds: (performance.now() - start) / 1000,
    });
  }
  const start = performance.now();
  const { violations, requests, scenarios, duplicates } = await faultsAtEachRequest({ operation, messages: FEW, seed });
  verdicts.push({
    operation,
    messages: FEW,
    counts: {},
    duplicates,
    state: `${scenarios} times`,
    violations: violations.slice(0, 5),
    trouble: `each fault at each of ${requests} requests`,
    seconds: (performance.now() - start) / 1000,
  });
  return verdicts;
}

export type ServiceBench = {
  /** Of a proxy before the service, ending in the emulator's account. */
  endpoint: string;
  operation: Faulted;
  from: string;
  to: string;
  texts: string[];
  /** Ids and texts of what is there. */
  there: [id: string, text: string][];
  concurrency: number;
};

/** One operation on a real service, as it is reached by the endpoint; what it reported of each text. */
export async function runOnService({ endpoint, operation, from, to, texts, there, concurrency }: ServiceBench) {
  const credential = { kind: 'key', key: await importKey(EMULATOR.key) } as const;
  const account = connect({ account: EMULATOR.account, endpoint, credential });
  const reported = new Map<string, OutcomeKind>();
  const targetOf = recordedQueues(account);
  const { state, written } = await carryOut(operation, {
    from: targetOf(from),
    to: targetOf(to),
    texts,
    textOf: new Map(there),
    reported,
    disturb: async () => {},
    concurrency,
  });
  return { state, reported: [...reported], written };
}

type Found = {
  left: [text: string, times: number][];
  arrived: [text: string, times: number][];
  /** The file that was exported. */
  written: string | undefined;
};
type Told = { operation: Faulted; texts: string[]; reported: [text: string, kind: OutcomeKind][] };

/** Holds what somebody else has found in the queues against what was reported. */
export const judgeService = ({ left, arrived, written, reported, ...told }: Found & Told) =>
  judge({
    ...told,
    reported: new Map(reported),
    left: new Map(left),
    arrived: written === undefined ? new Map(arrived) : countsOf(textsIn(written)),
  });
