import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../server/command.mjs';
import { ACCOUNT, serve } from '../../testing/server.mjs';
import { openBrowser } from './browser.mjs';
import { answerDialog, browseEnded, ended, open, prepare, reported, stripOf } from './hands.mjs';
import { QUEUES_TO_CLEAR } from './points.mjs';
import { startService } from './service.mjs';
import { saidFaults, serviceFaults } from './verdict.mjs';

/** @typedef {import('./points.mjs').Point} Point */
/** @typedef {import('playwright').Page} Page */
/** @typedef {{ point: Point, faults: string[], notes: string[], seconds: number }} Result */

/** Messages of a selection: as many as a peek shows. */
const PEEKED = 32;
/** Ms that the network or the local server stays away. */
const AWAY = 1500;
/** Looks, 200 ms apart, until a release is given up. */
const MOST_WAITS = 100;
/** Ms: leases of jobs are shorter, and what Set visibility hides is hidden for longer. */
const LONG_HIDDEN = 30 * 60_000;

/**
 * Runs all points, and says how each kind and way went.
 * @param {readonly Point[]} points
 * @param {{ lanes: number, isTold: boolean }} options `isTold`: what was read is printed also where nothing is wrong
 * @returns {Promise<number>} exit code
 */
export async function runPoints(points, { lanes, isTold }) {
  const began = performance.now();
  const waiting = points.values();
  /** @type {Result[]} */
  const results = [];
  let batches = 0;
  await Promise.all(
    Array.from({ length: Math.min(lanes, points.length) }, async () => {
      const lane = await openLane();
      try {
        for (const point of waiting) {
          const result = await runPoint(lane, point);
          results.push(result);
          if (isTold || result.faults.length > 0) console.log(faultText(result));
        }
      } finally {
        batches += lane.batches();
        await lane.close();
      }
    }),
  );
  console.log(summary(results));
  const wrong = results.filter(({ faults }) => faults.length > 0).length;
  console.log(
    `${results.length} points in ${Math.round((performance.now() - began) / 1000)} s, ${wrong} with a fault.`,
  );
  // One point may need none.
  const isByLane = batches > 0 || isTold || !points.some(({ way }) => way === 'server');
  console.log(`${batches} batches of requests by the lane of the local server${isByLane ? '' : ' ✗'}.`);
  return wrong > 0 || !isByLane ? 1 : 0;
}

/** @param {Result} result */
const faultText = ({ point: { number, kind, way, messages, request, moment, next }, faults, notes }) =>
  [
    `Point ${number}: ${kind} of ${messages}, ${way} ${moment} request ${request}, then ${next}`,
    ...faults.map((fault) => `  ✗ ${fault}`),
    ...notes.map((note) => `    ${note}`),
  ].join('\n');

/** @param {string[]} cells */
const tableRow = (cells) => cells.map((text) => text.padEnd(12)).join('');

/** @param {readonly Result[]} results */
function summary(results) {
  const ways = [...new Set(results.map(({ point }) => point.way))].toSorted();
  /** @type {string[]} */
  const kinds = [...new Set(results.map(({ point }) => point.kind))].toSorted();
  const cell = (/** @type {string} */ kind, /** @type {string} */ way) => {
    const own = results.filter(({ point }) => point.kind === kind && point.way === way);
    const wrong = own.filter(({ faults }) => faults.length > 0).length;
    return wrong > 0 ? `${own.length} (${wrong} ✗)` : String(own.length);
  };
  const rows = kinds.map((kind) => tableRow([kind].concat(ways.map((way) => cell(kind, way)))));
  return [tableRow([''].concat(ways))].concat(rows).join('\n');
}

/** @typedef {Awaited<ReturnType<typeof openLane>>} Lane */

