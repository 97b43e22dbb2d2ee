import type { QueueClient, QueueServiceClient } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { test as base } from './fixtures';

type At = { mode?: 'receive' | 'browse'; message?: string };

export type QueueScreen = ReturnType<typeof queueScreen>;

/** The controls of the screen of a queue, by role and name. */
function queueScreen(page: Page, azurite: QueueServiceClient, queue: string) {
  const { host } = new URL(azurite.url);
  const grid = page.getByRole('grid', { name: `Messages in ${queue}` });
  const details = (id: string) => page.getByRole('complementary', { name: `Message ${id}` });
  return {
    grid,
    details,
    rows: grid.getByRole('row', { name: /Select message/ }),
    row: (id: string) => grid.getByRole('row', { name: `Select message ${id}` }),
    leases: grid.getByRole('img', { name: /^Leased by you/ }),
    notes: page.getByRole('region', { name: 'Notifications' }),
    /** Opens the queue by its address, as a link or a reload does. */
    open: ({ mode, message }: At = {}) => {
      const place = [`${azurite.accountName}@${host}`, queue, ...(message ? [message] : [])];
      return page.goto(`/#/q/${place.map(encodeURIComponent).join('/')}${mode ? `?mode=${mode}` : ''}`);
    },
    /** Leases the first messages for five minutes, by the button. */
    receive16: async () => {
      await page.getByRole('radio', { name: 'Receive' }).click();
      await page.getByRole('button', { name: '16 for 5 min' }).click();
    },
    openDetails: async (id: string) => {
      await grid.getByRole('row', { name: `Select message ${id}` }).click();
      return details(id);
    },
  };
}

/** Moves all rows of the queue that is open into another by the dialog, one message a second. */
export async function moveAllSlowly(page: Page, { grid }: QueueScreen, target: string) {
  await grid.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'To queue' }).fill(target);
  await dialog.getByRole('spinbutton', { name: 'Messages per second' }).fill('1');
  await page.keyboard.press('Control+Enter');
}

/** What Azurite has in a queue, by the official client. */
export const peeked = async (queue: QueueClient) =>
  (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems;
export const textsIn = async (queue: QueueClient) => (await peeked(queue)).map(({ messageText }) => messageText);
export const dequeueCounts = async (queue: QueueClient) => (await peeked(queue)).map((item) => item.dequeueCount);
/** Visible or not. */
export const lengthOf = async (queue: QueueClient) => (await queue.getProperties()).approximateMessagesCount;

type Seeded = {
  queue: QueueClient;
  /** Message ids as the service has them. */
  ids: string[];
  /** Message ids as the screen shows them: their first 8 characters. */
  short: string[];
  screen: QueueScreen;
};

/** Creates a queue with messages by the official client, and opens its screen. */
export const test = base.extend<{ seed: (...texts: string[]) => Promise<Seeded> }>({
  seed: ({ page, azurite, queueName }, provide) =>
    provide(async (...texts) => {
      const queue = azurite.getQueueClient(queueName());
      await queue.create();
      const ids: string[] = [];
      for (const text of texts) ids.push((await queue.sendMessage(text)).messageId);
      const short = ids.map((id) => id.slice(0, 8));
      return { queue, ids, short, screen: queueScreen(page, azurite, queue.name) };
    }),
});

export { expect } from './fixtures';
