import type { Page } from '@playwright/test';
import { connectionId } from './accounts';
import { farControls } from './keyboard-map';
import { expect, moveAllSlowly, test } from './queue-screen';

const soft = expect.configure({ soft: true });
/** Looks at a screen once all of it is there: its parts, and the focus with them, come one after the other. */
const mapOf = (page: Page) => (name: string) => soft.poll(() => farControls(page), name).toEqual([]);
const MANY = Array.from({ length: 6 }, (_, index) => `{"order": ${index}}`);

test('six keys lead to every control of each screen', async ({ page, azurite, seed }) => {
  const at = `/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}`;
  const { short, screen } = await seed(...MANY);
  const note = mapOf(page);
  await screen.open();
  await expect(screen.rows).toHaveCount(6);
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toBeVisible();
  await note('peek');
  await page.keyboard.press('2');
  await expect(page.getByRole('button', { name: /^Receive \d/ })).toBeFocused();
  await note('receive');
  await page.keyboard.press('3');
  await expect(page.getByRole('button', { name: /^Browse all/ }).last()).toBeFocused();
  await note('browse');
  await page.keyboard.press('1');
  await expect(screen.grid).toBeFocused();
  await page.keyboard.press('Enter');
  const details = screen.details(short[0] ?? '');
  await expect(details.getByRole('button', { name: 'Delete' })).toBeVisible();
  await expect(details.getByRole('region', { name: 'Message body' })).toBeVisible();
  await expect(details.getByRole('button', { name: 'Show as columns' })).toBeVisible();
  await note('details');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await expect(page.getByRole('toolbar', { name: /selected/ })).toBeVisible();
  await note('selection');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Backquote');
  await expect(page.getByRole('grid', { name: 'Wire log' })).toBeVisible();
  await note('drawer');
  await page.keyboard.press('Backquote');
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Message body' })).toBeFocused();
  await note('editor');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  for (const [name, address, heading] of [
    ['overview', at, azurite.accountName],
    ['settings', '/#/settings', 'Settings'],
    ['wire', '/#/wire', /.*/],
    ['lab', '/#/lab', /.*/],
    ['lesson', '/#/lab/first-message', /.*/],
    ['free play', '/#/lab/free', /.*/],
    ['connect', '/#/connect', /.*/],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    if (name === 'lesson') await expect(page.getByRole('button', { name: 'Open run' })).toBeVisible();
    await note(name);
  }
});

test('six keys lead to every control of jobs, of the lease tray, of the working set, and of short windows', {
  tag: '@everywhere',
}, async ({ page, azurite, seed }) => {
  test.setTimeout(240_000);
  const { queue, screen } = await seed(...MANY);
  const target = azurite.getQueueClient(`${queue.name}-target`);
  await target.create();
  const note = mapOf(page);
  const jobs = page.getByRole('region', { name: 'Jobs', exact: true });

  await screen.open({ mode: 'browse' });
  await page.getByRole('radio', { name: 'Work on these' }).check();
  await page
    .getByRole('region', { name: 'Browse all' })
    .getByRole('button', { name: /^Browse all/ })
    .press('Enter');
  await expect(page.getByRole('group', { name: 'Working set' })).toContainText('6 in hand');
  await note('working set');
  await page
    .getByRole('contentinfo', { name: 'Status' })
    .getByRole('button', { name: /^Leases/ })
    .press('Enter');
  const tray = page.getByRole('complementary', { name: 'Leases' });
  await tray.getByRole('checkbox').first().check();
  await expect(page.getByRole('toolbar', { name: '1 lease selected' })).toBeVisible();
  await note('lease tray');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Return 6' }).press('Enter');
  await expect(screen.leases).toHaveCount(0);

  await moveAllSlowly(page, screen, target.name);
  await jobs.getByRole('button', { name: 'Pause' }).press('Enter');
  await expect(jobs.getByRole('button', { name: 'Resume' })).toBeFocused();
  await note('paused job');
  await page.setViewportSize({ width: 640, height: 400 });
  await note('paused job in a short window');
  await page.setViewportSize({ width: 1280, height: 720 });
  page.on('dialog', (question) => void question.accept());
  await page.reload();
  await expect(page.getByRole('region', { name: /^Interrupted job/ })).toBeVisible();
  await note('interrupted job');
  await page.getByRole('button', { name: /^Continue with/ }).press('Enter');
  await expect(jobs.getByRole('button', { name: 'Copy report' })).toBeVisible({ timeout: 30_000 });
  await note('finished job');

  for (const size of [
    { width: 640, height: 400 },
    { width: 320, height: 256 },
  ])
    for (const mode of ['receive', 'browse'] as const) {
      await page.setViewportSize(size);
      await page.goto('about:blank');
      await screen.open({ mode });
      await expect(page.getByRole('button', { name: /^How to read messages/ })).toBeVisible();
      await note(`${mode} at ${size.width}`);
    }
  await target.delete();
});
