import { defineConfig } from '@playwright/test';
import { type Engine, findBrowser } from '../scripts/testing/engines/find.mjs';

/** Chromium, unless `npm run browsers` asks for another engine. */
const engine = (process.env['QUEUESCOPE_ENGINE'] ?? 'chromium') as Engine;
const found = await findBrowser(engine);
if (!found) throw new Error(`There is no ${engine} that Playwright can drive: see "npm run browsers".`);
/** How much longer a test may take: each command of a stock Firefox goes through the bridge, and it asks before each request with CORS. */
const slower = engine === 'chromium' ? 1 : 4;
const report = process.env['QUEUESCOPE_E2E_REPORT'];
/** Tests that are too heavy for every change: matrices of windows, screens and themes. */
const HEAVY = /@everywhere/;

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  ...(process.env['QUEUESCOPE_E2E_EVERYWHERE'] ? { grep: HEAVY } : { grepInvert: HEAVY }),
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  // A test that needs a retry is named at the end of `npm test`; it has to be fixed, but need not stop the rest.
  retries: 1,
  timeout: 60_000 * slower,
  // Two browsers, two services and the tests share what may be two busy cores.
  expect: {
    timeout: 15_000 * slower,
    // Letters that are a shade lighter, as in a picture of 256 colours, are the same; so is a caret.
    toHaveScreenshot: { maxDiffPixels: 30, pathTemplate: '{testDir}/visual/pictures/{arg}{ext}' },
  },
  reporter: report ? [['line'], ['json', { outputFile: report }]] : [['line']],
  // Without traces, which make the run half as long again: `npm run e2e -- --trace on` for the test in question.
  // What tests read is written by this locale, as the pictures of the design are.
  use: { ...found.use, locale: 'en-GB', actionTimeout: 15_000 * slower },
});
