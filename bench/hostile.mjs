// Messages that are made to take the tab away, each in a queue of its own: peeked, opened, searched and exported decoded in
// the built app. The longest task of the main thread, and how much its heap grows at the highest. A word after the name
// takes the messages whose words have it in them.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { command } from '../server/command.mjs';
import { milliseconds, report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';

const MIB = 1024 * 1024;
/** Milliseconds of the longest task, and bytes of the heap. */
const TARGET = { block: 100, heap: 64 * MIB };
/** After so long the tab counts as lost. */
const LOST_MS = 60_000;
/** What follows an answer belongs to it. */
const SETTLE_MS = 700;

const packed = (/** @type {string | Uint8Array} */ content) => gzipSync(content, { level: 9 }).toString('base64');
const base64 = (/** @type {number[] | Uint8Array} */ bytes) => Buffer.from(bytes).toString('base64');
const repeated = (/** @type {number[]} */ piece, /** @type {number} */ count) =>
  Array.from({ length: count }, () => piece).flat();
const numbers = (/** @type {number} */ size) => `[${'1,'.repeat(size / 2)}1]`;

/** @type {[words: string, text: string][]} */
const ALL = [
  ['An order, for comparison', '{"order":41907,"total":184.4}'],
  ['MessagePack heads that announce 33 million items', base64(repeated([0xdd, 1, 0xff, 0xff, 0xff], 40))],
  ['MessagePack lists in lists, 48,000 deep', base64(new Uint8Array(48_000).fill(0x91))],
  [
    'MessagePack of a million numbers, packed',
    packed(Buffer.concat([Buffer.from([0xdd, 0, 15, 66, 64]), Buffer.alloc(1e6)])),
  ],
  [
    'CBOR of one number of 320 KiB, packed',
    packed(
      Buffer.concat([Buffer.from([0xa1, 0x62, 0x69, 0x64, 0xc2, 0x5a, 0, 5, 0, 0]), Buffer.alloc(0x5_0000, 0x77)]),
    ),
  ],
  ['JSON, 32,000 deep', '['.repeat(32_000) + ']'.repeat(32_000)],
  ['JSON objects, 10,000 deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['JSON, a million deep, packed', packed('['.repeat(1e6))],
  ['JSON of 32,000 numbers', numbers(64_000)],
  ['JSON of two million numbers, packed', packed(numbers(4_000_000))],
  ['JSON of one number of 64,000 digits', `{"n":1${'0'.repeat(63_000)}1}`],
  [
    'JSON of 300 keys of 10 KiB, packed',
    packed(JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, n) => ['k'.repeat(10_000) + n, n])))),
  ],
  ['30 MiB, packed in packed', base64(gzipSync(gzipSync(Buffer.alloc(30 * MIB))))],
  ['45 MiB of zeros, packed', base64(gzipSync(Buffer.alloc(45 * MIB)))],
  ['45 MiB of letters, packed with zlib', base64(deflateSync(Buffer.alloc(45 * MIB, 97)))],
  ['64 MiB, packed with brotli', base64(brotliCompressSync(Buffer.alloc(64 * MIB, 97)))],
  ['XML of 16,000 elements', `<r>${'<a/>'.repeat(16_000)}</r>`],
  ['XML of a million elements, packed', packed(`<r>${'<a/>'.repeat(1e6)}</r>`)],
  ['XML, 9,000 deep', '<a>'.repeat(9000) + '</a>'.repeat(9000)],
  ['300,000 declarations in XML, packed', packed('<!DOCTYPE a>'.repeat(300_000))],
  ['64,000 line ends', `a${'\n'.repeat(64_000)}b`],
  ['Four million line ends, packed', packed('\n'.repeat(4_000_000))],
  ['20,000 characters without a width', '\u200b\u202e'.repeat(10_000)],
  ['64,000 equals signs', `${'='.repeat(64_000)}a`],
  ['64,000 escapes', '%20'.repeat(21_000)],
];
const word = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '';
const bombs = ALL.filter(([words]) => words.includes(word));

/** @typedef {{ words: string, peeked: number, opened: number, searched: number, exported: number, heap: number, lost?: string }} Result */

