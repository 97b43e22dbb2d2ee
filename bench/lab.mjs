/* oxlint-disable unicorn/consistent-function-scoping -- functions of the page stand in what is sent to it */
// The lab as a person meets it: how long the first lesson takes to be there, ten simulated minutes, a jump in time, an act in the
// past, and the frames of the scene while as many messages fly as it draws, beside those of an empty page.
import { milliseconds, report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';
import { median, quantile } from './measure/statistics.mjs';

/** Milliseconds. */
const TARGET = { lesson: 300, tenMinutes: 1500, seek: 50, act: 150, frame: 17 };
const BUSY = 'rate=0.6,0.6&workers=4&crash=15&vary=1&work=5&bad=40';
const CROWDED = 'rate=20,20,20,20&workers=12&work=0.1&batch=8&crash=0&bad=0';
const ROUNDS = 9;
const FRAMES = 120;

/** Intervals of the frames of the page, in ms. @param {import('playwright').Page} page */
const framesOf = (page) =>
  page.evaluate(
    (count) =>
      new Promise((done) => {
        /** @type {number[]} */
        const intervals = [];
        let last = 0;
        const step = (/** @type {number} */ time) => {
          if (last > 0) intervals.push(time - last);
          last = time;
          if (intervals.length < count) requestAnimationFrame(step);
          else done(intervals);
        };
        requestAnimationFrame(step);
      }),
    FRAMES,
  );

/** @param {string} words @param {number} value @param {number} target */
const verdict = (words, value, target) => ({
  ok: value <= target,
  words: `${words}: ${milliseconds(value)}; the target is ${target.toFixed(0)} ms`,
});

await onStage(async ({ app, page }) => {
  page.setDefaultTimeout(30_000);
  // The first lesson, from the click on: the shell is there, and nothing of the lab.
  const lessons = [];
  for (let round = 0; round < 3; round++) {
    const fresh = await page.context().newPage();
    await fresh.goto(`${app}#/settings`);
    await fresh.getByRole('heading', { name: 'Settings' }).first().waitFor();
    const took = await fresh.evaluate(async () => {
      const start = performance.now();
      location.hash = '#/lab/first-message';
      const isThere = () =>
        [...document.querySelectorAll('button')].some((one) => one.textContent === 'Create the queue');
      while (!isThere()) await new Promise((next) => requestAnimationFrame(next));
      return performance.now() - start;
    });
    lessons.push(took);
    await fresh.close();
  }

  await page.goto(`${app}#/lab/free?${BUSY}`);
  const clock = page.getByRole('timer', { name: 'Simulated time' });
  await clock.waitFor();
  const tenMinutes = await page.evaluate(async () => {
    const clocked = () => document.querySelector('[aria-label="Simulated time"]')?.textContent ?? '';
    const press = (/** @type {string} */ key) =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, code: key === ' ' ? 'Space' : `Digit${key}` }),
      );
    press('0');
    const start = performance.now();
    press(' ');
    while (Number(clocked().split(':')[0]) < 10) await new Promise((next) => requestAnimationFrame(next));
    const took = performance.now() - start;
    press(' ');
    return took;
  });

  const seeks = [];
  for (let round = 0; round < ROUNDS; round++) {
    seeks.push(
      await page.evaluate(
        (share) => {
          const slider = /** @type {HTMLInputElement} */ (document.querySelector('[aria-label="Time of the run"]'));
          const start = performance.now();
          Reflect.set(HTMLInputElement.prototype, 'value', String(Math.floor(600_000 * share)), slider);
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          return performance.now() - start;
        },
        (round + 1) / (ROUNDS + 1),
      ),
    );
  }

  const acts = [];
  for (let round = 0; round < ROUNDS; round++) {
    acts.push(
      await page.evaluate(
        async (share) => {
          const slider = /** @type {HTMLInputElement} */ (document.querySelector('[aria-label="Time of the run"]'));
          Reflect.set(HTMLInputElement.prototype, 'value', String(Math.floor(Number(slider.max) * share)), slider);
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((next) => requestAnimationFrame(next));
          const most = () => Number(slider.max);
          const before = most();
          const start = performance.now();
          [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith('Send one'))?.click();
          // What came after it is cut at once, and there again when the worker has played on from the act.
          while (most() >= before && performance.now() - start < 1000) await new Promise((next) => setTimeout(next));
          const cut = most();
          while (most() <= cut && performance.now() - start < 5000) await new Promise((next) => setTimeout(next));
          return performance.now() - start;
        },
        0.9 - round * 0.05,
      ),
    );
  }

  const empty = await page.context().newPage();
  await empty.goto('about:blank');
  await empty.bringToFront();
  const bare = /** @type {number[]} */ (await framesOf(empty));
  await empty.close();
  await page.bringToFront();
  await page.goto(`${app}#/lab/free?${CROWDED}`);
  await clock.waitFor();
  await page.keyboard.press('4');
  await page.keyboard.press(' ');
  const crowded = /** @type {number[]} */ (await framesOf(page));

  const figures = {
    lesson: median(lessons),
    tenMinutes,
    seek: median(seeks),
    act: median(acts),
    frame: quantile(crowded, 0.95),
    bareFrame: quantile(bare, 0.95),
  };
  report({
    rows: [
      ['the lab', 'time'],
      ['first lesson, from the click', milliseconds(figures.lesson)],
      ['ten simulated minutes', milliseconds(figures.tenMinutes)],
      ['any moment of them', milliseconds(figures.seek)],
      ['an act in the past', milliseconds(figures.act)],
      ['frame, 95th percentile, crowded at 4×', milliseconds(figures.frame)],
      ['frame, 95th percentile, empty page', milliseconds(figures.bareFrame)],
    ],
    verdicts: [
      verdict('the first lesson is there', figures.lesson, TARGET.lesson),
      verdict('ten minutes are played', figures.tenMinutes, TARGET.tenMinutes),
      verdict('any moment is shown', figures.seek, TARGET.seek),
      verdict('an act in the past is played on from', figures.act, TARGET.act),
      verdict('95 of 100 frames take', figures.frame, Math.max(TARGET.frame, figures.bareFrame * 1.05)),
    ],
    figures,
  });
});
