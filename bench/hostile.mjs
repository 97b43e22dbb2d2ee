// Messages that are made to take the tab away, each in a queue of its own: peeked, opened, made columns of, searched, exported
// decoded, compared, made a template of, edited and formatted in the built app. The longest task of the main thread, and how
// much its heap grows at the highest. A word after the name takes the messages whose words have it in them.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { command } from '../server/command.mjs';
import { attackRelay } from './measure/relay-attacks.mjs';
import { milliseconds, report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';

const MIB = 1024 * 1024;
/** Milliseconds of the longest task, bytes of the heap, and bytes that the local server grows by at most while it is attacked. */
const TARGET = { block: 100, heap: 64 * MIB, server: 96 * MIB };
/** After so long the tab counts as lost. */
const LOST_MS = 60_000;
/** What follows an answer belongs to it. */
const SETTLE_MS = 700;

const packed = (/** @type {string | Uint8Array} */ content) => gzipSync(content, { level: 9 }).toString('base64');
const base64 = (/** @type {number[] | Uint8Array} */ bytes) => Buffer.from(bytes).toString('base64');
const repeated = (/** @type {number[]} */ piece, /** @type {number} */ count) =>
  Array.from({ length: count }, () => piece).flat();
const ORDER = '{"order":41907,"total":184.4}';
const numbers = (/** @type {number} */ size) => `[${'1,'.repeat(size / 2)}1]`;

/** Lines that differ from one side to the other in each. @param {number} count @param {string} words */
const linesOf = (count, words) => Array.from({ length: count }, (_, at) => `${words}${at}`).join('\n');

/** @type {[words: string, text: string, beside?: string][]} `beside`: the message that it is compared with. */
const ALL = [
  ['An order, for comparison', ORDER],
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
  ['JSON of 300,000 parts, packed', packed(numbers(300_000))],
  ['JSON of 240,000 parts, 32 deep, packed', packed('['.repeat(32) + numbers(240_000) + ']'.repeat(32))],
  ['A text of one line of 500 KiB, packed', packed('x y '.repeat(125_000))],
  [
    'JSON of 19,000 lines, packed',
    packed(
      JSON.stringify(
        Array.from({ length: 9000 }, (_, n) => ({ n })),
        null,
        1,
      ),
    ),
  ],
  [
    'XML of one element of 5,000 attributes',
    `<r ${Array.from({ length: 5000 }, (_, n) => `a${n}="${n}"`).join(' ')}/>`,
  ],
  ['32,000 brackets in one line', `text ${'[]'.repeat(16_000)}`],
  ['16,000 letters with marks above', 'a\u0301\u0302\u0303\u0304\u0305\u0306\u0307'.repeat(3900)],
  ['9,000 runs of the other direction', 'a\u05d0 1 '.repeat(9000)],
  ['Two texts that differ in 7,000 lines', linesOf(7000, 'a'), linesOf(7000, 'b')],
  ['Two texts that differ in the words of 290 lines', linesOf(290, 'a b '.repeat(50)), linesOf(290, 'b c '.repeat(50))],
  ['Two texts of one line of 64,000 characters', 'x'.repeat(64_000), 'y'.repeat(64_000)],
  ['8,000 places to fill in of a template', '{{counter}}'.repeat(5000)],
  ['64,000 opening braces', '{'.repeat(64_000)],
  ['20,000 characters without a width', '\u200b\u202e'.repeat(10_000)],
  ['64,000 equals signs', `${'='.repeat(64_000)}a`],
  ['64,000 escapes', '%20'.repeat(21_000)],
];
const word = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '';
const bombs = ALL.filter(([words]) => words.includes(word));

/** What is done with each message, in this order. */
const STEPS = /** @type {const} */ ([
  'peeked',
  'opened',
  'columns',
  'searched',
  'exported',
  'compared',
  'template',
  'edited',
  'formatted',
]);

/** @typedef {Record<typeof STEPS[number], number>} Tasks the longest task of each step, in milliseconds */
/** @typedef {{ words: string, tasks: Tasks, heap: number, heapAt: string, lost?: string }} Result `heapAt`: the step at which the heap was largest */

await command(() =>
  onStage(async ({ app, azurite, page: first }) => {
    const account = encodeURIComponent(`${azurite.accountName}@${new URL(azurite.url).host}`);
    const addressOf = (/** @type {string} */ queue) => `${app}/#/q/${account}/${queue}`;
    await azurite.createQueue('harmless');
    await azurite.getQueueClient('harmless').sendMessage('harmless');
    /** @type {Result[]} */
    const results = [];
    for (const [index, [words, text, beside = ORDER]] of bombs.entries()) {
      const queue = `hostile-${index}`;
      await azurite.createQueue(queue);
      for (const one of [text, beside]) await azurite.getQueueClient(queue).sendMessage(one);
      const page = await first.context().newPage();
      page.setDefaultTimeout(LOST_MS);
      const work = () => measured(page, words, { harmless: addressOf('harmless'), hostile: addressOf(queue) }, queue);
      results.push(await work());
      // One that hangs does not close either.
      await Promise.race([page.close(), new Promise((resolve) => setTimeout(resolve, 5000))]);
    }
    const block = Math.max(...results.flatMap(({ tasks }) => Object.values(tasks)));
    const heap = Math.max(...results.map((one) => one.heap));
    const lost = results.filter((one) => one.lost !== undefined);
    if (results.length > 0)
      await report({
        rows: [
          ['longest task', ...STEPS, 'heap'],
          ...results.map(({ words, tasks, heap: grown, heapAt, lost: why }) => [
            words,
            ...STEPS.map((step) => (tasks[step] < 50 ? '–' : milliseconds(tasks[step]))),
            why ?? `${(grown / MIB).toFixed(0)} MiB, ${heapAt}`,
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
        claimed: { 'tabs lost': lost.length, 'ms of the longest task': block, 'MiB of heap': heap / MIB },
      });
    if (!'the relay'.includes(word)) return;
    const attacked = await attackRelay();
    await report({
      rows: [
        ['attacks on the relay', 'forms', 'refused', 'broken off', 'reached the account', 'longest', 'peak memory'],
        ...attacked.map(({ group, forms, refused, cut, reached, slowest, peak }) => [
          group,
          ...[forms, refused, cut, reached].map(String),
          milliseconds(slowest),
          `${(peak / MIB).toFixed(0)} MiB`,
        ]),
      ],
      verdicts: attacked.map(({ group, passed, served, peak }) => ({
        hard: true,
        ok: passed.length === 0 && served && peak <= TARGET.server,
        words: `${group}: ${passed.length === 0 ? 'none passed' : passed.join(', ')}; the page is served${served ? '' : ' no more'}; the server grows by ${(peak / MIB).toFixed(0)} MiB`,
      })),
      figures: { attacked },
      claimed: {
        'attacks passed': attacked.reduce((sum, { passed }) => sum + passed.length, 0),
        'MiB of the relay': Math.max(...attacked.map(({ peak }) => peak)) / MIB,
      },
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
  const tasks = /** @type {Tasks} */ (Object.fromEntries(STEPS.map((step) => [step, 0])));
  const result = { words, tasks, heap: 0, heapAt: '' };
  let at = '';
  await page.addInitScript(forgetFiles);
  await page.goto(address.harmless);
  const grid = (/** @type {string} */ name) => page.getByRole('grid', { name: `Messages in ${name}` });
  await grid('harmless').getByRole('row').nth(1).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const used = async () => (await session.send('Runtime.getHeapUsage')).usedSize;
  const before = await used();
  const look = async () => {
    const grown = (await used()) - before;
    if (grown > result.heap) Object.assign(result, { heap: grown, heapAt: at });
  };
  // Of a page that is closing, nothing can be told.
  const poll = setInterval(() => void look().catch(() => {}), 50);
  const browser = page.context().browser();
  if (!browser) throw new Error('No browser');
  const row = grid(queue).getByRole('row').nth(1);
  const dialog = page.getByRole('dialog');
  const gone = () => dialog.waitFor({ state: 'detached' });
  /** @type {Record<typeof STEPS[number], () => Promise<void>>} */
  const steps = {
    async peeked() {
      await page.goto(address.hostile);
      await row.waitFor();
    },
    async opened() {
      await row.click();
      await page.getByRole('region', { name: 'Message body' }).waitFor();
    },
    async columns() {
      await page.getByRole('button', { name: 'Choose columns' }).click();
      await page.getByRole('menuitem', { name: 'Columns from the body' }).click();
      await page.waitForTimeout(SETTLE_MS);
      const offered = dialog.getByRole('button', { name: /^Add column ./ });
      if ((await offered.count()) > 0) await offered.first().click();
      for (const path of ['total', '[0]']) {
        await dialog.getByRole('textbox', { name: 'Path' }).fill(path);
        await page.keyboard.press('Enter');
      }
      await dialog.getByRole('button', { name: 'Done' }).click();
      await gone();
    },
    async searched() {
      const field = page.getByRole('textbox', { name: 'Filter messages' });
      await field.fill('no such word');
      await grid(queue).waitFor({ state: 'detached' });
      await field.fill('');
      await row.waitFor();
    },
    async exported() {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('radio', { name: 'CSV' }).click();
      await page.getByRole('radio', { name: 'Decoded' }).click();
      await dialog.getByRole('button', { name: 'Export all messages' }).click();
      // By its role: a search for text reads that of every element, which would be counted as memory of the page.
      await page.getByRole('status').filter({ hasText: 'Exported 2 messages' }).first().waitFor();
    },
    async compared() {
      const boxes = page.getByRole('checkbox', { name: /^Select message/ });
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      await page.getByRole('button', { name: 'Compare' }).click();
      await dialog.getByRole('status').waitFor();
      await page.waitForTimeout(SETTLE_MS);
      await dialog.getByText('Raw text').click();
      await page.waitForTimeout(SETTLE_MS);
      await page.keyboard.press('Escape');
      await gone();
      await boxes.nth(0).uncheck();
      await boxes.nth(1).uncheck();
    },
    async template() {
      await row.click();
      await page.getByRole('button', { name: 'More message actions' }).click();
      await page.getByRole('menuitem', { name: 'Send copies' }).click();
      await dialog.getByRole('button', { name: 'Save as template' }).click();
      await page.waitForTimeout(SETTLE_MS);
      await page.keyboard.press('Escape');
      await gone();
    },
    async edited() {
      await page.getByRole('radio', { name: 'Receive' }).click();
      await page.getByRole('button', { name: '16 for 5 min' }).click();
      await grid(queue)
        .getByRole('img', { name: /^Leased by you/ })
        .nth(1)
        .waitFor();
      await row.click();
      await page.keyboard.press('e');
      const field = dialog.getByRole('textbox', { name: 'Message body' });
      const slow = dialog.getByRole('button', { name: 'Edit all the same' });
      await field.or(slow).waitFor();
      if (await slow.isVisible()) return;
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' x');
    },
    async formatted() {
      const button = dialog.getByRole('button', { name: 'Format' });
      await page.keyboard.press('Control+z');
      await page.waitForTimeout(SETTLE_MS);
      if (await button.isEnabled()) await button.click();
    },
  };
  const work = async () => {
    await page.waitForTimeout(SETTLE_MS);
    for (const step of STEPS) {
      at = step;
      // What the step before has left behind is not of this one.
      await session.send('HeapProfiler.collectGarbage');
      await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
      try {
        await steps[step]();
        await page.waitForTimeout(SETTLE_MS);
      } finally {
        result.tasks[step] = longestTask(await browser.stopTracing());
      }
    }
  };
  let late;
  try {
    await Promise.race([
      work(),
      new Promise((_, reject) => {
        late = setTimeout(() => reject(new Error('no answer')), 3 * LOST_MS);
      }),
    ]);
    return result;
  } catch (error) {
    return { ...result, lost: `${at}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}` };
  } finally {
    clearTimeout(late);
    clearInterval(poll);
  }
}

/** @param {{ pid: number, tid: number }} event */
function threadOf({ pid, tid }) {
  return `${pid} ${tid}`;
}

/**
 * The longest task of a page, in milliseconds that the processor worked on it: others that use this machine do not count.
 * @param {Buffer} trace
 */
function longestTask(trace) {
  /** @typedef {{ name: string, pid: number, tid: number, dur?: number, tdur?: number, args: { name?: string } }} Event */
  const { traceEvents } = /** @type {{ traceEvents: Event[] }} */ (JSON.parse(trace.toString()));
  const main = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  return traceEvents
    .filter((event) => event.name.endsWith('RunTask') && main.has(threadOf(event)))
    .reduce((longest, { dur = 0, tdur = dur }) => Math.max(longest, tdur / 1000), 0);
}

/** Runs in the page before anything else: a file that is saved goes nowhere. */
function forgetFiles() {
  Object.assign(globalThis, {
    showSaveFilePicker: async () => ({ createWritable: async () => new WritableStream() }),
  });
}