/** A browser with a profile, a service, and two servers of the page: one in this process, and one that can be killed. */
async function openLane() {
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-kills-'));
  const profile = join(folder, 'profile');
  const service = await startService();
  const local = () => ({ queueEndpoint: service.endpoint, account: ACCOUNT });
  const own = await serve({ local });
  let browser = await openBrowser(profile);
  /** @type {Awaited<ReturnType<typeof startServer>> | undefined} */
  let server;
  /** @type {Page | undefined} */
  let page;
  let batches = 0;

  return {
    service,
    /** How often a page handed several requests over to the server that can be killed. */
    batches: () => batches,
    own,
    connection: `${ACCOUNT}@${new URL(service.endpoint).host}`,
    relayed: `${ACCOUNT}@${new URL(service.relayed).host}`,
    /** A page of this lane's browser, a new one where the last is gone. */
    async page() {
      if (!browser.isOpen()) browser = await openBrowser(profile);
      if (!page || page.isClosed()) {
        page = await browser.context.newPage();
        await page.setViewportSize({ width: 1440, height: 900 });
        page.on('dialog', (asked) => void asked.accept().catch(() => {}));
        await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
        page.on('request', (request) => void (request.url() === `${server?.app}/lane` && batches++));
      }
      return page;
    },
    /** The server that can be killed, with its relay. */
    async server() {
      server ??= await startServer(join(folder, 'home'), service);
      return server;
    },
    setOffline: (/** @type {boolean} */ isOffline) => browser.context.setOffline(isOffline),
    async killBrowser() {
      await browser.kill();
      // A connection for a tab ends with it.
      server?.forget();
      page = undefined;
    },
    async closeTab() {
      server?.forget();
      await page?.close();
      page = undefined;
    },
    async crash() {
      server?.forget();
      const crashed = page;
      const session = await browser.context.newCDPSession(/** @type {Page} */ (crashed));
      const told = new Promise((resolve) => crashed?.once('crash', resolve));
      // It gets no answer.
      session.send('Page.crash').catch(() => {});
      await told;
      await crashed?.close().catch(() => {});
      page = undefined;
    },
    async close() {
      await browser.kill().catch(() => {});
      await server?.kill();
      await own.stop();
      service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The command of the package in a process of its own, on a port that it keeps when it is started again.
 * @param {string} home
 * @param {import('./service.mjs').Service} service
 */
async function startServer(home, service) {
  const port = await freePort();
  let isConnected = false;
  const start = async () => {
    const child = spawn(
      process.execPath,
      [
        join(ROOT, 'dist-node', 'queuescope.mjs'),
        '--port',
        String(port),
        '--allow-host',
        new URL(service.relayed).origin,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, QUEUESCOPE_HOME: home } },
    );
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', () => reject(new Error('The local server ended.')));
    });
    return child;
  };
  let child = await start();
  const kill = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGKILL');
    });
  return {
    app: `http://127.0.0.1:${port}`,
    kill,
    forget: () => void (isConnected = false),
    async startAgain() {
      child = await start();
    },
    /** Connects the account by the relay, once. @param {Page} page @param {string} details */
    async connect(page, details) {
      if (isConnected) return;
      await page.goto(`http://127.0.0.1:${port}/#/connect`);
      const form = page.getByRole('form', { name: 'Connect an account' });
      await form.getByRole('textbox', { name: 'Connection details' }).fill(details);
      await form.getByRole('button', { name: /^Connect/ }).click();
      await form.getByRole('button', { name: 'Use the relay of this local server' }).click();
      await page.waitForURL(/#\/q\//).catch(async (error) => {
        throw new Error(`Not connected by the relay: ${(await form.innerText()).replaceAll('\n', ' ').slice(-900)}`, {
          cause: error,
        });
      });
      isConnected = true;
    },
  };
}

/** A port that nobody listens at. @returns {Promise<number>} */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const EMULATOR_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const delay = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {Lane} lane @param {Point} point @returns {Promise<Result>} */
async function runPoint(lane, point) {
  const began = performance.now();
  /** @type {string[]} */
  const faults = [];
  /** @type {string[]} */
  const notes = [];
  try {
    await cutOff(lane, point, { faults, notes });
  } catch (error) {
    faults.push(
      error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 12).join('\n    ') : String(error),
    );
    // What the page is in the middle of is no place to begin the next point.
    await lane.killBrowser().catch(() => {});
  }
  return { point, faults, notes, seconds: (performance.now() - began) / 1000 };
}

