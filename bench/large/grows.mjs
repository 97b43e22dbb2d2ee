/* oxlint-disable unicorn/consistent-function-scoping -- functions of the page stand in what is sent to it */
// Queues of four sizes in the sandbox of the built app: import, browse, return, filter, sort, select, export and delete. The work
// for each message must not grow with their number, no task may stop the page, and its memory is bounded by the texts.
// `node bench/large/grows.mjs 4000 16000` takes other sizes.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { command } from '../../server/command.mjs';
import { resident } from '../measure/memory.mjs';
import { report } from '../measure/report.mjs';
import { onStage } from '../measure/stage.mjs';
import { LONG_MS, tasksWhile } from '../measure/tasks.mjs';

const given = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);
const SIZES = given.length > 0 ? given : [4000, 16_000, 64_000, 200_000];
const QUEUE = 'bench-grows';
const KIB = 1024;
const MIB = KIB * KIB;
/** Bytes of each text. */
const SIZE = KIB;
/** Of the work for a message, most to least; of memory, in the bytes of the texts. */
const TARGET = { growth: 1.3, memory: 2 };
/** Below so many texts the page itself weighs more than they. */
const WEIGHED = 64_000;
const TIMEOUT_MS = 1_800_000;
const SETTLE_MS = 1500;

/** What is done to each message; the others are one act on all rows. */
const OF_EACH = ['import', 'browse', 'return', 'keep', 'export', 'delete'];

/** @typedef {import('../measure/tasks.mjs').Tasks & { name: string, seconds: number, memory: number }} Step */
/** @typedef {{ messages: number, steps: Step[] }} Run */

await command(async () => {
  /** @type {Run[]} */
  const runs = [];
  for (const messages of SIZES) runs.push(await measured(messages));
  const names = runs[0]?.steps.map(({ name }) => name) ?? [];
  const each = (/** @type {Run} */ run, /** @type {string} */ name) =>
    ((of(run, name)?.work ?? 0) * 1000) / run.messages;
  const growths = OF_EACH.map((name) => ({ name, growth: growth(runs.map((run) => each(run, name))) }));
  const worst = growths.reduce((one, other) => (other.growth > one.growth ? other : one));
  const large = runs.filter(({ messages }) => messages >= WEIGHED);
  const shares = large.flatMap(({ messages, steps: all }) =>
    all.map(({ name, memory }) => ({ name, messages, share: memory / (messages * SIZE) })),
  );
  const heaviest = shares.reduce((one, other) => (other.share > one.share ? other : one), {
    name: '',
    messages: 0,
    share: 0,
  });
  await report({
    rows: [
      ['µs of work a message, page and workers', ...SIZES.map(inWords)],
      ...OF_EACH.map((name) => [name].concat(runs.map((run) => each(run, name).toFixed(0)))),
      ['', ...SIZES.map(() => '')],
      [`Tasks over ${LONG_MS} ms, longest`, ...SIZES.map(inWords)],
      ...names.map((name) => [name, ...runs.map((run) => longOf(of(run, name)))]),
      ['', ...SIZES.map(() => '')],
      ['Seconds; MiB beside the service', ...SIZES.map(inWords)],
      ...names.map((name) =>
        [name].concat(
          runs.map((run) => `${of(run, name)?.seconds.toFixed(1)}; ${((of(run, name)?.memory ?? 0) / MIB).toFixed(0)}`),
        ),
      ),
    ],
    verdicts: [
      {
        hard: true,
        ok: worst.growth <= TARGET.growth,
        words: `${worst.name} grows most, by ${worst.growth.toFixed(2)} times of the work for a message; the target is ${TARGET.growth}`,
      },
      {
        hard: true,
        ok: heaviest.share <= TARGET.memory,
        words:
          large.length === 0
            ? 'No size is large enough to weigh'
            : `${heaviest.share.toFixed(2)} times the texts held at most, after ${heaviest.name} of ${inWords(heaviest.messages)}; the target is ${TARGET.memory}`,
      },
      ...runs.map(({ messages, steps: all }) => {
        const long = all.reduce((sum, step) => sum + step.long, 0);
        const longest = Math.max(...all.map((step) => step.longest));
        return {
          ok: long === 0,
          words: `${inWords(messages)}: ${long} tasks over ${LONG_MS} ms of the processor, the longest ${longest.toFixed(0)} ms; the target is none`,
        };
      }),
    ],
    figures: { target: TARGET, runs },
    claimed: Object.fromEntries(
      runs.flatMap((run) =>
        OF_EACH.map((name) => [`${name} of ${run.messages}, µs of work a message`, each(run, name)]),
      ),
    ),
  });
});

