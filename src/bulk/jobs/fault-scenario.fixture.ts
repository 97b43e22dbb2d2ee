import type { Network } from '@/azure/wire/network';
import { isLeasedHere } from '@/messages/record';
import type { Faults } from '@/sandbox/faults';
import { createRandom } from '@/sandbox/random';
import { AZURE_RECEIPTS, type ReceiptRules } from '@/sandbox/receipt';
import type { Sandbox } from '@/sandbox/service';
import { type BulkScene, bulkScene, numbered } from '../bulk.fixture';
import type { LeasingReport } from '../leasing/leasing-report';
import type { OutcomeKind } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { receive } from '../work/lease-actions';
import { isHiddenForLong, judge, type Verdict } from './fault-verdict.fixture';
import { beginsEmpty, countsOf, type Faulted, LEASE, prepare, takesFromTarget, textsIn } from './faulted.fixture';
import type { NthRequest } from './nth-request.fixture';
import { poisonParent } from './poison-queue';

/** What goes wrong: shares as in `Faults`, and what happens besides. */
export type Trouble = Partial<Faults> & {
  /** Share of outcomes after which the device sleeps until all leases are over. */
  sleeps?: number;
  /** Share of outcomes after which, the device having slept, another receiver is handed some messages. */
  stolen?: number;
};

/** Seconds. */
const STOLEN_LEASE = 5;

export type FaultScenario = {
  operation: Faulted;
  trouble: Trouble;
  messages: number;
  seed: number;
  concurrency?: number;
  receipts?: ReceiptRules;
  /** So many messages a person has leased before it begins; none with what leases its messages itself. */
  held?: number;
  /** What happens to one request, besides. */
  nth?: NthRequest;
  /** The way to each account, in place of its own `fetch`. */
  around?: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
  /** What tells whether the way is there; requests are tried all the same without it. */
  network?: Network;
};

/** Does one operation in the sandbox with everything going wrong, then holds what is in the queues against what was reported. */
export async function runFaultScenario({
  operation,
  trouble,
  messages,
  seed,
  concurrency = 8,
  receipts = AZURE_RECEIPTS,
  held = 0,
  nth,
  around = nth?.around,
  network,
}: FaultScenario): Promise<Verdict> {
  const wireOf = around && ((sandbox: Sandbox) => ({ fetch: around(sandbox.fetch), network: () => network }));
  const scene = bulkScene(seed, receipts, undefined, wireOf);
  const texts = numbered(messages);
  const from = await scene.fill('orders-poison', beginsEmpty(operation) ? [] : texts);
  // A redrive goes to another account, whose answers get lost as well.
  const far = operation === 'redrive' ? bulkScene(seed + 1, receipts, undefined, wireOf) : scene;
  const to = await far.fill(poisonParent(from.queue) ?? '', 0);
  const textOf = new Map(messagesIn(scene, from).map(({ id, text }) => [id, text]));
  if (held > 0) await receive(from, { count: held, visibilityTimeout: LEASE });
  const disturb = disturber(scene, takesFromTarget(operation) ? to : from, trouble, seed);
  const reported = new Map<string, OutcomeKind>();
  const begin = await prepare(operation, { from, to, texts, textOf, reported, disturb, concurrency });

  for (const { sandbox } of [scene, far]) sandbox.setFaults(trouble);
  nth?.begin();
  const result = await begin();
  nth?.end();
  for (const { sandbox } of [scene, far])
    sandbox.setFaults({ lostBefore: 0, lostAfter: 0, busy: 0, serverErrors: 0, truncated: 0, latency: 0 });

  const now = scene.clock.now();
  const there = messagesIn(scene, from);
  const hidden = there.filter(({ visibleAt }) => isHiddenForLong(visibleAt, now));
  const written = result.written === undefined ? undefined : countsOf(textsIn(result.written));
  const verdict = judge({
    operation,
    texts,
    reported,
    left: scene.countsIn(from.queue),
    arrived: operation === 'export' && written ? written : far.countsIn(to.queue),
    filed: written,
    hidden: new Set(hidden.map(({ text }) => text)),
    originals: new Set(there.flatMap(({ id, text }) => (textOf.get(id) === text ? text : []))),
  });
  // What another receiver was handed is its own business.
  scene.clock.advance((STOLEN_LEASE + 1) * 1000);
  const isMeant = operation === 'visibility' || operation === 'changeAndHide';
  const meant = isMeant ? new Set(hidden.map(({ id }) => id)) : new Set<string>();
  const unreported = result.leasing ? hiddenUnreported(scene, from, result.leasing, meant) : [];
  return { ...verdict, state: result.state, violations: [...verdict.violations, ...unreported] };
}

const messagesIn = ({ sandbox }: BulkScene, { queue }: QueueTarget) =>
  sandbox.snapshot([queue]).queues[0]?.messages ?? [];

/** Now and then the device sleeps over the end of all leases, and then another receiver may be first. */
function disturber(
  { clock, account }: BulkScene,
  { queue }: QueueTarget,
  { sleeps = 0, stolen = 0 }: Trouble,
  seed: number,
): () => Promise<void> {
  const random = createRandom(seed + 3);
  return async () => {
    const share = random.share();
    if (share >= sleeps + stolen) return;
    clock.advance((LEASE + 1) * 1000);
    if (share < stolen)
      await account.receiveMessages(queue, { count: 3, visibilityTimeout: STOLEN_LEASE }).catch(() => []);
  };
}

/** Messages that are hidden although nothing was said of them: neither in the report nor in the records. */
function hiddenUnreported(
  scene: BulkScene,
  from: QueueTarget,
  report: LeasingReport,
  meant: ReadonlySet<string>,
): string[] {
  const said = new Set([...report.notReturned.map(({ id }) => id), ...report.lost, ...meant]);
  for (const record of from.records.leased()) {
    if (isLeasedHere(record) && record.lease?.holder === 'tab') said.add(record.id);
  }
  const hidden = messagesIn(scene, from).filter(({ visibleAt, id }) => visibleAt > scene.clock.now() && !said.has(id));
  const maybe = report.maybeHidden.reduce((all, { messages }) => all + messages, 0);
  return hidden.length <= maybe ? [] : [`${hidden.length} hidden, and at most ${maybe} were said to be`];
}

type Named = [name: string, trouble: Trouble];
const kinds = ['lostBefore', 'lostAfter', 'busy', 'serverErrors', 'truncated'] as const;

/** Each kind of trouble alone, and all together, with shares that add up to `share`. */
export const troublesAt = (share: number): [Named, ...Named[]] => [
  ['sleeps', { sleeps: share / 10 }],
  ['stolen', { stolen: share / 10 }],
  ...kinds.map((kind): Named => [kind, { [kind]: share }]),
  [
    'everything',
    {
      ...Object.fromEntries(kinds.map((kind) => [kind, share / kinds.length])),
      sleeps: share / 20,
      stolen: share / 20,
    },
  ],
];
