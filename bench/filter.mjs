// 100,000 messages in the built app: how long a filter, a sort or an expression takes from the press to the rows, and for
// how long the page's main thread stands still meanwhile. Beside it the same done plainly, in the page itself.
import { command } from '../server/command.mjs';
import { milliseconds, report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';
import { median, spread } from './measure/statistics.mjs';

const ROWS = 100_000;
const QUEUE = 'bench-filter';
const ROUNDS = 5;
/** Milliseconds from the press to the rows, and of the longest task of the main thread. */
const TARGET = { time: 150, block: 50 };

/** @typedef {{ time: number, block: number }} Run ms to the rows; ms of the longest task */
/** @typedef {{ words: string, rows: number, run: () => Promise<void>, back: () => Promise<void>, once?: boolean }} Case */

await command(() =>
  onStage(async (stage) => {
    const { page } = stage;
    const grid = await openGrid(stage);
    const field = page.getByRole('textbox', { name: 'Filter messages' });
    const clear = () => field.fill('');
    const head = (/** @type {string} */ name) => grid.getByRole('columnheader', { name }).getByRole('button').click();
    const sort = (/** @type {string} */ name) => ({
      run: () => head(name),
      back: async () => {
        await head(name);
        await head(name);
      },
    });

    /** @type {Case[]} */
    const cases = [
      {
        words: 'First search: all texts go to the worker',
        rows: 1,
        run: () => field.fill('HL-99999'),
        back: clear,
        once: true,
      },
      { words: 'A word in the body', rows: 11, run: () => field.fill('hl-4711'), back: clear },
      { words: 'Half of all rows', rows: 50_000, run: () => field.fill('basic'), back: clear },
      { words: 'A field: deq:>=5', rows: 28_570, run: () => field.fill('deq:>=5'), back: clear },
      { words: 'Sorted by age', rows: ROWS, ...sort('Inserted') },
      { words: 'Sorted by id', rows: ROWS, ...sort('ID') },
    ];
    const results = [];
    for (const one of cases) {
      /** @type {Run[]} */
      const runs = [];
      for (let round = 0; round < (one.once ? 1 : ROUNDS); round++) {
        runs.push(await timed(page, one.run, one.rows));
        await timed(page, one.back, ROWS);
      }
      results.push({
        words: one.words,
        time: median(runs.map(({ time }) => time)),
        half: spread(runs.map(({ time }) => time)),
        // The middle one: what else the machine does is not our work.
        block: median(runs.map(({ block }) => block)),
        isFirst: one.once === true,
      });
    }
    const plain = await page.evaluate(inThePage);
    const warm = results.filter(({ isFirst }) => !isFirst);
    const [time, block] = [Math.max(...warm.map((one) => one.time)), Math.max(...results.map((one) => one.block))];
    await report({
      rows: [
        ['', 'to the rows', 'longest task'],
        ...results.map((one) => [one.words, milliseconds(one.time), milliseconds(one.block)]),
        ['The word, plainly in the page', milliseconds(plain.filter), milliseconds(plain.filter)],
        ['By id, plainly in the page', milliseconds(plain.sort), milliseconds(plain.sort)],
      ],
      verdicts: [
        {
          ok: time <= TARGET.time,
          words: `${milliseconds(time)} at most once the texts are there; the target is ${TARGET.time} ms`,
        },
        {
          ok: block <= TARGET.block,
          words: `the main thread stands still for ${milliseconds(block)} at most; the target is ${TARGET.block} ms`,
        },
      ],
      figures: { target: TARGET, results, plain },
      claimed: { 'ms to filter': slowest(warm.slice(0, 3)), 'ms to sort': slowest(warm.slice(3)) },
    });
  }),
);

/** @param {{ half: import('./measure/statistics.mjs').Spread }[]} results */
function slowest(results) {
  return results.map(({ half }) => half).reduce((one, other) => (other.median > one.median ? other : one));
}

/**
 * Opens the queue in the app with far more messages than a service gives: the answer to its peek is ours.
 * @param {import('./measure/stage.mjs').Stage} stage
 */
async function openGrid({ app, azurite, page }) {
  await azurite.createQueue(QUEUE);
  await page.addInitScript(answerPeeks, ROWS);
  const account = encodeURIComponent(`${azurite.accountName}@${new URL(azurite.url).host}`);
  await page.goto(`${app}/#/q/${account}/${QUEUE}`);
  const grid = page.getByRole('grid', { name: `Messages in ${QUEUE}` });
  await grid.getByRole('row').nth(9).waitFor({ timeout: 120_000 });
  return grid;
}

/**
 * From the press until the grid has the rows and has drawn them.
 * @param {import('playwright').Page} page
 * @param {() => Promise<void>} press
 * @param {number} rows
 * @returns {Promise<Run>}
 */
async function timed(page, press, rows) {
  await page.evaluate(() => {
    const state = { start: 0, end: 0, block: 0, first: document.querySelector('[role=grid] [data-index="0"]')?.id };
    Object.assign(window, { bench: state });
    for (const type of ['input', 'click'])
      addEventListener(type, () => (state.start ||= performance.now()), { capture: true, once: true });
    new PerformanceObserver((list) => {
      for (const { duration, startTime } of list.getEntries())
        if (startTime >= state.start - 50) state.block = Math.max(state.block, duration);
    }).observe({ type: 'longtask' });
    const seen = new MutationObserver(() => (state.end = performance.now()));
    const grid = document.querySelector('[role=grid]');
    if (grid)
      seen.observe(document.body, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['aria-rowcount', 'id'],
      });
  });
  await press();
  await page.waitForFunction(
    (wanted) => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) === wanted,
    rows,
    { timeout: 60_000 },
  );
  // Each of these questions has another message on top, and one that follows for a while belongs to the answer.
  await page.waitForFunction(() => {
    const { bench } = /** @type {{ bench: { start: number, end: number, first: string } }} */ (
      /** @type {unknown} */ (window)
    );
    const first = document.querySelector('[role=grid] [data-index="0"]')?.id;
    return first !== bench.first && bench.end > bench.start && performance.now() - bench.end > 300;
  });
  return page.evaluate(() => {
    const { start, end, block } = /** @type {{ bench: { start: number, end: number, block: number } }} */ (
      /** @type {unknown} */ (window)
    ).bench;
    return { time: end - start, block };
  });
}

