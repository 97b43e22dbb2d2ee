import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { resolveBrowser } from '../../scripts/testing/browser.mjs';
import {
  ACCOUNT,
  installationInMemory,
  letIn,
  officialClient,
  serve,
  startAzurite,
} from '../../scripts/testing/server.mjs';
import { ROOT } from '../../server/command.mjs';
import { calibrateIn } from './calibration.mjs';

/** The desktop size of the design. */
const VIEWPORT = { width: 1440, height: 900 };
const PAGE = join(ROOT, 'bench', 'page');

/**
 * @typedef {object} Stage
 * @property {string} app the built app, served as `npm start` does
 * @property {string} bench the pages of `bench/page`, served in the same way
 * @property {string} endpoint of an Azurite of this bench's own
 * @property {import('@azure/storage-queue').QueueServiceClient} azurite
 * @property {import('playwright').Page} page
 */

/** @typedef {{ page: import('playwright').Page, browser?: import('playwright').Browser, close: () => Promise<unknown> }} Opened `browser` where it can be calibrated */

/** A page in Chromium. @returns {Promise<Opened>} */
async function inChromium() {
  const browser = await chromium.launch((await resolveBrowser()).launch);
  const page = await (await browser.newContext({ viewport: VIEWPORT })).newPage();
  return { page, browser, close: () => browser.close() };
}

/**
 * Sets up a browser, both pages and a queue service, lets a bench work with them, and takes everything down.
 * @param {(stage: Stage) => Promise<void>} work
 * @param {() => Promise<Opened>} openPage
 */
export async function onStage(work, openPage = inChromium) {
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-bench-'));
  /** @type {(() => unknown)[]} */
  const undo = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    await buildBenchPages(folder);
    const service = await startAzurite();
    undo.push(service.stop);
    const local = () => ({ queueEndpoint: service.url, account: ACCOUNT });
    const app = await serve({ local });
    // A bench starts services of its own at any port.
    const bench = await serve({ local, folder, installation: installationInMemory(['http://127.0.0.1:*']) });
    undo.push(app.stop, bench.stop);
    await letIn(service.url, [app.url, bench.url]);
    const azurite = officialClient(service.url);
    const { page, browser, close } = await openPage();
    undo.push(close);
    if (browser) undo.push(await calibrateIn(browser, bench.url));
    await work({ app: app.url, bench: bench.url, endpoint: service.url, azurite, page });
  } finally {
    for (const step of undo.toReversed()) await step();
  }
}

/** With the app's own configuration, so that the client measured is the client shipped. @param {string} outDir */
export async function buildBenchPages(outDir) {
  const names = [
    'index.html',
    'bare-list.html',
    'wire.ts',
    'signing.ts',
    'sandbox.ts',
    'histories.ts',
    'bulk.ts',
    'bulk-faults.ts',
    'bulk-requests.ts',
    'guess.ts',
    'lab-runs.ts',
    'network.ts',
    'told.html',
  ];
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    root: PAGE,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      manifest: false,
      rolldownOptions: {
        input: names.map((name) => join(PAGE, name)),
        // A bench imports wire.js and the like by name and calls what they export.
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}
