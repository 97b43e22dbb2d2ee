// Bulk jobs in the browser against a bare loop of hand-signed requests in the same browser, and against the official
// SDK in Node at whichever concurrency suits it best: `node bench/bulk.mjs [messages]
// [operation…]`.
import { command } from '../server/command.mjs';
import { report, times } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';
import { median, ratios } from './measure/statistics.mjs';

const TARGETS = { bare: 0.95, official: 1 };
const [messages = 10_000] = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);
/** In a round: what else the machine does falls on both sides, which take turns. */
const ROUND = 250;
const ROUNDS = Math.max(1, Math.round(messages / ROUND));
/** On one Azurite: after tens of thousands of messages it stops answering for minutes. */
const ROUNDS_EACH = 8;
/** What a browser sends at a time to one host. */
const CONCURRENCY = 6;
/** Tried with the official SDK. */
const CONCURRENCIES = [4, 8, 16, 32];

const ALL = /** @type {const} */ (['move', 'delete', 'copy', 'import', 'export']);
const named = ALL.filter((operation) => process.argv.includes(operation));
const OPERATIONS = named.length > 0 ? named : ALL;
const TEXT = JSON.stringify({ order: 10_432, customer: 'Ada Lindqvist', lines: Array(8).fill('LAMP-0017 x 2') });
const LEASE = 600;

const perSecond = (/** @type {number} */ milliseconds) => (ROUND * 1000) / milliseconds;
const count = (/** @type {number} */ value) => Math.round(value).toLocaleString('en-GB');

/** @typedef {{ operation: Operation, ours: number, bare: number, ratio: import('./measure/statistics.mjs').Spread, official: Official[], best: Official }} Result */
/** @typedef {typeof ALL[number]} Operation */
/** @typedef {{ concurrency: number, milliseconds: number }} Official */

await command(async () => {
  /** @type {Result[]} */
  const results = [];
  for (const operation of OPERATIONS) results.push(await measure(operation));
  await report({
    rows: [
      ['Messages a second', 'ours', 'bare loop', 'official SDK', 'at', 'of the bare loop (middle half)', 'of the SDK'],
      ...results.map(({ operation, ours, bare, ratio, best }) => [
        operation,
        count(perSecond(ours)),
        count(perSecond(bare)),
        count(perSecond(best.milliseconds)),
        String(best.concurrency),
        times(ratio),
        (best.milliseconds / ours).toFixed(2),
      ]),
    ],
    verdicts: results.flatMap(({ operation, ours, ratio, best }) => [
      verdict(`${operation}: %s of the speed of a bare loop`, ratio.median, TARGETS.bare),
      verdict(`${operation}: %s of the speed of the official SDK in Node`, best.milliseconds / ours, TARGETS.official),
    ]),
    figures: { targets: TARGETS, messages: ROUND * ROUNDS, concurrency: CONCURRENCY, results },
    claimed: Object.fromEntries(
      results.flatMap(({ operation, ours, ratio, best }) => [
        [`${operation}, of a bare loop`, ratio],
        [`${operation}, of the official client`, best.milliseconds / ours],
      ]),
    ),
  });
});

/** @param {Operation} operation @returns {Promise<Result>} */
async function measure(operation) {
  /** @type {{ ours: number[], bare: number[] }} ms of each round */
  const all = { ours: [], bare: [] };
  /** @type {Official[]} */
  const official = [];
  for (let left = ROUNDS; left > 0; left -= ROUNDS_EACH) {
    await onStage(async (stage) => {
      const { ours, bare } = await inPage(stage, operation, Math.min(left, ROUNDS_EACH));
      all.ours.push(...ours);
      all.bare.push(...bare);
      if (official.length > 0) return;
      for (const concurrency of CONCURRENCIES) {
        official.push({ concurrency, milliseconds: await officially(stage.azurite, operation, concurrency) });
      }
    });
  }
  const best = official.reduce((one, other) => (other.milliseconds < one.milliseconds ? other : one));
  // How many times its speed ours is: its time over ours.
  const ratio = ratios(all.bare, all.ours);
  return { operation, ours: median(all.ours), bare: median(all.bare), ratio, official, best };
}

/**
 * @param {import('./measure/stage.mjs').Stage} stage
 * @param {Operation} operation
 * @param {number} rounds
 */
async function inPage({ bench, endpoint, page }, operation, rounds) {
  await page.goto(bench);
  return page.evaluate(
    async ({ script, ...given }) => {
      /** @type {typeof import('./page/bulk.ts')} */
      const { measureBulk } = await import(script);
      return measureBulk(given);
    },
    { endpoint, operation, messages: ROUND, rounds, concurrency: CONCURRENCY, script: `${bench}/bulk.js` },
  );
}

/** @param {string} words @param {number} value @param {number} target */
function verdict(words, value, target) {
  const ok = value >= target;
  return {
    ok,
    words: `${words.replace('%s', value.toFixed(2))}, ${ok ? 'at' : 'under'} the target of ${target.toFixed(2)}`,
  };
}

/**
 * Ms of one round with the official SDK.
 * @param {import('@azure/storage-queue').QueueServiceClient} service
 * @param {Operation} operation
 * @param {number} concurrency
 */
async function officially(service, operation, concurrency) {
  const [from, to] = ['from', 'to'].map((name) => service.getQueueClient(`sdk-${name}-${operation}-${concurrency}`));
  if (!from || !to) throw new Error('No queues');
  await Promise.all([from.create(), to.create()]);
  if (operation !== 'import') await workers(16, counter(ROUND), () => from.sendMessage(TEXT));

  const start = performance.now();
  /** @type {{ messageId: string, popReceipt: string }[]} */
  const held = [];
  const send = (/** @type {string} */ text, /** @type {Date} */ expires) =>
    to.sendMessage(text, { messageTimeToLive: Math.ceil((expires.getTime() - Date.now()) / 1000) });
  if (operation === 'import') await workers(concurrency, counter(ROUND), () => to.sendMessage(TEXT));
  else {
    await workers(concurrency, received(from), async (message) => {
      if (operation === 'move' || operation === 'copy') await send(message.messageText, message.expiresOn);
      if (operation === 'move' || operation === 'delete')
        await from.deleteMessage(message.messageId, message.popReceipt);
      else held.push(message);
    });
    // One by one, in their order, as the page returns a round.
    for (const { messageId, popReceipt } of held) await from.updateMessage(messageId, popReceipt, undefined, 0);
  }
  const taken = performance.now() - start;
  await Promise.all([from.delete(), to.delete()]);
  return taken;
}

/** @param {number} length */
function counter(length) {
  return Array.from({ length }, (_, index) => index).values();
}

/** All messages of a queue as they are received. @param {import('@azure/storage-queue').QueueClient} queue */
async function* received(queue) {
  for (;;) {
    const batch = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: LEASE });
    if (batch.receivedMessageItems.length === 0) return;
    yield* batch.receivedMessageItems;
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