await command(() =>
  onStage(async ({ app, azurite, page: first }) => {
    const account = encodeURIComponent(`${azurite.accountName}@${new URL(azurite.url).host}`);
    const addressOf = (/** @type {string} */ queue) => `${app}/#/q/${account}/${queue}`;
    await azurite.createQueue('harmless');
    await azurite.getQueueClient('harmless').sendMessage('harmless');
    /** @type {Result[]} */
    const results = [];
    for (const [index, [words, text]] of bombs.entries()) {
      const queue = `hostile-${index}`;
      await azurite.createQueue(queue);
      await azurite.getQueueClient(queue).sendMessage(text);
      const page = await first.context().newPage();
      page.setDefaultTimeout(LOST_MS);
      results.push(await measured(page, words, { harmless: addressOf('harmless'), hostile: addressOf(queue) }, queue));
      // One that hangs does not close either.
      await Promise.race([page.close(), new Promise((resolve) => setTimeout(resolve, 5000))]);
    }
    const block = Math.max(
      ...results.map(({ peeked, opened, searched, exported }) => Math.max(peeked, opened, searched, exported)),
    );
    const heap = Math.max(...results.map((one) => one.heap));
    const lost = results.filter((one) => one.lost !== undefined);
    report({
      rows: [
        ['longest task', 'peeked', 'opened', 'searched', 'exported', 'heap'],
        ...results.map(({ words, lost: why, heap: grown, ...one }) => [
          words,
          ...[one.peeked, one.opened, one.searched, one.exported].map((ms) => (ms < 50 ? '–' : milliseconds(ms))),
          why ?? `${(grown / MIB).toFixed(0)} MiB`,
        ]),
      ],
      verdicts: [
        { hard: true, ok: lost.length === 0, words: `${lost.length} of ${results.length} took the tab away` },
        {
          ok: block <= TARGET.block,
          words: `the main thread stands still for ${milliseconds(block)} at most; the target is ${TARGET.block} ms`,
        },
        {
          ok: heap <= TARGET.heap,
          words: `its heap grows by ${(heap / MIB).toFixed(0)} MiB at most; the target is ${TARGET.heap / MIB} MiB`,
        },
      ],
      figures: { target: TARGET, results },
    });
  }),
);

/**
 * @param {import('playwright').Page} page
 * @param {string} words
 * @param {{ harmless: string, hostile: string }} address
 * @param {string} queue
 * @returns {Promise<Result>}
 */
async function measured(page, words, address, queue) {
  const result = { words, peeked: 0, opened: 0, searched: 0, exported: 0, heap: 0 };
  await page.addInitScript(watchTasks);
  await page.goto(address.harmless);
  const grid = (/** @type {string} */ name) => page.getByRole('grid', { name: `Messages in ${name}` });
  await grid('harmless').getByRole('row').nth(1).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const used = async () => (await session.send('Runtime.getHeapUsage')).usedSize;
  const before = await used();
  const poll = setInterval(
    () =>
      void used()
        .then((now) => (result.heap = Math.max(result.heap, now - before)))
        .catch(() => {}),
    50,
  );
  const longest = async () => {
    await page.waitForTimeout(SETTLE_MS);
    return page.evaluate(() => {
      const { longestTask } = /** @type {{ longestTask: number }} */ (/** @type {unknown} */ (globalThis));
      Object.assign(globalThis, { longestTask: 0 });
      return longestTask;
    });
  };
  const work = async () => {
    await longest();
    await page.goto(address.hostile);
    const row = grid(queue).getByRole('row').nth(1);
    await row.waitFor();
    result.peeked = await longest();
    await row.click();
    await page.getByRole('region', { name: 'Message body' }).waitFor();
    result.opened = await longest();
    const field = page.getByRole('textbox', { name: 'Filter messages' });
    await field.fill('no such word');
    await grid(queue).waitFor({ state: 'detached' });
    await field.fill('');
    await row.waitFor();
    result.searched = await longest();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await page.getByRole('radio', { name: 'CSV' }).click();
    await page.getByRole('radio', { name: 'Decoded' }).click();
    await dialog.getByRole('button', { name: 'Export all messages' }).click();
    await page.getByText('Exported 1 message').first().waitFor();
    result.exported = await longest();
  };
  try {
    await Promise.race([
      work(),
      new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), 2 * LOST_MS)),
    ]);
    return result;
  } catch (error) {
    return { ...result, lost: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  } finally {
    clearInterval(poll);
  }
}

/** Runs in the page before anything else. */
function watchTasks() {
  Object.assign(globalThis, {
    longestTask: 0,
    showSaveFilePicker: async () => ({ createWritable: async () => new WritableStream() }),
  });
  new PerformanceObserver((list) => {
    const page = /** @type {{ longestTask: number }} */ (/** @type {unknown} */ (globalThis));
    for (const { duration } of list.getEntries()) page.longestTask = Math.max(page.longestTask, duration);
  }).observe({ type: 'longtask' });
}
