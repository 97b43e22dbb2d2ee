import { readFile } from 'node:fs/promises';
import type { QueueClient } from '@azure/storage-queue';
import type { Page } from '@playwright/test';
import { ACCOUNT, KEY, letIn, officialClient, STEADY_CLOCK } from '../scripts/testing/emulator';
import { startFaultProxy } from '../scripts/testing/fault-proxy.mjs';
import { startAzurite } from '../server/local/azurite';
import { connectionId, connectionString } from './accounts';
import { connect } from './connect-form';
import { expect, test } from './queue-screen';

// A proxy between the page and a real service makes one request in eight fail.

const MESSAGES = 100;
const FAULTS = {
  lostBefore: 0.025,
  lostAfter: 0.03,
  truncated: 0.03,
  busy: 0.01,
  serverErrors: 0.02,
  delayed: 0.01,
  hidden: 0.3,
};
const seed = Math.floor(Math.random() * 2 ** 30);

type Report = {
  counts: Record<'done' | 'skipped' | 'failed' | 'maybeDone' | 'maybeTwice' | 'inBoth', number>;
  troubles: { item: string; kind: string }[];
};

const jobs = (page: Page) => page.getByRole('region', { name: 'Jobs' });
const dialog = (page: Page) => page.getByRole('dialog');

/** How often each text is in a queue once nothing is hidden. */
async function drained(queue: QueueClient): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 3600 });
    if (receivedMessageItems.length === 0) return counts;
    for (const { messageText } of receivedMessageItems) counts.set(messageText, (counts.get(messageText) ?? 0) + 1);
  }
}
const sum = (counts: Map<string, number>) => [...counts.values()].reduce((one, other) => one + other, 0);

test('with one failing request in eight no message is lost, and every copy is reported', { tag: '@engines' }, async ({
  app,
  page,
  allowHost,
}) => {
  // On a busy machine Azurite answers thirty requests per second.
  test.setTimeout(150_000);
  const service = await startAzurite({ clock: STEADY_CLOCK });
  const azurite = officialClient(service.url);
  const proxy = await startFaultProxy({ target: new URL(service.url).origin, seed });
  try {
    await letIn(service.url, [app]);
    allowHost(proxy.origin);
    const names = ['orders', 'orders-poison', 'archive', 'moved'] as const;
    const queues = names.map((name) => azurite.getQueueClient(name));
    for (const queue of queues) await queue.create();
    const endpoint = `${proxy.origin}/${ACCOUNT}`;
    const account = { name: ACCOUNT, key: KEY, endpoint };
    await connect(page, { ...account, client: azurite, connectionString: connectionString(account) });

    /** Does something on the screen of a queue with faults on, and waits for the job; returns its report. */
    async function job(queue: string, ended: RegExp, begin: () => Promise<void>): Promise<Report> {
      proxy.setFaults({});
      await page.goto(`/#/q/${connectionId(account)}/${queue}`);
      await expect(page.getByRole('heading', { level: 1, name: queue, exact: true })).toBeVisible();
      await begin();
      proxy.setFaults(FAULTS);
      await dialog(page)
        .getByRole('button', { name: /^(Move|Redrive|Copy|Delete|Import) / })
        .click();
      const item = jobs(page).getByRole('listitem').filter({ hasText: ended }).first();
      await expect(item).toBeVisible({ timeout: 90_000 });
      proxy.setFaults({});
      await item.getByRole('button', { name: 'Save report' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: 'As JSON' }).click();
      const report = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Report;
      await item.getByRole('button', { name: /^Dismiss/ }).click();
      return report;
    }
    const menu = async (label: string, target: string) => {
      await page.getByRole('button', { name: 'More queue actions' }).click();
      await page.getByRole('menuitem', { name: label }).click();
      await dialog(page).getByRole('combobox', { name: 'To queue' }).fill(target);
    };

    const texts = Array.from({ length: MESSAGES }, (_, index) => `message ${index + 1}`);
    const imported = await job('orders-poison', /(Imported|imported) \d+/, async () => {
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      const buffer = Buffer.from(texts.map((text) => `${JSON.stringify({ text })}\n`).join(''));
      await dialog(page)
        .getByLabel('File to import')
        .setInputFiles({ name: 'all.jsonl', mimeType: 'application/jsonl', buffer });
      await expect(dialog(page).getByRole('button', { name: `Import ${MESSAGES} messages` })).toBeEnabled();
    });

    await page.goto(`/#/q/${connectionId(account)}/orders-poison?mode=browse`);
    // A few are returned one by one, in their order.
    await page.getByRole('radio', { name: 'At most' }).click();
    await page.getByRole('spinbutton', { name: 'Messages to browse' }).fill('32');
    const browse = page.getByRole('button', { name: 'Browse 32' });
    await expect(browse).toBeEnabled();
    proxy.setFaults(FAULTS);
    await browse.click();
    await expect(page.getByText(/^(Browsed|Stopped after) \d+ messages, /)).toBeVisible({ timeout: 90_000 });

    const redriven = await job('orders-poison', /[Rr]edriven \d+/, async () => {
      await page.getByRole('button', { name: 'Redrive' }).click();
      await expect(dialog(page).getByRole('combobox', { name: 'To queue' })).toHaveValue('orders');
    });
    const copied = await job('orders', /[Cc]opied \d+/, () => menu('Copy all messages', 'archive'));
    const moved = await job('orders', /[Mm]oved \d+/, () => menu('Move all messages', 'moved'));
    const deleted = await job('archive', /[Dd]eleted \d+/, async () => {
      await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: /^Delete/ })
        .click();
    });

    // Messages that lost answers hid are visible again.
    await fetch(`${service.clock}/advance?ms=3600000`, { method: 'POST' });
    const [orders, poison, archive, end] = await Promise.all(queues.map(drained));
    const troubled = new Map(imported.troubles.map(({ item, kind }) => [item, kind]));
    const chain = (text: string) => [orders, poison, end].reduce((all, queue) => all + (queue?.get(text) ?? 0), 0);
    const found = texts.map((text, index) => ({ text, kind: troubled.get(`row ${index + 1}`), times: chain(text) }));

    const which = `seed ${seed}`;
    expect(
      found.filter(({ kind, times }) => kind === undefined && times === 0),
      which,
    ).toEqual([]);
    expect(
      found.filter(({ kind, times }) => kind === 'failed' && times > 0),
      which,
    ).toEqual([]);
    const twice = found.reduce((all, { times }) => all + Math.max(0, times - 1), 0);
    const said = [redriven, moved].reduce((all, { counts }) => all + counts.maybeTwice + counts.inBoth, 0);
    expect(twice, which).toBeLessThanOrEqual(said);
    const archived = sum(archive ?? new Map()) + deleted.counts.done;
    expect(archived, which).toBeGreaterThanOrEqual(copied.counts.done - deleted.counts.maybeDone);
    expect(archived, which).toBeLessThanOrEqual(copied.counts.done + copied.counts.maybeTwice);
    for (const counts of [orders, poison, archive, end])
      expect([...(counts?.keys() ?? [])].filter((text) => !texts.includes(text))).toEqual([]);
    // There were faults.
    expect(proxy.counts.lostBefore).toBeGreaterThan(10);
    expect(proxy.counts.lostAfter + proxy.counts.truncated).toBeGreaterThan(10);
    expect(proxy.counts.resent).toBe(0);
  } finally {
    await Promise.all([proxy.stop(), service.stop()]);
  }
});
