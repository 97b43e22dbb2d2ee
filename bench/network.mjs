// Bulk jobs of the page against a service that answers at once over an emulated round trip: over the lane of the local server, from the
// page itself, and from the page as it was before its preflights were kept, beside the official client in Node at the concurrency that
// suits it best, in turns: `node bench/network.mjs [messages] [ms…] [operation…]`. The page's jobs are begun as its dialogs begin them,
// journal and undo included, with the order not kept; what is left in the queues is counted after each. `count` is the counts of as many
// queues, by which a list is sorted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT, officialClient } from '../scripts/testing/server.mjs';
import { startDistantService } from '../scripts/testing/start-distant-service.mjs';
import { command } from '../server/command.mjs';
import { report, times } from './measure/report.mjs';
import { buildBenchPages } from './measure/stage.mjs';
import { median, ratios } from './measure/statistics.mjs';
import { startLocalServer, unwatchedChromium } from './measure/unwatched.mjs';

const OPERATIONS = /** @type {const} */ (['add', 'import', 'delete', 'move', 'export', 'count']);
const WAYS = /** @type {const} */ (['lane', 'direct', 'noStore']);
const TARGETS = { official: 0.9, direct: 6, noStore: 10 };
/** The round trip that the targets beside the direct page are for. */
const TARGET_DELAY = 50;
const ROUNDS = 5;
/** Of the official client, each in the first round; then the best of them. */
const CONCURRENCIES = [32, 64, 128];
/** From the page itself a round would take a minute. */
const MOST_DIRECT = 300;
const TEXT = JSON.stringify({ order: 10_432, customer: 'Ada Lindqvist', lines: Array(8).fill('LAMP-0017 x 2') });

const [messages = 1600, ...delays] = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);
const DELAYS = delays.length > 0 ? delays : [10, 30, 50, 100];
const named = OPERATIONS.filter((operation) => process.argv.includes(operation));

/** @typedef {typeof OPERATIONS[number]} Operation */
/** Messages a second. @typedef {Record<typeof WAYS[number] | 'official', number[]>} Rates */
/** @typedef {{ delay: number, operation: Operation, rates: Rates, concurrency: number }} Result */
/** @typedef {{ endpoint: string, tell: Awaited<ReturnType<typeof startDistantService>>['tell'], run: Awaited<ReturnType<typeof unwatchedChromium>>['run'] }} Stage */

await command(() =>
  onNetwork(async (stage) => {
    /** @type {Result[]} */
    const results = [];
    for (const delay of DELAYS) {
      await stage.tell({ delay });
      for (const operation of named.length > 0 ? named : OPERATIONS) {
        results.push(await measure(stage, delay, operation));
      }
    }
    await report({
      rows: [
        [
          'Messages a second',
          'lane',
          'direct',
          'no-store',
          'official',
          'at',
          'lane of official',
          'of direct',
          'of no-store',
        ],
        ...results.map((result) => [
          `${result.operation}, ${result.delay} ms`,
          ...[...WAYS, /** @type {const} */ ('official')].map((way) => rounded(result.rates[way])),
          String(result.concurrency),
          times(by(result, 'official')),
          by(result, 'direct').median.toFixed(1),
          by(result, 'noStore').median.toFixed(1),
        ]),
      ],
      verdicts: results.flatMap((result) => [
        // Of counts it is asked alone that a list is sorted ten times as fast as from the page.
        ...(result.operation === 'count'
          ? []
          : [verdict(result, 'the official client', by(result, 'official').median, TARGETS.official)]),
        ...(result.delay === TARGET_DELAY
          ? [
              verdict(result, 'the direct page', by(result, 'direct').median, TARGETS.direct),
              verdict(result, 'the direct page without kept preflights', by(result, 'noStore').median, TARGETS.noStore),
            ]
          : []),
      ]),
      figures: { targets: TARGETS, messages, results },
      claimed: Object.fromEntries(
        results.flatMap((result) =>
          /** @type {const} */ (['official', 'direct', 'noStore']).map((other) => [
            `${result.operation} of ${messages} at ${result.delay} ms, times ${other}`,
            by(result, other),
          ]),
        ),
      ),
    });
  }),
);

/** @param {Result} result @param {keyof Rates} other */
function by({ rates }, other) {
  return ratios(rates.lane, rates[other]);
}

/** @param {number[]} rates */
function rounded(rates) {
  return String(Math.round(median(rates)));
}

/** @param {Result} result @param {string} other @param {number} value @param {number} target */
function verdict({ operation, delay }, other, value, target) {
  const ok = value >= target;
  const words = `${operation} at ${delay} ms: the lane ${value.toFixed(2)} times as fast as ${other}`;
  return { ok, words: `${words}, ${ok ? 'at' : 'under'} the target of ${target}` };
}

