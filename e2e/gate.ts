import type { Page } from '@playwright/test';

/** Holds requests back until it is opened. */
export function createGate() {
  const latch = new EventTarget();
  return {
    passed: new Promise<void>((resolve) => latch.addEventListener('open', () => resolve())),
    open: () => latch.dispatchEvent(new Event('open')),
  };
}

/** Holds back all requests of a method to an address but the first ones. Returns what lets them go. */
export async function holdAfter(page: Page, address: RegExp, method: string, first: number) {
  const gate = createGate();
  let seen = 0;
  await page.route(address, async (route) => {
    if (route.request().method() === method && ++seen > first) await gate.passed;
    // The page may be gone by then.
    await route.continue().catch(() => undefined);
  });
  return async () => {
    gate.open();
    await page.unroute(address);
  };
}
