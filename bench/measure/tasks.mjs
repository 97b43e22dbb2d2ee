/**
 * @typedef {object} Tasks
 * @property {number} long tasks of the main thread over `LONG_MS`
 * @property {number} longest ms of the longest of the main thread
 * @property {number} work ms of all tasks, those of workers too
 */

/** Ms of a task after which the page stands still for whoever uses it. */
export const LONG_MS = 50;
/** KiB of a trace: each task of some minutes. */
const BUFFER_KIB = 1_500_000;
const PIECE = 4_000_000;

/**
 * The tasks of the page while `work` runs, in time of the processor, so that what else the machine does is not counted.
 * @param {import('playwright').Page} page
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Tasks>}
 */
export async function tasksWhile(page, work) {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (!session) throw new Error('Only Chromium tells of its tasks.');
  await session.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    traceConfig: {
      recordMode: 'recordUntilFull',
      traceBufferSizeInKb: BUFFER_KIB,
      includedCategories: ['disabled-by-default-devtools.timeline', '__metadata'],
      excludedCategories: ['*'],
    },
  });
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  try {
    await work();
  } finally {
    await session.send('Tracing.end');
  }
  const { stream } = /** @type {{ stream: string }} */ (await ended);
  const tasks = await readTasks(session, stream);
  await session.detach();
  return tasks;
}

/** @typedef {{ process: string, isMain: boolean, long: number, longest: number, work: number }} Thread */

/**
 * Reads a trace piece by piece: that of a minute has hundreds of megabytes.
 * @param {import('playwright').CDPSession} session
 * @param {string} handle
 * @returns {Promise<Tasks>}
 */
async function readTasks(session, handle) {
  /** @type {Map<string, Thread>} */
  const threads = new Map();
  let rest = '';
  for (let isOver = false; !isOver; ) {
    const { data, eof, base64Encoded } = await session.send('IO.read', { handle, size: PIECE });
    rest += base64Encoded ? Buffer.from(data, 'base64').toString() : data;
    const lines = rest.split('\n');
    rest = eof ? '' : (lines.pop() ?? '');
    for (const line of lines) note(line);
    isOver = eof;
  }
  await session.send('IO.close', { handle });
  const main = [...threads.values()].filter(({ isMain }) => isMain);
  // The page's own process is the one that worked: others are of empty tabs.
  const own = main.toSorted((one, other) => other.work - one.work)[0];
  if (!own) throw new Error('The trace has no main thread.');
  const workers = [...threads.values()].filter(({ process }) => process === own.process);
  return { long: own.long, longest: own.longest, work: workers.reduce((sum, { work }) => sum + work, 0) };

  /** @param {string} line an event of the trace */
  function note(line) {
    const isTask = line.includes('"name":"RunTask"');
    if (!isTask && !line.includes('"CrRendererMain"')) return;
    const process = /"pid":(\d+)/.exec(line)?.[1] ?? '';
    const name = `${process} ${/"tid":(\d+)/.exec(line)?.[1]}`;
    const thread = threads.get(name) ?? { process, isMain: false, long: 0, longest: 0, work: 0 };
    threads.set(name, thread);
    if (!isTask) {
      thread.isMain = true;
      return;
    }
    const took = Number(/"tdur":(\d+)/.exec(line)?.[1] ?? 0) / 1000;
    thread.work += took;
    thread.longest = Math.max(thread.longest, took);
    if (took > LONG_MS) thread.long++;
  }
}
