import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FromWorker, type Query, TOOK_TOO_LONG, type ToWorker } from './protocol';
import { openSearch } from './search';

type Run = ToWorker & { kind: 'run' };

/** The workers that were started; each answers when the test says so. */
let workers: StillWorker[] = [];
/** What a worker does with a run. */
let onRun: (run: Run, worker: StillWorker) => void;

class StillWorker {
  runs: Query[] = [];
  isEnded = false;
  private listen: ((event: { data: FromWorker }) => void) | undefined;

  constructor() {
    workers.push(this);
  }
  addEventListener(type: string, listener: (event: { data: FromWorker }) => void) {
    if (type === 'message') this.listen = listener;
  }
  postMessage(request: ToWorker) {
    if (request.kind !== 'run') return;
    this.runs.push(request.query);
    onRun(request, this);
  }
  terminate() {
    this.isEnded = true;
  }
  answer(data: FromWorker) {
    if (!this.isEnded) this.listen?.({ data });
  }
}

beforeEach(() => {
  workers = [];
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  vi.stubGlobal('Worker', StillWorker);
  vi.stubGlobal('location', new URL('http://localhost/'));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const rowsOf = (ids: string[]) =>
  ids.map((id) => ({
    id,
    size: 1,
    message: { text: id, insertedAt: new Date(0), expiresAt: null, dequeueCount: 0 },
    lease: undefined,
  }));
const ROWS = rowsOf(['a', 'b', 'c', 'd', 'e', 'f']);
const QUERY: Query = { terms: [], expressions: ['slow'] };
const signal = new AbortController().signal;

/** Asks, and lets time pass until there is an answer. */
async function answered<Value>(asked: Promise<Value>): Promise<Value> {
  const waits = Symbol('waits');
  const now = () => new Promise<typeof waits>((resolve) => setTimeout(() => resolve(waits)));
  for (let round = 0; round < 1000; round++) {
    if ((await Promise.race([asked, now()])) !== waits) break;
    await vi.advanceTimersByTimeAsync(250);
  }
  return asked;
}

const found = (run: Run): FromWorker => ({
  kind: 'found',
  run: run.run,
  slots: Uint32Array.from(ROWS, (_, slot) => slot),
  counts: [],
  problems: [],
  unjudged: (run.query.skipped ?? []).map(({ slot, expression }) => ({
    expression,
    reason: TOOK_TOO_LONG,
    slots: [slot],
  })),
});
/** A worker that hangs at these messages, and that tells of each only when it is to be careful. */
const hangsAt = (slots: readonly number[], expression?: string) => (run: Run, worker: StillWorker) => {
  const { skipped = [], expressions, isCareful } = run.query;
  const isIn = expression === undefined || expressions.includes(expression);
  const at = isIn ? slots.find((slot) => !skipped.some((one) => one.slot === slot)) : undefined;
  worker.answer({ kind: 'progress', run: run.run, done: 0, of: 6, expression, slot: isCareful ? at : 0 });
  if (at === undefined) worker.answer(found(run));
};

const asked = () => workers.flatMap(({ runs }) => runs.map(({ isCareful, skipped }) => ({ isCareful, skipped })));

test('a message that hangs is skipped, and told', async () => {
  onRun = hangsAt([3], 'slow');
  const search = openSearch();
  const answer = await answered(search.ask(ROWS, QUERY, { signal, now: 0 }));
  expect(asked()).toEqual([
    { isCareful: true, skipped: [] },
    { isCareful: true, skipped: [{ slot: 3, expression: 'slow' }] },
  ]);
  expect(answer.notJudged).toEqual([{ expression: 'slow', reason: TOOK_TOO_LONG, id: 'd', count: 1, mayRetry: true }]);
  expect([...answer.unjudged]).toEqual([['d', TOOK_TOO_LONG]]);
  // The next query knows it.
  await answered(search.ask(ROWS, { ...QUERY, sort: { column: 'id', descending: true } }, { signal, now: 0 }));
  expect(workers).toHaveLength(2);
});

test('among many messages, it is found by looking once more, carefully', async () => {
  onRun = hangsAt([3], 'slow');
  const many = [...ROWS, ...rowsOf(Array.from({ length: 200 }, (_, at) => `row ${at}`))];
  await answered(openSearch().ask(many, QUERY, { signal, now: 0 }));
  expect(asked()).toEqual([
    { isCareful: false, skipped: [] },
    { isCareful: true, skipped: [] },
    { isCareful: false, skipped: [{ slot: 3, expression: 'slow' }] },
  ]);
});

test('an expression that hangs at a fourth message is left out, and told', async () => {
  onRun = hangsAt([0, 1, 2, 3, 4], 'slow');
  const answer = await answered(openSearch().ask(ROWS, QUERY, { signal, now: 0 }));
  expect(answer.troubles).toEqual([
    {
      expression: 'slow',
      message: 'Stopped: no result for 2 s on each of several messages',
      id: 'd',
      isStopped: true,
    },
  ]);
  expect(answer.notJudged).toEqual([]);
  expect(answer.rows).toHaveLength(6);
});

test('a filter that hangs is ended as well: the message is not judged, and after three the search has failed', async () => {
  onRun = hangsAt([1]);
  const answer = await answered(openSearch().ask(ROWS, QUERY, { signal, now: 0 }));
  expect(answer.notJudged).toEqual([
    { expression: undefined, reason: TOOK_TOO_LONG, id: 'b', count: 1, mayRetry: true },
  ]);
  onRun = hangsAt([1, 2, 3, 4]);
  await expect(answered(openSearch().ask(ROWS, QUERY, { signal, now: 0 }))).rejects.toThrow(
    'It does not get through several messages',
  );
});

test('sorting has ten seconds, and a worker that never answers is not waited for', async () => {
  onRun = (run, worker) => worker.answer({ kind: 'progress', run: run.run, done: 6, of: 6 });
  await expect(answered(openSearch().ask(ROWS, QUERY, { signal, now: 0 }))).rejects.toThrow(
    'It did not end within 10 s',
  );
  onRun = () => {};
  await expect(answered(openSearch().ask(ROWS, QUERY, { signal, now: 0 }))).rejects.toThrow('It does not answer');
});