/** The most that a value is over one before it: what is only set up once makes the first ones large, which is no growth. @param {number[]} values */
function growth(values) {
  return Math.max(1, ...values.map((value, index) => value / Math.min(value, ...values.slice(0, index))));
}

/** @param {Run} run @param {string} name */
function of(run, name) {
  return run.steps.find((step) => step.name === name);
}

/** @param {Step | undefined} step */
function longOf(step) {
  return step ? `${step.long}, ${step.longest.toFixed(0)} ms` : '';
}

/** @param {number} value */
function inWords(value) {
  return value.toLocaleString('en-GB');
}

/** @param {number} messages @returns {Promise<Run>} */
async function measured(messages) {
  /** @type {Run} */
  const run = { messages, steps: [] };
  await onStage(async ({ app, page }) => {
    page.setDefaultTimeout(TIMEOUT_MS);
    const session = await page.context().newCDPSession(page);
    const browser = await page.context().browser()?.newBrowserCDPSession();
    await page.addInitScript(forgetFiles);
    await openFilled(page, app, messages);
    const before = await resident(session, browser);

    /** @param {string} name @param {() => Promise<unknown>} work */
    async function step(name, work) {
      const began = performance.now();
      let seconds = 0;
      const tasks = await tasksWhile(page, async () => {
        await work();
        seconds = (performance.now() - began) / 1000;
      });
      run.steps.push({ name, seconds, memory: (await resident(session, browser)) - before, ...tasks });
    }
    await steps(page, messages, step);
  });
  return run;
}

/**
 * @param {import('playwright').Page} page
 * @param {number} messages
 * @param {(name: string, work: () => Promise<unknown>) => Promise<void>} step
 */
