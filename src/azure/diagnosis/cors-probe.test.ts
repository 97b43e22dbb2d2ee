import { afterEach, expect, test, vi } from 'vitest';
import { createProbe } from './cors-probe';

afterEach(() => void vi.restoreAllMocks());

test('a probe without an answer is given up after ten seconds, or when the check is called off', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  const signals: (AbortSignal | null | undefined)[] = [];
  const stop = new AbortController();
  const probe = createProbe(
    'https://contosoq.queue.core.windows.net',
    async (_, init) => {
      signals.push(init?.signal);
      return new Response();
    },
    stop.signal,
  );
  await probe.answers();
  expect(timeout).toHaveBeenCalledWith(10_000);
  expect(signals[0]?.aborted).toBe(false);
  stop.abort();
  expect(signals[0]?.aborted).toBe(true);
});
