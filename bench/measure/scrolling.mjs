import { median, quantile } from './statistics.mjs';

/** @typedef {{ frames: number[], rows: number }} Scroll `frames`: ms from each to the next; `rows`: most in the page */
/** @typedef {Scroll & { mainThread: number }} Run `mainThread`: ms of work a frame */

const FRAMES = 180;

/**
 * Scrolls the page's grid, if it has one, for some frames, back and forth.
 * @param {import('playwright').Page} page
 * @param {number} step px in each frame
 * @returns {Promise<Run>}
 */
export async function scrolled(page, step) {
  await page.bringToFront();
  const session = await page.context().newCDPSession(page);
  // Processor time, not time on the clock: what else the machine does is not our work.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await workTime(session);
  const scroll = await page.evaluate(scrollInPage, { step, count: FRAMES });
  const mainThread = ((await workTime(session)) - before) / FRAMES;
  await session.detach();
  return { ...scroll, mainThread };
}

/**
 * Runs in the page.
 * @param {{ step: number, count: number }} options
 * @returns {Promise<Scroll>}
 */
function scrollInPage({ step, count }) {
  return new Promise((resolve) => {
    const grid = document.querySelector('[role=grid]');
    const end = grid ? grid.scrollHeight - grid.clientHeight : 0;
    /** @type {number[]} */
    const frames = [];
    let [rows, by, last] = [0, step, 0];
    const frame = (/** @type {number} */ now) => {
      if (last > 0) frames.push(now - last);
      last = now;
      if (frames.length === count) return resolve({ frames, rows });
      if (grid) {
        if (grid.scrollTop + by < 0 || grid.scrollTop + by > end) by = -by;
        grid.scrollTop += by;
        rows = Math.max(rows, grid.querySelectorAll('[role=row][data-index]').length);
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** Ms of work that the page's main thread has done. @param {import('playwright').CDPSession} session */
export async function workTime(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** Of several runs of the same. @param {string} words @param {Run[]} runs */
export function summary(words, runs) {
  const frames = runs.flatMap((run) => run.frames);
  return {
    words,
    p50: median(frames),
    p95: quantile(frames, 0.95),
    quietest: Math.min(...runs.map((run) => quantile(run.frames, 0.95))),
    work: median(runs.map((run) => run.mainThread)),
    rows: Math.max(...runs.map((run) => run.rows)),
  };
}