async function steps(page, messages, step) {
  const all = inWords(messages);
  const dialog = page.getByRole('dialog');
  const toolbar = page.getByRole('toolbar');
  const shown = (/** @type {string | RegExp} */ text) => page.getByText(text).first().waitFor();
  const start = page.getByRole('button', { name: `Browse all ${all}` });
  const filter = page.getByRole('textbox', { name: 'Filter messages' });
  const byId = page.getByRole('columnheader', { name: 'ID' }).getByRole('button');
  const everything = page.getByRole('checkbox', { name: 'Select all loaded messages' });

  await page.getByRole('radio', { name: 'Browse' }).click();
  await start.waitFor();
  await step('browse', async () => {
    await start.click();
    await page.getByRole('progressbar', { name: 'Return progress' }).waitFor();
  });
  await step('return', () => shown(`Browsed ${all} messages, all returned`));
  await step('first filter', async () => {
    await filter.fill(`HL-${messages - 1}`);
    await shown(`Showing 1 of ${all}`);
  });
  await step('filter off', async () => {
    await filter.fill('');
    await shown(`Showing all ${all}`);
  });
  await step('sort', async () => {
    await byId.click();
    await page.waitForTimeout(SETTLE_MS);
  });
  await step('select all', async () => {
    await everything.check();
    await shown(`${all} selected`);
  });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Browse again' }).click();
  await page.getByText('Work on these').click();
  await start.waitFor();
  await step('keep', async () => {
    await start.click();
    await shown(`${all} in hand`);
  });
  await everything.check();
  await shown(`${all} selected`);
  await step('export', async () => {
    await toolbar.getByRole('button', { name: /^Export/ }).click();
    await dialog
      .getByRole('button', { name: /^Export/ })
      .last()
      .click();
    await shown(`Exported ${all} messages`);
  });
  await step('delete', async () => {
    await toolbar.getByRole('button', { name: /^Delete/ }).click();
    await page
      .getByRole('button', { name: `Delete ${all} messages` })
      .last()
      .click();
    await shown(`Deleted ${all} messages`);
  });
  const file = await fileOf(messages);
  try {
    await step('import', async () => {
      await page.getByRole('button', { name: 'Import', exact: true }).first().click();
      await dialog.getByLabel('File to import').setInputFiles(file);
      await dialog.getByRole('button', { name: `Import ${all} messages` }).click();
      await shown(`Imported ${all} messages`);
    });
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Opens the queue in the sandbox with so many messages: they are put into what the sandbox of this tab has persisted.
 * @param {import('playwright').Page} page
 * @param {string} app
 * @param {number} messages
 */
async function openFilled(page, app, messages) {
  await page.goto(`${app}/#/q/sandbox@sandbox.queue.invalid/orders`);
  await page.getByRole('grid', { name: 'Messages in orders' }).waitFor();
  await page.waitForTimeout(SETTLE_MS);
  await page.evaluate(fillSandbox, { queue: QUEUE, messages, size: SIZE });
  await page.goto(`${app}/#/q/sandbox@sandbox.queue.invalid/${QUEUE}`);
  await page.reload();
  await page.getByRole('grid', { name: `Messages in ${QUEUE}` }).waitFor();
}

/** Runs in the page. @param {{ queue: string, messages: number, size: number }} options */
async function fillSandbox({ queue, messages, size }) {
  const request = indexedDB.open('queuescope-sandbox');
  const done = (/** @type {IDBRequest} */ one) =>
    new Promise((resolve, reject) => {
      one.addEventListener('success', () => resolve(one.result));
      one.addEventListener('error', () => reject(one.error ?? new Error('No storage')));
    });
  const database = await done(request);
  const store = database.transaction('snapshots-1', 'readwrite').objectStore('snapshots-1');
  const keys = await done(store.getAllKeys());
  const headKey = keys.find((/** @type {string[]} */ [, kind]) => kind === 'head');
  const head = await done(store.get(headKey));
  const now = head.clock.now;
  const content = Array.from({ length: messages }, (_, n) => {
    const text = JSON.stringify({ order: n, reference: `HL-${n}`, total: (n * 7919) % 100_000, note: '' });
    const note = `Parcel ${n} waits at the door. `.repeat(40).slice(0, size - text.length);
    return {
      id: `${((n * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
      sequence: n + 1,
      text: text.replace('""', `"${note}"`),
      insertedAt: now - messages + n,
      expiresAt: now + 604_800_000,
      visibleAt: now - messages + n,
      dequeueCount: 0,
      receiptNumber: head.nextReceiptNumber + n,
    };
  });
  store.put(
    {
      ...head,
      nextReceiptNumber: head.nextReceiptNumber + messages,
      queueNames: [...head.queueNames, queue].toSorted((one, other) => (one < other ? -1 : 1)),
    },
    headKey,
  );
  store.put({ name: queue, metadata: {}, policies: [], nextSequence: messages + 1, messages: content }, [
    headKey[0],
    'queue',
    queue,
  ]);
  await new Promise((resolve) => store.transaction.addEventListener('complete', resolve));
  database.close();
}

/** @param {number} messages */
async function fileOf(messages) {
  const file = join(tmpdir(), `queuescope-bench-${process.pid}.jsonl`);
  const note = 'Parcel waits at the door. '.repeat(40);
  await pipeline(
    Readable.from(
      (function* () {
        for (let n = 0; n < messages; n++)
          yield `${JSON.stringify({ text: JSON.stringify({ order: n, note }).slice(0, SIZE) })}\n`;
      })(),
    ),
    createWriteStream(file),
  );
  return file;
}

/** Runs in the page before anything else: a file that is saved goes nowhere. */
function forgetFiles() {
  Object.assign(globalThis, {
    showSaveFilePicker: async () => ({ createWritable: async () => new WritableStream({ write: () => {} }) }),
  });
}
