import {
  FAULTED,
  type Faulted,
  runFaultScenario,
  type Trouble,
  troublesAt,
  type Verdict,
} from '@/bulk/fault-scenario.fixture';

export type BulkFaultsBench = { messages: number; concurrency: number; seed: number; operation: Faulted };

/** The operations that are tried. */
export const operations = (): readonly Faulted[] => FAULTED;

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
  return verdicts;
}
