// The grid of the built app with 10,000 rows in it: how evenly frames come while it scrolls, and what is in the page.
import { command } from '../command.mjs';
import { demoQueues } from '../demo-queues.mjs';
import { milliseconds, report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';
import { median, quantile } from './measure/statistics.mjs';

const ROWS = 10_000;
const QUEUE = 'bench-grid';

/** Milliseconds of a frame; at 60 Hz one is 16.7. */
const TARGET = 17;
/** Rows in the page: those in sight at this size of window, ten more on each side, and some to spare. */
const MOST_ROWS = 60;

const ROUNDS = 3;
const FRAMES = 180;
/** Px a frame: some 6,000 px a second, a brisk wheel; and a whole screen of new rows in every frame. */
const PACES = { wheel: 100, screen: 800 };

await command(() =>
  onStage(async ({ app, azurite, bench, page }) => {
    await azurite.createQueue(QUEUE);
    // The service gives 32 at most: this stands in for it, once the request has passed CORS.
    await page.route(/peekonly=true/, (route) =>
      route.request().method() === 'OPTIONS'
        ? route.fallback()
        : route.fulfill({
            headers: { 'access-control-allow-origin': '*', 'content-type': 'application/xml' },
            body: answerOf(ROWS),
          }),
    );
    const empty = await page.context().newPage();
    await empty.goto(bench);
    await page.goto(`${app}/#/q/${encodeURIComponent(`${azurite.accountName}@${new URL(azurite.url).host}`)}/${QUEUE}`);
    const grid = page.getByRole('grid', { name: `Messages in ${QUEUE}` });
    await grid.getByRole('row').nth(9).waitFor();
    const loaded = Number(await grid.getAttribute('aria-rowcount'));

    /** @type {Record<'idle' | keyof typeof PACES, Awaited<ReturnType<typeof scrolled>>[]>} */
    const runs = { idle: [], wheel: [], screen: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      const turn = {
        idle: await scrolled(empty, 0),
        wheel: await scrolled(page, PACES.wheel),
        screen: await scrolled(page, PACES.screen),
      };
      // The first round warms up.
      if (round > 0) for (const name of /** @type {const} */ (['idle', 'wheel', 'screen'])) runs[name].push(turn[name]);
    }

    const results = Object.entries({
      idle: 'An empty page',
      wheel: `Scrolling ${PACES.wheel} px a frame`,
      screen: `Scrolling ${PACES.screen} px a frame`,
    }).map(([name, words]) => {
      const of = runs[/** @type {keyof typeof runs} */ (name)];
      const frames = of.flatMap((run) => run.frames);
      const mainThread = median(of.map((run) => run.mainThread));
      return { name, words, p50: median(frames), p95: quantile(frames, 0.95), mainThread };
    });
    const rows = Math.max(...[...runs.wheel, ...runs.screen].map((run) => run.rows));
    const [idle, wheel] = results;
    if (!idle || !wheel) throw new Error('Nothing was measured.');
    const ok = wheel.p95 <= TARGET;
    const beside = `${(wheel.p95 / idle.p95).toFixed(2)} times the empty page's in this run`;
    report({
      rows: [
        ['', 'frame p50', 'frame p95', 'main thread'],
        ...results.map(({ words, p50, p95, mainThread }) => [
          words,
          milliseconds(p50),
          milliseconds(p95),
          milliseconds(mainThread),
        ]),
      ],
      verdicts: [
        { hard: true, ok: loaded === ROWS, words: `${loaded.toLocaleString('en-GB')} rows loaded` },
        { hard: true, ok: rows <= MOST_ROWS, words: `${rows} rows in the page at most, bound ${MOST_ROWS}` },
        {
          ok,
          words: `Frames while scrolling: p95 ${milliseconds(wheel.p95)}, ${ok ? 'within' : 'over'} the target of ${TARGET} ms; ${beside}`,
        },
      ],
      figures: { target: TARGET, loaded, liveRows: rows, liveRowsBound: MOST_ROWS, results },
    });
  }),
);

/**
 * Scrolls the grid, if the page has one, for some frames, back and forth.
 * @param {import('playwright').Page} page
 * @param {number} step px in each frame
 * @returns {Promise<{ frames: number[], rows: number, mainThread: number }>} `frames`: ms from each to the next;
 *   `rows`: most in the page at a time; `mainThread`: busy ms a frame
 */
async function scrolled(page, step) {
  await page.bringToFront();
  const session = await page.context().newCDPSession(page);
  // Processor time, not time on the clock: other programs do not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await busyTime(session);
  const run = await page.evaluate(
    ({ step, count }) =>
      new Promise((/** @type {(run: { frames: number[], rows: number }) => void} */ resolve) => {
        const grid = document.querySelector('[role=grid]');
        /** @type {number[]} */
        const frames = [];
        let [rows, direction, last] = [0, 1, 0];
        const frame = (/** @type {number} */ now) => {
          if (last > 0) frames.push(now - last);
          last = now;
          if (frames.length === count) return resolve({ frames, rows });
          if (grid) {
            const end = grid.scrollHeight - grid.clientHeight;
            if (grid.scrollTop + direction * step > end || grid.scrollTop + direction * step < 0)
              direction = -direction;
            grid.scrollTop += direction * step;
            rows = Math.max(rows, grid.querySelectorAll('[role=row][data-index]').length);
          }
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { step, count: FRAMES },
  );
  const mainThread = ((await busyTime(session)) - before) / FRAMES;
  await session.detach();
  return { ...run, mainThread };
}

/** Ms that the page's main thread has been busy. @param {import('playwright').CDPSession} session */
async function busyTime(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** A peek's answer with more messages than any service gives. @param {number} count */
function answerOf(count) {
  const texts = demoQueues()
    .orders.messages.map(({ text }) => text)
    .filter((text) => text.length < 2000)
    .map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
  const now = Date.now();
  const messages = Array.from({ length: count }, (_, n) => {
    const inserted = new Date(now - n * 7000).toUTCString();
    const expires = new Date(now + 604_800_000 - n * 7000).toUTCString();
    const id = `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    return `<QueueMessage><MessageId>${id}</MessageId><InsertionTime>${inserted}</InsertionTime><ExpirationTime>${expires}</ExpirationTime><DequeueCount>${n % 7}</DequeueCount><MessageText>${texts[n % texts.length]}</MessageText></QueueMessage>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><QueueMessagesList>${messages.join('')}</QueueMessagesList>`;
}
