import { quantile } from './statistics.mjs';

/** "Fast 4G" of Chromium's own tools: 165 ms to the first byte of each answer, 8.1 Mbit/s down, 1.35 up. */
export const NETWORK = { latency: 165, downloadThroughput: (8.1e6 / 8) | 0, uploadThroughput: (1.35e6 / 8) | 0 };
/** Times slower than this machine. */
export const PROCESSOR = 4;

/**
 * @typedef {object} Visit until the element is in sight
 * @property {number} usable ms from the navigation to the first frame with the element
 * @property {number} painted ms to the first paint with content
 * @property {number} blocked ms beyond 50 of each task of the main thread
 * @property {number} work ms of work of the main thread
 * @property {number} script ms of it in scripts
 * @property {number} files of the page's own origin that were asked for
 * @property {number} waves of them: each was asked for after one of the wave before had arrived
 * @property {number} bytes on the wire, heads and what had come of unfinished answers included, the service's too
 * @property {number} service requests to the queue service, preflights included
 * @property {{ file: string, sent: number, ended: number, bytes: number, wave: number }[]} log
 */

/**
 * Visits an address with an empty cache, over the emulated network and processor.
 * @param {import('playwright').Page} page
 * @param {string} url
 * @param {string} selector of what makes the screen usable
 * @returns {Promise<Visit>}
 */
export async function coldVisit(page, url, selector) {
  const session = await page.context().newCDPSession(page);
  await page.goto('about:blank');
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  await session.send('Network.emulateNetworkConditions', { offline: false, ...NETWORK });
  await session.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR });
  // Processor time: what else the machine does is not the page's work.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  /** @type {Map<string, { url: string, sent: number, ended: number, bytes: number, came: { at: number, bytes: number }[] }>} */
  const asked = new Map();
  let began = 0;
  session.on('Network.requestWillBeSent', ({ requestId, request, timestamp, type }) => {
    if (type === 'Document' && began === 0) began = timestamp;
    asked.set(requestId, { url: request.url, sent: timestamp, ended: Infinity, bytes: 0, came: [] });
  });
  session.on('Network.dataReceived', ({ requestId, timestamp, encodedDataLength }) =>
    asked.get(requestId)?.came.push({ at: timestamp, bytes: encodedDataLength }),
  );
  session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) =>
    Object.assign(asked.get(requestId) ?? {}, { ended: timestamp, bytes: encodedDataLength }),
  );
  session.on('Network.requestServedFromCache', ({ requestId }) => asked.delete(requestId));
  session.on(
    'Network.responseReceived',
    ({ requestId, response }) => response.fromDiskCache && asked.delete(requestId),
  );
  const before = await metrics(session);
  await page.goto(url, { waitUntil: 'commit' });
  const { usable, painted, blocked } = await page.evaluate(usableIn, selector);
  const after = await metrics(session);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();

  const until = began + usable / 1000;
  const { origin } = new URL(url);
  const known = [...asked.values()].filter(({ sent }) => sent <= until);
  const own = known.filter((one) => new URL(one.url).origin === origin);
  /** @type {Map<object, number>} */
  const waves = new Map();
  for (const one of own) {
    const earlier = own.filter(({ ended }) => ended <= one.sent).map((other) => waves.get(other) ?? 0);
    waves.set(one, 1 + Math.max(0, ...earlier));
  }
  const arrived = (/** @type {(typeof known)[number]} */ { ended, bytes, came }) =>
    ended <= until
      ? bytes
      : came.filter(({ at }) => at <= until).reduce((total, { bytes: part }) => total + Math.max(0, part), 0);
  const ms = (/** @type {number} */ time) => Math.round((time - began) * 1000);
  return {
    usable,
    painted,
    blocked,
    work: after.TaskDuration - before.TaskDuration,
    script: after.ScriptDuration - before.ScriptDuration,
    files: own.length,
    waves: Math.max(...waves.values()),
    bytes: known.reduce((total, one) => total + arrived(one), 0),
    service: known.length - own.length,
    log: known.map((one) => ({
      file: one.url,
      sent: ms(one.sent),
      ended: ms(one.ended),
      bytes: arrived(one),
      wave: waves.get(one) ?? 0,
    })),
  };
}

/** @param {import('playwright').CDPSession} session @returns {Promise<{ TaskDuration: number, ScriptDuration: number }>} ms */
async function metrics(session) {
  const { metrics: all } = await session.send('Performance.getMetrics');
  const of = (/** @type {string} */ wanted) => (all.find(({ name }) => name === wanted)?.value ?? 0) * 1000;
  return { TaskDuration: of('TaskDuration'), ScriptDuration: of('ScriptDuration') };
}

/**
 * Runs in the page.
 * @param {string} selector
 * @returns {Promise<{ usable: number, painted: number, blocked: number }>}
 */
function usableIn(selector) {
  return new Promise((resolve) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (!found || found.getBoundingClientRect().height === 0) {
        requestAnimationFrame(look);
        return;
      }
      const usable = performance.now();
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      let blocked = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries())
          if (startTime < usable) blocked += Math.max(0, duration - 50);
      });
      observer.observe({ type: 'longtask', buffered: true });
      setTimeout(() => resolve({ usable, painted: paint?.startTime ?? usable, blocked }), 100);
    };
    look();
  });
}

/**
 * The middle of each figure of several visits, with the range of `usable`.
 * @param {readonly Visit[]} visits
 */
export function middle(visits) {
  const of = (/** @type {Exclude<keyof Visit, 'log'>} */ name, share = 0.5) =>
    quantile(
      visits.map((visit) => visit[name]),
      share,
    );
  return {
    usable: of('usable'),
    low: of('usable', 0),
    high: of('usable', 1),
    painted: of('painted'),
    blocked: of('blocked'),
    work: of('work'),
    script: of('script'),
    files: of('files'),
    waves: of('waves'),
    kib: of('bytes') / 1024,
    service: of('service'),
  };
}