/** @param {Lane} lane @param {Point} point @param {{ faults: string[], notes: string[] }} result */
async function cutOff(lane, { number, kind, way, messages, request, moment, next }, { faults, notes }) {
  const { service } = lane;
  const prefix = `k${number}`;
  const stage = await setStage(service, { prefix, kind, messages });
  const { texts, others } = stage;
  const server = way === 'server' ? await lane.server() : undefined;
  const page = await lane.page();
  if (server) {
    await server.connect(
      page,
      `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${EMULATOR_KEY};QueueEndpoint=${service.relayed};`,
    );
  }
  const desk = { page, app: server?.app ?? lane.own.url, connection: server ? lane.relayed : lane.connection };
  const begin = await prepare(kind, desk, { ...stage, prefix });
  const trapped = service.trap({ prefix, request, moment });
  await begin();
  const isDone = await Promise.race([
    trapped.then(() => false),
    (kind === 'browse' ? browseEnded(page) : ended(page)).then(
      () => true,
      () => new Promise(() => {}),
    ),
  ]);
  service.untrap();
  if (isDone) notes.push('It had ended before.');

  // The queue that messages are taken from, and the other one.
  const [source, target] = kind === 'undoMove' ? [stage.target, stage.source] : [stage.source, stage.target];
  const look = () => ({ ...held(service, source, target, kind), others });

  if (way === 'network' || way === 'server') {
    await (server ? server.kill() : lane.setOffline(true));
    service.letGo();
    await delay(AWAY);
    await (server ? server.startAgain() : lane.setOffline(false));
    await askForPartsAgain(page);
    await (kind === 'browse' ? browseEnded(page) : ended(page));
    await service.settled();
    const said = await reported(page);
    notes.push(said.text.replaceAll('\n', ' ').slice(0, 400));
    const is = look();
    faults.push(...serviceFaults(kind, texts, is, said.twice + said.notDone, true));
    if (is.hidden > 0 && said.maybeHidden === 0 && !(await hiddenSaid(page)))
      faults.push(`${is.hidden} are hidden at the end, and nothing says so`);
    faults.push(...untouched(service, stage, others));
    return;
  }

  if (way === 'browser') await lane.killBrowser();
  else if (way === 'tab') await lane.closeTab();
  else await lane.crash();
  service.letGo();
  await service.settled();

  const again = { ...desk, page: await lane.page() };
  await open(again, kind === 'clear' ? `${prefix}-clear-0` : source);
  let is = look();
  const isToBeTold = !isDone && (is.hidden > 0 || workHasBegun(kind, is, texts, service, stage));
  const found = await stripOf(again.page, isToBeTold ? 12_000 : 1500);
  is = look();
  if (!found) {
    faults.push(...serviceFaults(kind, texts, is, 0, false));
    if (is.hidden > 0 && !(await hiddenSaid(again.page))) faults.push(`${is.hidden} are hidden, and nothing is said`);
    if (!isDone && workHasBegun(kind, is, texts, service, stage))
      faults.push('Work was done, and no strip tells of it');
    faults.push(...untouched(service, stage, others));
    return;
  }
  const { said, words, strip } = found;
  notes.push(...words);
  const isClear = kind === 'clear';
  if (!isClear) {
    faults.push(...saidFaults(kind, said, is, texts));
    faults.push(...serviceFaults(kind, texts, is, said.twice + said.maybe, false));
  }

  const goOn = strip.getByRole('button', { name: /^Continue/ });
  const release = strip.getByRole('button', { name: /^Release/ });
  const canGoOn = (await goOn.count()) > 0 && kind !== 'export';
  if (next === 'continue' && canGoOn) {
    await goOn.click();
    await answerDialog(again.page, kind);
    await again.page
      .getByText(/^[1-9] running/)
      .waitFor({ timeout: 5000 })
      .catch(() => {});
    await ended(again.page);
    await service.settled();
    const report = await reported(again.page);
    notes.push(`then: ${report.text.replaceAll('\n', ' ').slice(0, 300)}`);
    is = look();
    if (!isClear)
      faults.push(
        ...serviceFaults(
          kind,
          texts,
          is,
          said.twice + said.maybe + said.maybeHidden + report.twice + report.notDone,
          true,
        ),
      );
  } else if (next !== 'close' && (await release.count()) > 0) {
    const before = look();
    await release.click();
    const left = said.doubtfulHidden + said.maybeHidden;
    // They are let go of one by one, in their order.
    for (let waits = 0; look().hidden > left && waits < MOST_WAITS; waits++) await delay(200);
    await service.settled();
    is = look();
    if (is.hidden > left)
      faults.push(`${is.hidden} are hidden after the release of ${before.hidden}, and ${left} are said to be`);
  }
  if ((await strip.count()) > 0) {
    await strip.getByRole('button', { name: 'Close' }).click();
    await strip.waitFor({ state: 'detached' });
  }
  if (!isClear) faults.push(...serviceFaults(kind, texts, look(), Infinity, false));
  faults.push(...untouched(service, stage, others));
}

