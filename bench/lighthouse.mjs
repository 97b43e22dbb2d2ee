// What Lighthouse says of the built page: accessibility and best practices are 100, or it fails.
// Lighthouse brings 200 packages, so it is no dependency: it is installed into a folder of its own when this bench is run.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { resolveBrowser } from '../scripts/testing/browser.mjs';
import { ACCOUNT, serve } from '../scripts/testing/server.mjs';
import { command, npm, Refusal, ROOT } from '../server/command.mjs';
import { report } from './measure/report.mjs';

const VERSION = '12.8.2';
const FOLDER = join(ROOT, 'node_modules', '.cache', 'queuescope', `lighthouse-${VERSION}`);
const ENTRY = join(FOLDER, 'node_modules', 'lighthouse', 'core', 'index.js');
/**
 * Nothing answers here, and the page is kept from looking: on this machine it looks whether an emulator runs, and the browser writes
 * each failure to reach one into the console. A published page does not look unasked.
 */
const EMULATOR = 'http://127.0.0.1:10001';
/** A message in the list. */
const ROWS = 'main [role="grid"] [aria-rowindex="2"]';
const CATEGORIES = ['accessibility', 'best-practices'];

/**
 * @typedef {object} Audit
 * @property {string} id
 * @property {string} title
 * @property {number | null} score
 * @property {{ items?: { node?: { snippet?: string }, description?: string, url?: string }[] }} [details]
 * @typedef {{ title: string, score: number | null, auditRefs: { id: string, weight: number }[] }} Category
 * @typedef {{ lhr: { runtimeError?: { message: string }, categories: Record<string, Category>, audits: Record<string, Audit> } }} Result
 * @typedef {object} Tab of Puppeteer, which Lighthouse drives
 * @property {(url: string) => Promise<unknown>} goto
 * @property {(selector: string) => { click: () => Promise<void>, wait: () => Promise<unknown> }} locator
 * @property {() => string} url
 * @typedef {(url: string, flags: object, config: object | undefined, page: Tab) => Promise<Result>} Look
 * @typedef {{ connect: (options: object) => Promise<{ newPage: () => Promise<Tab>, disconnect: () => Promise<void> }> }} Puppeteer
 */

const inFolder = (/** @type {string} */ path) => import(pathToFileURL(join(FOLDER, 'node_modules', path)).href);

/** @returns {Promise<{ look: Look, puppeteer: Puppeteer }>} */
async function lighthouse() {
  if (!existsSync(ENTRY)) {
    console.log(`Installing Lighthouse ${VERSION} into ${FOLDER}: 200 packages, 151 MB…`);
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n');
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const code = await npm(['install', '--prefix', FOLDER, ...options, `lighthouse@${VERSION}`]);
    if (code !== 0) throw new Refusal('Lighthouse could not be installed; npm says why above.');
  }
  const { default: look } = await inFolder('lighthouse/core/index.js');
  const { default: puppeteer } = await inFolder('puppeteer-core/lib/esm/puppeteer/puppeteer-core.js');
  return { look, puppeteer };
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });

/**
 * What keeps the categories of a result from 100.
 * @param {Result['lhr']} lhr
 */
function missing({ categories, audits }) {
  return Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.flatMap(({ id, weight }) => {
      const audit = audits[id];
      if (!audit || weight === 0 || audit.score === null || audit.score === 1) return [];
      const where = (audit.details?.items ?? []).map(
        ({ node, description, url }) => node?.snippet ?? description ?? url ?? '',
      );
      return [`${id}: ${audit.title}${where.map((one) => `\n    ${one}`).join('')}`];
    }),
  );
}

await command(async () => {
  const { look, puppeteer } = await lighthouse();
  const app = await serve({ local: () => ({ queueEndpoint: `${EMULATOR}/${ACCOUNT}`, account: ACCOUNT }) });
  const port = await freePort();
  const { launch } = await resolveBrowser();
  const browser = await chromium.launch({ ...launch, args: [...launch.args, `--remote-debugging-port=${port}`] });
  try {
    const driven = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: null });
    const tab = await driven.newPage();
    /** @type {{ screen: string, scores: Record<string, number>, missing: string[] }[]} */
    const seen = [];
    /** @type {[screen: string, open: () => Promise<unknown>][]} */
    const screens = [
      ['Connect screen', () => tab.goto(`${app.url}/#/connect`)],
      [
        'Sandbox, explorer',
        async () => {
          await tab.locator('::-p-aria([name="Open sandbox"][role="button"])').click();
          await tab.locator('aside li a[href*="orders"]').click();
          await tab.locator(ROWS).wait();
        },
      ],
    ];
    for (const [screen, open] of screens) {
      await open();
      const flags = {
        onlyCategories: CATEGORIES,
        formFactor: 'desktop',
        screenEmulation: { mobile: false, width: 1440, height: 900, deviceScaleFactor: 1, disabled: false },
        logLevel: 'error',
        blockedUrlPatterns: [`${EMULATOR}/*`],
        // The tab keeps the sandbox that it opened.
        disableStorageReset: true,
      };
      const { lhr } = await look(tab.url(), flags, undefined, tab);
      await tab.locator(screen === 'Connect screen' ? 'main' : ROWS).wait();
      if (lhr.runtimeError)
        throw new Refusal(`Lighthouse could not look at the ${screen}: ${lhr.runtimeError.message}`);
      const scores = Object.fromEntries(
        CATEGORIES.map((category) => [category, Math.round((lhr.categories[category]?.score ?? 0) * 100)]),
      );
      seen.push({ screen, scores, missing: missing(lhr) });
    }
    await report({
      rows: [
        [`Lighthouse ${VERSION}`, ...CATEGORIES],
        ...seen.map(({ screen, scores }) => [screen, ...CATEGORIES.map((category) => String(scores[category]))]),
      ],
      verdicts: seen.map(({ screen, scores, missing: what }) => {
        const ok = CATEGORIES.every((category) => scores[category] === 100);
        return { hard: true, ok, words: ok ? `${screen}: nothing is missing` : `${screen}:\n  ${what.join('\n  ')}` };
      }),
      figures: { version: VERSION, screens: seen },
    });
  } finally {
    await browser.close();
    await app.stop();
  }
});
