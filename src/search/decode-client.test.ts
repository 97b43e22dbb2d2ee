import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LONGER, WHOLE } from '@/azure/bodies/budget';
import { createDecoder } from './decode-client';
import type { TaskAnswer, TaskRequest } from './protocol';
import type { TaskOf } from './task';

/** The workers that were started; each answers when the test says so. */
let workers: StillWorker[] = [];

class StillWorker {
  asked: TaskRequest[] = [];
  isEnded = false;
  private listen: ((event: { data: TaskAnswer }) => void) | undefined;
  /** What a browser does with a worker whose file it cannot get, without a message, and with one that ends itself. */
  fail: (event: { message?: string }) => void = () => {};

  constructor() {
    workers.push(this);
  }
  addEventListener(type: string, listener: (event: { data?: TaskAnswer }) => void) {
    if (type === 'message') this.listen = listener;
    else this.fail = listener as this['fail'];
  }
  postMessage(request: TaskRequest) {
    this.asked.push(request);
    if (request.kind === 'task') this.answer({ kind: 'working' });
  }
  terminate() {
    this.isEnded = true;
  }
  answer(data: TaskAnswer) {
    if (!this.isEnded) this.listen?.({ data });
  }
  done() {
    const { task } = this.asked.findLast((one) => one.kind === 'task') as TaskRequest & { kind: 'task' };
    this.answer({ kind: 'done', result: task.text as never });
  }
  texts() {
    return this.asked.map((one) => (one.kind === 'task' ? one.task.text : one.kind));
  }
}

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
  vi.stubGlobal('Worker', StillWorker);
  vi.stubGlobal('location', new URL('http://localhost/'));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const STEPS = ['base64'] as const;
const row = (text: string): TaskOf<'preview'> => ({ kind: 'preview', text, steps: STEPS, paths: [] });
const view = (text: string, limits = WHOLE): TaskOf<'view'> => ({ kind: 'view', text, steps: STEPS, limits });
const dropped = () => new AbortController();

test('a stuck text waits aside, and the others go on in another worker', async () => {
  const decoder = createDecoder();
  const stuck = decoder.run(view('stuck', LONGER), { isUrgent: true });
  const next = decoder.run(row('next'));
  expect(workers.map((one) => one.texts())).toEqual([['stuck']]);
  await vi.advanceTimersByTimeAsync(249);
  expect(workers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(workers.map((one) => one.texts())).toEqual([['stuck'], ['next']]);
  workers[1]?.done();
  expect(await next).toBe('next');
  // What took long is not lost, and its worker ends with it.
  workers[0]?.done();
  expect(await stuck).toBe('stuck');
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
});

test('a text that comes when another has taken long does not wait for it at all', async () => {
  const decoder = createDecoder();
  void decoder.run(row('stuck'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(workers).toHaveLength(1);
  void decoder.run(row('next'));
  expect(workers.map((one) => one.texts())).toEqual([['stuck'], ['next']]);
});

test('however many are stuck, there are three workers at most, and the one that began first ends', async () => {
  const decoder = createDecoder();
  const stuck = ['first', 'second', 'third', 'fourth'].map((text) => decoder.run(row(text)));
  await vi.advanceTimersByTimeAsync(750);
  expect(await stuck[0]).toMatchObject({ preview: { stopped: 'took too long' } });
  expect(workers.map((one) => [...one.texts(), one.isEnded])).toEqual([
    ['first', true],
    ['second', false],
    ['third', false],
    ['fourth', false],
  ]);
});

test('the time is a backstop: of a row two seconds, of the details five, and twenty when more was asked for', async () => {
  for (const [task, limit] of [
    [row('row'), 2000],
    [view('details'), 5000],
    [view('longer', LONGER), 20_000],
  ] as const) {
    workers = [];
    const result = createDecoder().run<'preview' | 'view'>(task);
    await vi.advanceTimersByTimeAsync(limit - 1);
    expect(workers[0]?.isEnded).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(workers[0]?.isEnded).toBe(true);
    expect(JSON.stringify(await result)).toContain('took too long');
  }
});

test('what nobody wants any more is told to end, and is ended when it does not', async () => {
  const decoder = createDecoder();
  const obeys = dropped();
  const first = decoder.run(view('first'), { signal: obeys.signal, isUrgent: true });
  const second = dropped();
  const deaf = decoder.run(view('second'), { signal: second.signal, isUrgent: true });
  const third = decoder.run(row('third'));
  obeys.abort(new Error('closed'));
  await expect(first).rejects.toThrow('closed');
  workers[0]?.answer({ kind: 'dropped' });
  expect(workers.map((one) => one.texts())).toEqual([['first', 'drop', 'second']]);
  second.abort(new Error('closed too'));
  await expect(deaf).rejects.toThrow('closed too');
  await vi.advanceTimersByTimeAsync(50);
  expect(workers.map((one) => [...one.texts(), one.isEnded])).toEqual([
    ['first', 'drop', 'second', 'drop', true],
    ['third', false],
  ]);
  workers[1]?.done();
  expect(await third).toBe('third');
});

test('what waits and is not wanted any more is never begun', async () => {
  const decoder = createDecoder();
  const control = dropped();
  void decoder.run(row('first'));
  const waits = decoder.run(row('second'), { signal: control.signal });
  control.abort(new Error('gone'));
  await expect(waits).rejects.toThrow('gone');
  void decoder.run(row('third'));
  workers[0]?.done();
  expect(workers.map((one) => one.texts())).toEqual([['first', 'third']]);
});

test('a decoder that breaks says so in the row, and goes on with the next', async () => {
  const decoder = createDecoder();
  const broken = decoder.run(row('first'));
  const next = decoder.run(row('second'));
  workers[0]?.answer({ kind: 'broken', message: 'Out of order' });
  expect(await broken).toMatchObject({ preview: { stopped: 'Out of order' } });
  workers[1]?.done();
  expect(await next).toBe('second');
});

test('where the file of the worker does not arrive nothing passes for a result, and the next task asks for it again', async () => {
  const decoder = createDecoder();
  const asked = [decoder.run(row('first')), decoder.run(view('second', LONGER)), decoder.run(row('third'))];
  const ended = Promise.allSettled(asked);
  workers[0]?.fail({});
  for (const one of await ended) expect(one).toMatchObject({ status: 'rejected', reason: { name: 'PartError' } });
  expect(workers).toHaveLength(1);
  const again = decoder.run(row('again'));
  workers[1]?.done();
  expect(await again).toBe('again');
});

test('a worker that ends itself stops the text that it was at alone', async () => {
  const decoder = createDecoder();
  const first = decoder.run(row('first'));
  const next = decoder.run(row('second'));
  workers[0]?.fail({ message: 'out of memory' });
  expect(await first).toMatchObject({ preview: { stopped: 'the decoder does not run' } });
  workers[1]?.done();
  expect(await next).toBe('second');
});