/** Asks again for a part of the page that was to be loaded while its server was away. @param {Page} page */
async function askForPartsAgain(page) {
  const again = page.getByRole('button', { name: 'Try again', exact: true });
  if ((await again.count()) > 0) await again.first().click();
}

/** True when the page tells in some other place that it hides messages: by leases that it restored, or by a browse. @param {Page} page */
const hiddenSaid = async (page) => /hidden|leased by this tab/i.test(await page.getByRole('main').innerText());

/**
 * @typedef {object} Stage
 * @property {string} source
 * @property {string} target
 * @property {readonly string[]} texts of the messages that the job is about
 * @property {readonly string[]} others of those that it must leave alone
 */

/**
 * Queues and messages for one job.
 * @param {import('./service.mjs').Service} service
 * @param {{ prefix: string, kind: Point['kind'], messages: number }} wanted
 * @returns {Promise<Stage>}
 */
async function setStage({ account }, { prefix, kind, messages }) {
  const [source, target] = [`${prefix}-orders-poison`, `${prefix}-orders`];
  await account.createQueue(source);
  await account.createQueue(target);
  const texts = Array.from({ length: messages }, (_, index) => `message ${index}`);
  if (kind === 'clear') {
    for (let index = 0; index < QUEUES_TO_CLEAR; index++) {
      await account.createQueue(`${prefix}-clear-${index}`);
      for (let copy = 0; copy < 3; copy++) await account.sendMessage(`${prefix}-clear-${index}`, { text: 'message' });
    }
    return { source, target, texts: [], others: [] };
  }
  if (kind !== 'import' && kind !== 'send') for (const text of texts) await account.sendMessage(source, { text });
  const isChosen = kind === 'delete' || kind === 'addAgain';
  return isChosen
    ? { source, target, texts: texts.slice(0, PEEKED), others: texts.slice(PEEKED) }
    : { source, target, texts, others: [] };
}

/**
 * What the service holds.
 * @param {import('./service.mjs').Service} service
 * @param {string} source
 * @param {string} target
 * @param {Point['kind']} kind
 * @returns {import('./verdict.mjs').Held}
 */
function held(service, source, target, kind) {
  const now = service.now();
  const here = service.messagesIn(source);
  const there = service.messagesIn(target);
  const isHidden = (/** @type {{ visibleAt: number }} */ { visibleAt }) =>
    visibleAt > now && !(kind === 'visibility' && visibleAt > now + LONG_HIDDEN);
  return {
    source: countsOf(here),
    target: countsOf(there),
    hidden: [...here, ...there].filter(isHidden).length,
  };
}

/** @param {readonly { text: string }[]} messages */
function countsOf(messages) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { text } of messages) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** @param {import('./service.mjs').Service} service @param {Stage} stage @param {readonly string[]} others */
function untouched(service, { source }, others) {
  const counts = countsOf(service.messagesIn(source));
  const missing = others.filter((text) => counts.get(text) !== 1);
  return missing.length === 0
    ? []
    : [`${missing.length} that were not meant are gone or twice: ${missing.slice(0, 3).join(', ')}`];
}

/**
 * True when the service shows that a job of this kind had begun to change something.
 * @param {Point['kind']} kind
 * @param {import('./verdict.mjs').Held} is
 * @param {readonly string[]} texts
 * @param {import('./service.mjs').Service} service
 * @param {Stage} stage
 */
function workHasBegun(kind, { source, target }, texts, service, { source: queue }) {
  if (kind === 'export' || kind === 'browse' || kind === 'clear') return false;
  if (kind === 'import' || kind === 'send') return source.size > 0;
  if (kind === 'addAgain') return texts.some((text) => source.has(text));
  if (kind === 'text') return [...source.keys()].some((text) => text.startsWith('changed'));
  if (kind === 'visibility' || kind === 'requeue')
    return service.messagesIn(queue).some(({ dequeueCount }) => dequeueCount > 0);
  return target.size > 0 || texts.some((text) => !source.has(text));
}
