import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { sandboxScreen } from '@/features/messages/sandbox-screen.fixture';
import { setPreference } from '@/state/settings/preferences';
import ActivityDrawer from './activity-drawer';

const on = sandboxScreen('under');

const WINDOWS = [
  [1280, 540],
  [800, 520],
  [1024, 600],
  [1366, 768],
] as const;
/** Of the rail and the sidebar, of which the second is not there under 960 px. */
const beside = (width: number) => (width < 960 ? 52 : 292);
const STATUS_BAR_PX = 28;

afterEach(() => {
  for (const one of document.querySelectorAll<HTMLElement>('body, body > div, main')) one.removeAttribute('style');
});

/** The screen with the drawer in one column, as the shell has them. */
async function showBoth() {
  await on.show({ mode: 'receive' });
  const main = document.querySelector('main');
  const column = main?.parentElement;
  if (!main || !column) throw new Error('No main part');
  Object.assign(column.style, { display: 'flex', flexDirection: 'column', height: `calc(100vh - ${STATUS_BAR_PX}px)` });
  Object.assign(main.style, { flex: '1', minHeight: '0' });
  const place = document.createElement('div');
  place.style.flex = 'none';
  main.after(place);
  await render(<ActivityDrawer />, { container: place });
}

const activity = page.getByRole('region', { name: 'Activity' });
const rows = page.getByRole('grid', { name: /^Messages in/ });
const heightOf = (part: typeof rows) => part.element().getBoundingClientRect().height;

test('rows keep a third of the window above the drawer, below the bars of leases and of a selection', async () => {
  await on.fill(20);
  // As high as half of the window, wherever that fits.
  setPreference('drawer', { height: 900, open: true });
  await showBoth();
  await page.getByRole('button', { name: '16 for 5 min' }).click();
  await expect.element(page.getByText(/^Received 16 messages/)).toBeVisible();
  await page
    .getByRole('checkbox', { name: /^Select message/ })
    .first()
    .click();
  for (const [width, height] of WINDOWS) {
    await page.viewport(width, height);
    document.body.style.margin = `0 0 0 ${beside(width)}px`;
    const message = `${width}×${height}`;
    await expect.poll(() => heightOf(rows) / height, { message }).toBeGreaterThanOrEqual(1 / 3 - 0.005);
    // Its head and a row are there all the same.
    expect(heightOf(activity)).toBeGreaterThanOrEqual(64);
  }
});