/** Runs in the page: the plain way, on the main thread. */
function inThePage() {
  const all = /** @type {{ benchTexts: string[] }} */ (/** @type {unknown} */ (globalThis)).benchTexts;
  const rows = all.map((text, index) => ({ id: `${(index * 2_654_435_761) % 4_294_967_296}-${index}`, text }));
  const start = performance.now();
  const found = rows.filter(({ text }) => text.toLowerCase().includes('hl-4711'));
  const filtered = performance.now();
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { filter: filtered - start, sort: performance.now() - filtered, found: found.length + sorted.length };
}

/** Runs in the page before anything else: the answer to a peek is made there, 100 MB being too many to bring in. @param {number} count */
function answerPeeks(count) {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return url.includes('peekonly=true') ? Promise.resolve(answer()) : original(input, init);
  };
  const note = 'Left at the door of the neighbour, who signed for it. '.repeat(14);
  const benchTexts = Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      order: n,
      reference: `HL-${n}`,
      tier: n % 2 ? 'basic' : 'gold',
      total: (n * 7919) % 100_000,
      note,
    }),
  );
  Object.assign(globalThis, { benchTexts });
  function answer() {
    const now = Date.now();
    const expires = new Date(now + 604_800_000).toUTCString();
    const messages = benchTexts.map((text, n) => {
      const id = (((n + 1) * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0');
      return `<QueueMessage><MessageId>${id}-0000-4000-8000-${n.toString(16).padStart(12, '0')}</MessageId><InsertionTime>${new Date(now - n * 1000).toUTCString()}</InsertionTime><ExpirationTime>${expires}</ExpirationTime><DequeueCount>${n % 7}</DequeueCount><MessageText>${text}</MessageText></QueueMessage>`;
    });
    return new Response(
      `<?xml version="1.0" encoding="utf-8"?><QueueMessagesList>${messages.join('')}</QueueMessagesList>`,
      {
        headers: { 'content-type': 'application/xml' },
      },
    );
  }
}
