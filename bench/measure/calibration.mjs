import { median } from './statistics.mjs';

/**
 * How fast the machine is at the moment, with nothing of the product in it.
 * @typedef {object} Calibration
 * @property {number} [sign] signatures a second by `crypto.subtle.sign`, one after another
 * @property {number} [open] ms until an empty page has loaded and drawn a frame
 */

const SIGN_MS = 600;
const BLOCK = 250;
/** The first one starts what the others find started. */
const OPENINGS = 6;

/** @type {(() => Promise<Calibration>) | undefined} */
let now;
/** @type {Calibration[]} */
const taken = [];

/**
 * Calibrates in a bench's browser, and once more whenever `calibrate` is called until it is taken down.
 * @param {import('playwright').Browser} browser in which it has a context of its own, so that the bench's caches stay as they are
 * @param {string} url of a page that does nothing
 * @returns {Promise<() => void>} to be called before the browser is closed
 */
export async function calibrateIn(browser, url) {
  now = async () => {
    const context = await browser.newContext();
    try {
      return await measured(await context.newPage(), url);
    } finally {
      await context.close();
    }
  };
  await calibrate();
  return () => {
    now = undefined;
  };
}

/** Takes one more calibration where a bench has a browser, and gives all of this process. */
export async function calibrate() {
  if (now) taken.push(await now());
  return taken;
}

/** @param {import('playwright').Page} page @param {string} url @returns {Promise<Calibration>} */
async function measured(page, url) {
  const opened = [];
  for (let opening = 0; opening < OPENINGS; opening++) {
    const start = performance.now();
    await page.goto(url);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    opened.push(performance.now() - start);
  }
  const sign = await page.evaluate(signaturesPerSecond, { ms: SIGN_MS, block: BLOCK });
  return { sign, open: median(opened.slice(1)) };
}

/** Runs in the page: over the whole time, so that what others take of the processor counts. @param {{ ms: number, block: number }} options */
async function signaturesPerSecond({ ms, block }) {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(64), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const bytes = new Uint8Array(200);
  const start = performance.now();
  let signed = 0;
  while (performance.now() - start < ms) {
    for (let call = 0; call < block; call++) await crypto.subtle.sign('HMAC', key, bytes);
    signed += block;
  }
  return (signed * 1000) / (performance.now() - start);
}
