import { connectionId } from './accounts';
import { farControls } from './keyboard-map';
import { expect, test } from './queue-screen';

const MANY = Array.from({ length: 6 }, (_, index) => `{"order": ${index}}`);

test('six keys lead to every control of each screen', async ({ page, azurite, seed }) => {
  const at = `/#/q/${connectionId({ name: azurite.accountName, endpoint: azurite.url })}`;
  const { short, screen } = await seed(...MANY);
  const far: Record<string, string[]> = {};
  const note = async (name: string) => {
    const found = await farControls(page);
    if (found.length > 0) far[name] = found;
  };
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
  await expect(screen.details(short[0] ?? '').getByRole('button', { name: 'Delete' })).toBeVisible();
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
    await note(name);
  }
  expect(far).toEqual({});
});
