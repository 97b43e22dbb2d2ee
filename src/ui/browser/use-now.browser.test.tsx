import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { NowProvider, ServiceAheadProvider, useDeviceNow, useNow, useNowAs, useServiceNowAs } from './use-now';

function Times() {
  return (
    <>
      <output aria-label="shown">{useNow()}</output>
      <output aria-label="device">{useDeviceNow()}</output>
    </>
  );
}

/** A clock that stands still until it is set. */
function settableClock(now: number) {
  const jumped = new Set<() => void>();
  return {
    jumped,
    now: () => now,
    subscribe(listener: () => void) {
      jumped.add(listener);
      return () => void jumped.delete(listener);
    },
    set(to: number) {
      now = to;
      for (const tell of jumped) tell();
    },
  };
}

test('what is on screen goes by the clock around it, and follows its jumps at once', async () => {
  const clock = settableClock(1000);
  const screen = await render(
    <NowProvider value={clock}>
      <Times />
    </NowProvider>,
  );
  await expect.element(page.getByLabelText('shown')).toHaveTextContent('1000');
  clock.set(86_401_000);
  await expect.element(page.getByLabelText('shown')).toHaveTextContent('86401000');
  const device = Number(page.getByLabelText('device').element().textContent);
  expect(Math.abs(device - Date.now())).toBeLessThan(60_000);
  await screen.unmount();
  expect(clock.jumped.size).toBe(0);
});

test('a text of the time is drawn anew when it changes, and not with each tick', async () => {
  const clock = settableClock(0);
  const drawn: string[] = [];
  function Minutes() {
    const minutes = `${useNowAs((now) => Math.floor(now / 60_000))} here`;
    const ahead = `${useServiceNowAs((now) => Math.floor(now / 60_000))} there`;
    drawn.push(`${minutes}, ${ahead}`);
    return <output aria-label="minutes">{drawn.at(-1)}</output>;
  }
  await render(
    <NowProvider value={clock}>
      <ServiceAheadProvider value={30_000}>
        <Minutes />
      </ServiceAheadProvider>
    </NowProvider>,
  );
  for (const seconds of [1, 2, 29, 30, 31, 59, 60, 61]) {
    clock.set(seconds * 1000);
    await new Promise((done) => setTimeout(done));
  }
  await expect.element(page.getByLabelText('minutes')).toHaveTextContent('1 here, 1 there');
  expect(drawn).toEqual(['0 here, 0 there', '0 here, 1 there', '1 here, 1 there']);
});
