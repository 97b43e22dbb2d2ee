import { ACCOUNT, KEY } from '../scripts/testing/emulator';
import { startDistantService } from '../scripts/testing/start-distant-service.mjs';
import { connectionString } from './accounts';
import { connectForm } from './connect-form';
import { expect, test } from './queue-screen';

// What a browser asks a service before it asks for something, counted where it arrives: see src/azure/wire/cache-mode.ts.

test('what is read or added again and again is asked about once, and is never answered from a cache', {
  tag: '@engines',
}, async ({ page, browserName, allowHost }) => {
  const service = await startDistantService();
  try {
    allowHost(service.origin);
    // No account lets its answers be kept; another endpoint may, and nothing is kept of it either.
    await service.tell({ isKept: true, fill: { queue: 'orders', messages: 3, text: 'hello' } });
    await page.goto('/#/connect');
    const { details, submit } = connectForm(page);
    const endpoint = `${service.origin}/${ACCOUNT}`;
    await details.fill(connectionString({ name: ACCOUNT, key: KEY, endpoint }));
    await submit.click();
    await page.getByRole('link', { name: /^orders,/ }).click();
    const rows = page.getByRole('row', { name: /Select message/ });
    await expect(rows).toHaveCount(3);
    const refresh = page.getByRole('button', { name: 'Refresh', exact: true });
    await refresh.click();
    await expect(refresh).toBeEnabled();
    await service.tell({});

    for (let messages = 4; messages <= 10; messages++) {
      await service.tell({ fill: { queue: 'orders', messages, text: 'hello' } });
      await refresh.click();
      await expect(rows).toHaveCount(messages);
      const read = await service.tell({});
      expect(read.requests).toBeGreaterThanOrEqual(1);
      expect(read.preflights).toBe(0);
    }

    for (let message = 0; message < 6; message++) {
      await page.getByRole('button', { name: 'Add message' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Add message' });
      await dialog.getByRole('textbox', { name: 'Message body' }).fill(`message ${message}`);
      await dialog.getByRole('button', { name: 'Add message' }).click();
      await expect(dialog).toBeHidden();
    }
    const added = await service.tell({ look: 'orders' });
    expect(added.messages).toBe(16);
    // Firefox would keep the answers to what is added, with their receipts: they are `no-store`, and it asks each time.
    if (browserName === 'firefox') expect(added.preflights).toBeGreaterThanOrEqual(6);
    else expect(added.preflights).toBeLessThanOrEqual(2);
  } finally {
    service.stop();
  }
});
