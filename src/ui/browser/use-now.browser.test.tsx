import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { NowProvider, useDeviceNow, useNow } from './use-now';

function Times() {
  return (
    <>
      <output aria-label="shown">{useNow()}</output>
      <output aria-label="device">{useDeviceNow()}</output>
    </>
  );
}

test('what is on screen goes by the clock around it, and follows its jumps at once', async () => {
  let now = 1000;
  const jumped = new Set<() => void>();
  const clock = {
    now: () => now,
    subscribe: (listener: () => void) => {
      jumped.add(listener);
      return () => void jumped.delete(listener);
    },
  };
  const screen = await render(
    <NowProvider value={clock}>
      <Times />
    </NowProvider>,
  );
  await expect.element(page.getByLabelText('shown')).toHaveTextContent('1000');
  now = 86_401_000;
  for (const tell of jumped) tell();
  await expect.element(page.getByLabelText('shown')).toHaveTextContent('86401000');
  const device = Number(page.getByLabelText('device').element().textContent);
  expect(Math.abs(device - Date.now())).toBeLessThan(60_000);
  await screen.unmount();
  expect(jumped.size).toBe(0);
});