/** Sets up the service, the local server with its relay and a browser, and takes all down. @param {(stage: Stage) => Promise<void>} work */
async function onNetwork(work) {
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-bench-'));
  await buildBenchPages(folder);
  const service = await startDistantService();
  const server = await startLocalServer(folder);
  const browser = await unwatchedChromium(server.url);
  try {
    await work({
      endpoint: `${service.origin}/${ACCOUNT}`,
      run: (...call) => browser.run(...call),
      tell: (said) => service.tell(said),
    });
  } finally {
    await browser.close();
    server.stop();
    service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Stage} stage @param {number} delay @param {Operation} operation @returns {Promise<Result>} */
async function measure(stage, delay, operation) {
  /** @type {Rates} */
  const rates = { lane: [], direct: [], noStore: [], official: [] };
  let [concurrency = 0] = CONCURRENCIES;
  let best = 0;
  for (const one of CONCURRENCIES) {
    const rate = await officially(stage, operation, one);
    if (rate > best) [concurrency, best] = [one, rate];
  }
  // The first round warms up and does not count.
  for (let round = -1; round < ROUNDS; round++) {
    for (const way of WAYS) {
      const rate = await inPage(stage, { operation, way, round: round + 1 });
      if (round >= 0) rates[way].push(rate);
    }
    const rate = await officially(stage, operation, concurrency);
    if (round >= 0) rates.official.push(rate);
  }
  return { delay, operation, rates, concurrency };
}

/** @param {Stage} stage @param {{ operation: Operation, way: typeof WAYS[number], round: number }} work */
async function inPage({ tell, endpoint, run }, { operation, way, round }) {
  const share = way === 'lane' ? messages : Math.min(messages, MOST_DIRECT);
  const [from, to] = [`from-${round}-${way.toLowerCase()}`, `to-${round}-${way.toLowerCase()}`];
  await prepare(tell, operation, { from, to, messages: share });
  const taken = await run('network.js', 'measureNetwork', {
    endpoint,
    operation,
    way,
    from,
    to,
    messages: share,
    text: TEXT,
  });
  await verify(tell, operation, { from, to, messages: share });
  return (share * 1000) / taken;
}

/** The same with the official client. @param {Stage} stage @param {Operation} operation @param {number} concurrency */
async function officially({ tell, endpoint }, operation, concurrency) {
  const service = officialClient(endpoint);
  const queues = { from: 'sdk-from', to: 'sdk-to', messages };
  await prepare(tell, operation, queues);
  const [from, to] = [service.getQueueClient(queues.from), service.getQueueClient(queues.to)];
  /** @type {{ messageId: string, popReceipt: string }[]} */
  const held = [];
  const start = performance.now();
  if (operation === 'add' || operation === 'import') {
    await workers(concurrency, texts(), (text) => to.sendMessage(text));
  } else if (operation === 'count') {
    const names = Array.from({ length: messages }, (_, index) => `${queues.from}-${index}`);
    await workers(concurrency, names.values(), (name) => service.getQueueClient(name).getProperties());
  } else {
    await workers(concurrency, received(from), async (message) => {
      if (operation === 'move') {
        const left = Math.ceil((message.expiresOn.getTime() - Date.now()) / 1000);
        await to.sendMessage(message.messageText, { messageTimeToLive: left });
      }
      if (operation === 'export') held.push(message);
      else await from.deleteMessage(message.messageId, message.popReceipt);
    });
    await workers(concurrency, held.values(), ({ messageId, popReceipt }) =>
      from.updateMessage(messageId, popReceipt, undefined, 0),
    );
  }
  const taken = performance.now() - start;
  await verify(tell, operation, queues);
  return (messages * 1000) / taken;
}

/** @param {Operation} operation */
function isAdding(operation) {
  return operation === 'add' || operation === 'import';
}

/** @typedef {{ from: string, to: string, messages: number }} Queues */

/** @param {Stage['tell']} tell @param {Operation} operation @param {Queues} queues */
async function prepare(tell, operation, { from, to, messages: number }) {
  if (operation === 'count') {
    await tell({ make: { named: from, queues: number } });
    return;
  }
  await tell({ fill: { queue: from, messages: isAdding(operation) ? 0 : number, text: TEXT } });
  await tell({ fill: { queue: to, messages: 0, text: TEXT } });
}

/** Both sides did the same work. @param {Stage['tell']} tell @param {Operation} operation @param {Queues} queues */
async function verify(tell, operation, { from, to, messages: number }) {
  if (operation === 'count') {
    const { requests } = await tell({});
    if (requests < number) throw new Error(`${requests} of ${number} queues were counted`);
    return;
  }
  const [source, target] = [await tell({ look: from }), await tell({ look: to })];
  const stays = operation === 'export' ? number : 0;
  const arrives = operation === 'move' || isAdding(operation) ? number : 0;
  if (source.messages !== stays || target.messages !== arrives || source.hidden + target.hidden > 0) {
    throw new Error(`${operation} left ${source.messages} and ${target.messages}, ${source.hidden} of them hidden`);
  }
}

function* texts() {
  for (let order = 0; order < messages; order++) yield `${order} ${TEXT}`;
}

/** All messages of a queue as they are received. @param {import('@azure/storage-queue').QueueClient} queue */
async function* received(queue) {
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 600 });
    if (receivedMessageItems.length === 0) return;
    yield* receivedMessageItems;
  }
}

/**
 * @template Item
 * @param {number} concurrency
 * @param {Iterator<Item> | AsyncIterator<Item>} items
 * @param {(item: Item) => Promise<unknown>} work
 */
async function workers(concurrency, items, work) {
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let next = await items.next(); !next.done; next = await items.next()) await work(next.value);
    }),
  );
}
