import { afterEach, expect, test, vi } from 'vitest';
import { renderHook } from 'vitest-browser-react';
import { useShownBriefly } from './use-shown-briefly';

afterEach(() => vi.useRealTimers());

test('a shown secret is masked again after ten seconds', async () => {
  vi.useFakeTimers();
  const { result, act } = await renderHook(() => useShownBriefly());
  expect(result.current[0]).toBe(false);
  await act(() => result.current[1](true));
  await act(() => vi.advanceTimersByTime(9_999));
  expect(result.current[0]).toBe(true);
  await act(() => vi.advanceTimersByTime(1));
  expect(result.current[0]).toBe(false);
});
