import { readFileSync } from 'node:fs';

const KIB = 1024;

/**
 * Bytes of the page's process after garbage was collected: texts of answers lie outside of the JavaScript heap. Where
 * there is no `/proc` to read, the heap has to do.
 * @param {import('playwright').CDPSession} session
 * @param {import('playwright').CDPSession | undefined} browser
 */
export async function resident(session, browser) {
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  return now(session, browser);
}

/**
 * @param {import('playwright').CDPSession} session
 * @param {import('playwright').CDPSession | undefined} browser
 */
async function now(session, browser) {
  const info = await browser?.send('SystemInfo.getProcessInfo');
  const sizes = (info?.processInfo ?? []).filter(({ type }) => type === 'renderer').map(({ id }) => residentOf(id));
  const largest = Math.max(0, ...sizes);
  return largest > 0 ? largest : (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** @param {number} process */
function residentOf(process) {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1] ?? 0) * KIB;
  } catch {
    return 0;
  }
}

/** Ms between two looks at the memory. */
const SAMPLE_EVERY_MS = 2000;

/**
 * How many bytes more the page held at its highest while `work` ran than before, without garbage.
 * @template Result
 * @param {import('playwright').Page} page
 * @param {() => Promise<Result>} work
 * @returns {Promise<{ result: Result, peak: number }>}
 */
export async function peakWhile(page, work) {
  const session = await page.context().newCDPSession(page);
  const browser = await page.context().browser()?.newBrowserCDPSession();
  const before = await resident(session, browser);
  let peak = before;
  const over = new AbortController();
  const looking = (async () => {
    while (!over.signal.aborted) {
      await session.send('HeapProfiler.collectGarbage');
      peak = Math.max(peak, await now(session, browser));
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_EVERY_MS));
    }
  })();
  try {
    return { result: await work(), peak: peak - before };
  } finally {
    over.abort();
    await looking;
  }
}
