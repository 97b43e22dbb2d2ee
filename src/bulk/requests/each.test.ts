import { expect, test } from 'vitest';
import { atMost, each } from './each';

const never = new AbortController().signal;
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

test('runs no more than the limit at a time, and the rest in order', async () => {
  const run = atMost(2);
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const calls = [0, 1, 2, 3].map((call) =>
    run(never, async () => {
      started.push(call);
      await new Promise<void>((resolve) => ends.push(resolve));
      return call;
    }),
  );

  await settled();
  expect(started).toEqual([0, 1]);
  ends[0]?.();
  await settled();
  expect(started).toEqual([0, 1, 2]);
  ends[1]?.();
  ends[2]?.();
  await settled();
  expect(started).toEqual([0, 1, 2, 3]);
  ends[3]?.();
  expect(await Promise.all(calls)).toEqual([0, 1, 2, 3]);
});

test('a call that gives up while waiting never starts and blocks nobody', async () => {
  const run = atMost(1);
  const started: string[] = [];
  const gone = new AbortController();
  const ends: (() => void)[] = [];
  const first = run(never, () => new Promise<void>((resolve) => ends.push(resolve)));
  const second = run(gone.signal, async () => void started.push('second'));
  const third = run(never, async () => void started.push('third'));

  gone.abort();
  await expect(second).rejects.toThrow('abort');
  ends[0]?.();
  await Promise.all([first, third]);
  expect(started).toEqual(['third']);
});

test('a call that fails makes room for the next', async () => {
  const run = atMost(1);
  const failing = run(never, () => Promise.reject(new Error('no')));
  const next = run(never, async () => 'went on');

  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('went on');
});

test('a call given up before it asked is refused at once', async () => {
  const run = atMost(1);

  await expect(run(AbortSignal.abort(), async () => 'ran')).rejects.toThrow('abort');
  expect(await run(never, async () => 'free')).toBe('free');
});

test('each item has its turn, no more than so many at a time and in their order', async () => {
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  await each([0, 1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    most = Math.max(most, ++running);
    await settled();
    running -= 1;
  });
  expect([begun, most]).toEqual([[0, 1, 2, 3, 4], 2]);
});
