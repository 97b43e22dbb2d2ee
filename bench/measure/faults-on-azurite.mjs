import { startFaultProxy } from '../../scripts/testing/fault-proxy.mjs';
import { ACCOUNT, letIn, officialClient, STEADY_CLOCK, startAzurite } from '../../scripts/testing/server.mjs';

/** @typedef {import('@azure/storage-queue').QueueClient} QueueClient */
/** @typedef {import('../../scripts/testing/fault-proxy.mjs').ProxyFaults} ProxyFaults */
/** @typedef {import('../../src/bulk/jobs/faulted.fixture.ts').Faulted} Faulted */
/** @typedef {import('../../src/bulk/jobs/fault-verdict.fixture.ts').Verdict} Verdict */
/** @typedef {Verdict & { trouble: string, seconds: number, resent: number }} ServiceVerdict */

/** On one Azurite: after tens of thousands of messages it stops answering for minutes. */
const ON_ONE = 2000;
/** Filled and emptied with so many requests at a time. */
const AT_A_TIME = 8;
/** Ms that its clock is moved on at the end, so that nothing is hidden any more and nothing has expired. */
const LATER = 450_000_000;

const KINDS = /** @type {const} */ (['lostBefore', 'lostAfter', 'truncated', 'busy', 'serverErrors', 'delayed']);

/** Each kind of trouble alone at 20 %, and all together at 1, 5 and 20 %. @type {[string, Partial<ProxyFaults>][]} */
export const TROUBLES = [
  ...KINDS.map((kind) => /** @type {[string, Partial<ProxyFaults>]} */ ([`${kind} 20 %`, { [kind]: 0.2 }])),
  ...[0.01, 0.05, 0.2].map(
    (share) =>
      /** @type {[string, Partial<ProxyFaults>]} */ ([
        `everything ${share * 100} %`,
        { ...Object.fromEntries(KINDS.map((kind) => [kind, share / KINDS.length])), hidden: 0.3 },
      ]),
  ),
];

/**
 * One operation under one kind of trouble: filled and counted straight on Azurite with the official client, worked on by
 * the page through a proxy. In slices, each on an Azurite of its own.
 * @param {{ page: import('playwright').Page, bench: string }} stage
 * @param {{ operation: Faulted, name: string, faults: Partial<ProxyFaults>, messages: number, seed: number, concurrency: number }} work
 * @returns {Promise<ServiceVerdict>}
 */
export async function faultsOnAzurite(stage, { operation, name, faults, messages, seed, concurrency }) {
  /** @type {ServiceVerdict | undefined} */
  let whole;
  for (let first = 0; first < messages; first += ON_ONE) {
    const texts = numbered(first, Math.min(messages, first + ON_ONE));
    const slice = await runSlice(stage, { operation, faults, texts, seed: seed + first, concurrency });
    whole = whole ? together(whole, slice) : { ...slice, trouble: name };
  }
  if (!whole) throw new Error('No messages.');
  return whole;
}

/** @param {{ page: import('playwright').Page, bench: string }} stage
 *  @param {{ operation: Faulted, faults: Partial<ProxyFaults>, texts: string[], seed: number, concurrency: number }} work
 *  @returns {Promise<ServiceVerdict>} */
async function runSlice({ page, bench }, { operation, faults, texts, seed, concurrency }) {
  const service = await startAzurite({ clock: STEADY_CLOCK });
  const proxy = await startFaultProxy({ target: new URL(service.url).origin, seed });
  try {
    const azurite = officialClient(service.url);
    await letIn(service.url, [bench]);
    const [from, to] = [azurite.getQueueClient('orders-poison'), azurite.getQueueClient('orders')];
    await Promise.all([from.create(), to.create()]);
    const there = operation === 'import' || operation === 'addAgain' ? [] : await filled(from, texts);
    proxy.setFaults(faults);
    const start = performance.now();
    const { state, reported, written } = await page.evaluate(
      async ({ script, ...work }) => {
        /** @type {typeof import('../page/bulk-faults.ts')} */
        const { runOnService } = await import(script);
        return runOnService(work);
      },
      {
        script: `${bench}/bulk-faults.js`,
        endpoint: `${proxy.origin}/${ACCOUNT}`,
        operation,
        texts,
        there,
        concurrency,
        from: from.name,
        to: to.name,
      },
    );
    const seconds = (performance.now() - start) / 1000;
    await fetch(`${service.clock}/advance?ms=${LATER}`, { method: 'POST' });
    const [left, arrived] = [await drained(from), await drained(to)];
    const verdict = await page.evaluate(
      async ({ script, ...facts }) => {
        /** @type {typeof import('../page/bulk-faults.ts')} */
        const { judgeService } = await import(script);
        return judgeService(facts);
      },
      {
        script: `${bench}/bulk-faults.js`,
        operation,
        texts,
        reported,
        left: [...left],
        arrived: [...arrived],
        // WebDriver knows no undefined.
        written: written ?? undefined,
      },
    );
    return { ...verdict, state, seconds, trouble: '', resent: proxy.counts.resent };
  } finally {
    await Promise.all([proxy.stop(), service.stop()]);
  }
}

/** @param {ServiceVerdict} one @param {ServiceVerdict} other @returns {ServiceVerdict} */
function together(one, other) {
  /** @type {ServiceVerdict['counts']} */
  const counts = { ...one.counts };
  for (const [kind, count] of /** @type {[keyof typeof counts, number][]} */ (Object.entries(other.counts)))
    counts[kind] = (counts[kind] ?? 0) + count;
  return {
    ...one,
    counts,
    messages: one.messages + other.messages,
    duplicates: one.duplicates + other.duplicates,
    violations: [...one.violations, ...other.violations],
    seconds: one.seconds + other.seconds,
    resent: one.resent + other.resent,
    state: one.state === other.state ? one.state : `${one.state}, ${other.state}`,
  };
}

/** @param {number} from @param {number} to */
const numbered = (from, to) =>
  Array.from({ length: to - from }, (_, index) => `message ${String(from + index).padStart(5, '0')}`);

/** @param {QueueClient} queue @param {string[]} texts @returns {Promise<[id: string, text: string][]>} */
async function filled(queue, texts) {
  /** @type {[string, string][]} */
  const there = [];
  const waiting = texts.values();
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const text of waiting) there.push([(await queue.sendMessage(text)).messageId, text]);
    }),
  );
  return there;
}

/** How often each text is in a queue. @param {QueueClient} queue */
async function drained(queue) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 86_400 });
    if (receivedMessageItems.length === 0) return counts;
    for (const { messageText } of receivedMessageItems) counts.set(messageText, (counts.get(messageText) ?? 0) + 1);
  }
}
