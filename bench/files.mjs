// A queue of 360,000 messages of 1 KiB to a file and back from one, in the built app: that the page's memory is bounded
// by what it has to know of each message (its id and receipt), and not by their texts.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { command } from '../server/command.mjs';
import { peakWhile } from './measure/memory.mjs';
import { report } from './measure/report.mjs';
import { serveInPage } from './measure/service-in-page.mjs';
import { onStage } from './measure/stage.mjs';

const KINDS = /** @type {const} */ (['export', 'import']);
const kinds = KINDS.filter((kind) => process.argv.includes(kind));
const [messages = 360_000] = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);
const QUEUE = 'bench-files';
const KIB = 1024;
const MIB = KIB * KIB;
/** Bytes of each text. */
const SIZE = KIB;
/** Of the page's memory beyond what it took before, in the bytes of all texts. */
const TARGET = 0.75;
/** Bytes of the page's memory beyond what it took before, for a million messages: what it knows of each is id, receipt and time. */
const MOST = { messages: 1_000_000, bytes: 300 * MIB };
const TIMEOUT_MS = 3_600_000;

/** @typedef {{ words: string, peak: number, seconds: number, done: number }} Run */

await command(async () => {
  const works = { export: exported, import: imported };
  const runs = [];
  for (const kind of kinds.length > 0 ? kinds : KINDS) runs.push(await measured(kind, works[kind]));
  const texts = messages * SIZE;
  await report({
    rows: [
      ['', 'messages', 'seconds', 'memory at its highest', 'of the texts'],
      ...runs.map(({ words, peak, seconds, done }) => [
        words,
        done.toLocaleString('en-GB'),
        seconds.toFixed(0),
        `${(peak / MIB).toFixed(0)} MiB`,
        (peak / texts).toFixed(2),
      ]),
    ],
    verdicts: runs.flatMap(({ words, peak, done }) => [
      { hard: true, ok: done === messages, words: `${words}: ${done.toLocaleString('en-GB')} messages` },
      {
        ok: peak / texts <= TARGET,
        words: `${words}: ${(peak / texts).toFixed(2)} of the texts held at most; the target is ${TARGET}`,
      },
      ...(messages >= MOST.messages
        ? [
            {
              ok: peak <= MOST.bytes,
              words: `${words}: ${(peak / MIB).toFixed(0)} MiB held at most; the target is ${MOST.bytes / MIB}`,
            },
          ]
        : []),
    ]),
    figures: { messages, size: SIZE, target: TARGET, runs },
    claimed: Object.fromEntries(runs.map(({ words, peak }) => [`MiB, ${words} of ${messages}`, peak / MIB])),
  });
});

/**
 * @param {string} words
 * @param {(page: import('playwright').Page) => Promise<number>} work settles with how many messages it came to
 * @returns {Promise<Run>}
 */
async function measured(words, work) {
  /** @type {Run | undefined} */
  let run;
  await onStage(async ({ app, azurite, page }) => {
    page.setDefaultTimeout(60_000);
    await page.addInitScript(serveInPage, { queue: QUEUE, rows: messages, size: SIZE });
    await page.addInitScript(countWhatIsSaved);
    const account = encodeURIComponent(`${azurite.accountName}@${new URL(azurite.url).host}`);
    await page.goto(`${app}/#/q/${account}/${QUEUE}`);
    await page.getByRole('grid', { name: `Messages in ${QUEUE}` }).waitFor();
    const began = performance.now();
    const { result: done, peak } = await peakWhile(page, () => work(page));
    run = { words, peak, seconds: (performance.now() - began) / 1000, done };
  });
  if (!run) throw new Error('Nothing was measured');
  return run;
}

/** @param {import('playwright').Page} page */
async function exported(page) {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Export all messages' }).click();
  await page
    .getByText(`Exported ${messages.toLocaleString('en-GB')} messages`)
    .first()
    .waitFor({ timeout: TIMEOUT_MS });
  return page.evaluate(() => Number(document.documentElement.dataset['savedLines']));
}

/** @param {import('playwright').Page} page */
async function imported(page) {
  const file = join(tmpdir(), `queuescope-bench-${process.pid}.jsonl`);
  const line = `${JSON.stringify({ text: 'x'.repeat(SIZE) })}\n`;
  const many = line.repeat(1000);
  await pipeline(
    Readable.from(
      (function* () {
        for (let left = messages; left > 0; left -= 1000) yield left >= 1000 ? many : line.repeat(left);
      })(),
    ),
    createWriteStream(file),
  );
  try {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('File to import').setInputFiles(file);
    await dialog
      .getByRole('button', { name: `Import ${messages.toLocaleString('en-GB')} messages` })
      .click({ timeout: TIMEOUT_MS });
    await page
      .getByText(`Imported ${messages.toLocaleString('en-GB')} messages`)
      .first()
      .waitFor({ timeout: TIMEOUT_MS });
    return messages;
  } finally {
    await rm(file, { force: true });
  }
}

/** Runs in the page before anything else: a file on disk that only counts its lines. */
function countWhatIsSaved() {
  let lines = 0;
  const count = (/** @type {Uint8Array} */ chunk) => {
    for (const byte of chunk) if (byte === 10) lines++;
    document.documentElement.dataset['savedLines'] = String(lines);
  };
  Object.assign(globalThis, {
    showSaveFilePicker: async () => ({ createWritable: async () => new WritableStream({ write: count }) }),
  });
}
