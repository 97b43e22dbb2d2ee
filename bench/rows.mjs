// 200,000 messages of 1 KiB, browsed in the built app: how long the main thread stands still while they stream in, what
// they take of memory beside their texts, how evenly frames come while the grid scrolls, and what it costs to stand idle.
import { command } from '../server/command.mjs';
import { resident } from './measure/memory.mjs';
import { milliseconds, report } from './measure/report.mjs';
import { scrolled, summary, workTime } from './measure/scrolling.mjs';
import { serveInPage } from './measure/service-in-page.mjs';
import { onStage } from './measure/stage.mjs';
import { quantile } from './measure/statistics.mjs';

const ROWS = 200_000;
const QUEUE = 'bench-rows';
const KIB = 1024;
/** Bytes of each text. */
const SIZE = KIB;
const MIB = KIB * KIB;

/** Of memory in texts, of ms in a frame and in the longest task. */
const TARGET = { memory: 2, frame: 17, block: 50 };
const ROUNDS = 3;
/** Px a frame: none, some 6,000 px a second as by a brisk wheel, and a whole screen of new rows in every frame. */
const PACES = /** @type {const} */ ([
  { words: 'An empty page', step: 0 },
  { words: 'Scrolling three rows a frame', step: 100 },
  { words: 'Scrolling a screen a frame', step: 800 },
]);
const IDLE = 5000;

/** @typedef {{ tasks: number[], frames: number[] }} Watch ms of long tasks, and from each frame to the next */

await command(() =>
  onStage(async ({ app, bench, azurite, page }) => {
    await page.addInitScript(serveInPage, { queue: QUEUE, rows: ROWS, size: SIZE });
    const account = encodeURIComponent(`${azurite.accountName}@${new URL(azurite.url).host}`);
    await page.goto(`${app}/#/q/${account}/${QUEUE}?mode=browse`);
    const start = page.getByRole('button', { name: 'Browse all 200,000' });
    await start.waitFor();
    const session = await page.context().newCDPSession(page);
    const browser = await page.context().browser()?.newBrowserCDPSession();
    const before = await resident(session, browser);

    await page.evaluate(watch);
    const began = performance.now();
    await start.click();
    await page.getByRole('progressbar', { name: 'Return progress' }).waitFor({ timeout: 600_000 });
    const loading = (performance.now() - began) / 1000;
    const load = await page.evaluate(watched);
    await page.getByText('Browsed 200,000 messages, all returned').waitFor({ timeout: 600_000 });
    const whole = (performance.now() - began) / 1000;
    const loaded = Number(await page.getByRole('grid').getAttribute('aria-rowcount'));
    const memory = (await resident(session, browser)) - before;

    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busy = await workTime(session);
    await page.waitForTimeout(IDLE);
    const idle = (((await workTime(session)) - busy) * 1000) / IDLE;

    const empty = await page.context().newPage();
    await empty.goto(bench);
    const results = [];
    for (const { words, step } of PACES) {
      const runs = [];
      // The first round warms up.
      for (let round = 0; round <= ROUNDS; round++) runs.push(await scrolled(step === 0 ? empty : page, step));
      results.push(summary(words, runs.slice(1)));
    }
    const texts = ROWS * SIZE;
    const share = memory / texts;
    const block = Math.max(0, ...load.tasks);
    const p95 = results[1]?.p95 ?? Infinity;
    await report({
      rows: [
        ['', 'frame p50', 'p95', 'work a frame'],
        ...results.map((one) => [one.words, ...[one.p50, one.p95, one.work].map(milliseconds)]),
        [
          'Standing still while rows stream in',
          milliseconds(quantile(load.frames, 0.5)),
          milliseconds(quantile(load.frames, 0.95)),
          '',
        ],
      ],
      verdicts: [
        { hard: true, ok: loaded === ROWS, words: `${loaded.toLocaleString('en-GB')} rows loaded` },
        {
          hard: true,
          ok: share <= TARGET.memory,
          words: `${(memory / MIB).toFixed(0)} MiB for them, ${share.toFixed(2)} times their texts; the target is ${TARGET.memory}`,
        },
        {
          ok: p95 <= TARGET.frame,
          words: `p95 of a frame ${milliseconds(p95)}, ${(p95 / (results[0]?.p95 ?? 1)).toFixed(2)} times the empty page's; the target is ${TARGET.frame} ms`,
        },
        {
          ok: block <= TARGET.block,
          words: `while they stream in, the main thread stands still for ${milliseconds(block)} at most, over ${TARGET.block} ms ${load.tasks.length} times in ${loading.toFixed(0)} s`,
        },
        { ok: idle <= 20, words: `${milliseconds(idle)} of work a second when nothing happens` },
      ],
      figures: {
        target: TARGET,
        loaded,
        memory,
        share,
        loading,
        whole,
        block,
        tasks: load.tasks.length,
        idle,
        results,
      },
      claimed: {
        'memory, times the texts': share,
        'ms of a frame, p95': p95,
        'ms of the longest stop': block,
        'rows a second': ROWS / loading,
      },
    });
  }),
);

/** Runs in the page: takes note of long tasks and of frames. */
function watch() {
  /** @type {Watch} */
  const seen = { tasks: [], frames: [] };
  Object.assign(globalThis, { benchWatch: seen });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration);
  }).observe({ type: 'longtask' });
  let last = 0;
  const frame = (/** @type {number} */ now) => {
    if (last > 0) seen.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Runs in the page: what was seen until now. */
function watched() {
  const { tasks, frames } = /** @type {{ benchWatch: Watch }} */ (/** @type {unknown} */ (globalThis)).benchWatch;
  return { tasks: [...tasks], frames: [...frames] };
}
