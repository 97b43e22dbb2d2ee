// oxlint-disable unicorn/consistent-function-scoping -- what runs in the page has only itself
import type { Page } from '@playwright/test';

/** When the pictures are taken, by the clock of their pages. */
const BEGIN = Date.UTC(2026, 10, 17, 7, 30);
const MINUTE_MS = 60_000;

/**
 * Makes what a page shows the same each time: its clock stands, at a time that `later` moves, chance comes from a seed, and
 * signatures come in the order in which they were asked for, as ids of messages are given in the order of requests.
 */
export async function steady(page: Page): Promise<{ later: (minutes: number) => Promise<void> }> {
  let now = BEGIN;
  await page.clock.setFixedTime(now);
  await page.addInitScript(() => {
    let state = 42;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    Math.random = next;
    crypto.getRandomValues = <Values extends ArrayBufferView | null>(values: Values) => {
      if (values) for (let at = 0; at < values.byteLength; at++) new Uint8Array(values.buffer)[at] = next() * 256;
      return values;
    };
    const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join('');
    crypto.randomUUID = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
    const sign = crypto.subtle.sign.bind(crypto.subtle);
    let last: Promise<unknown> = Promise.resolve();
    crypto.subtle.sign = (...of: Parameters<SubtleCrypto['sign']>) => {
      const signed = last.then(() => sign(...of));
      last = signed.catch(() => {});
      return signed;
    };
  });
  return {
    later: (minutes) => {
      now += minutes * MINUTE_MS;
      return page.clock.setFixedTime(now);
    },
  };
}
