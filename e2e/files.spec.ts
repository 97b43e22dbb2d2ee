import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { exactTextsIn, putExact } from './exact-text';
import { dequeueCounts, expect, lengthOf, test, textsIn } from './queue-screen';

// Messages are exported and imported exactly.

const dialog = (page: Page) => page.getByRole('dialog');
const jobs = (page: Page) => page.getByRole('region', { name: 'Jobs' });
const LEGAL = [
  '{"a": 9007199254740993}',
  ' "quoted", \r\nand\rbroken\n',
  '\t<&>',
  '\u{1F600}\u2028',
  '=1+1',
  'plain',
  '',
]
  // The empty text is exported too.
  .toReversed();

/** Removes the file picker, as in browsers without one: exports are downloaded. */
const withoutPicker = (page: Page) =>
  page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));

async function exported(page: Page, start: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent('download');
  await start();
  return readFile(await (await download).path(), 'utf8');
}

test('a whole queue is exported and imported into another, exact to the character', { tag: '@engines' }, async ({
  page,
  azurite,
  queueName,
  seed,
}) => {
  await withoutPicker(page);
  const { queue, screen } = await seed();
  for (const text of LEGAL) await putExact(queue, text);
  const target = azurite.getQueueClient(queueName('target'));
  await target.create();
  await screen.open();

  const file = await exported(page, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(dialog(page)).toContainText(`Raises the dequeue count of about ${LEGAL.length} messages by 1`);
    await dialog(page).getByRole('button', { name: 'Export all messages' }).click();
  });
  await expect(jobs(page)).toContainText(`Exported ${LEGAL.length} messages`);
  await expect.poll(() => dequeueCounts(queue)).toEqual(LEGAL.map(() => 1));

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog(page)
    .getByLabel('File to import')
    .setInputFiles({ name: 'all.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(file) });
  await expect(dialog(page)).toContainText(`JSON Lines, ${LEGAL.length} rows`);
  await dialog(page).getByRole('combobox', { name: 'To queue' }).fill(target.name);
  const importing = dialog(page).getByRole('button', { name: `Import ${LEGAL.length} messages` });
  await importing.click();
  // One of them is empty, which may be a mistake.
  await expect(dialog(page).getByRole('alert')).toContainText('1 of the texts is empty.');
  expect(await lengthOf(target)).toBe(0);
  await importing.click();
  await expect(jobs(page)).toContainText(`Imported ${LEGAL.length} messages`);
  expect((await exactTextsIn(target)).toSorted()).toEqual(LEGAL.toSorted());
  const [before, after] = await Promise.all([queue, target].map((one) => one.peekMessages({ numberOfMessages: 1 })));
  const life = (answer: typeof before) => answer?.peekedMessageItems[0]?.expiresOn.getTime() ?? 0;
  expect(Math.abs(life(before) - life(after))).toBeLessThanOrEqual(3000);
});

test('chosen messages are exported to a CSV of chosen fields, decoded, without a request', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  await withoutPicker(page);
  const { queue, screen } = await seed(Buffer.from('{"city": "Oslo"}').toString('base64'), 'plain, "text"');
  await screen.open();
  await page.getByRole('checkbox', { name: 'Select all loaded messages' }).check();
  const file = await exported(page, async () => {
    await page.getByRole('toolbar').getByRole('button', { name: 'Export' }).click();
    await page.getByRole('radio', { name: 'CSV' }).click();
    for (const name of ['Id', 'Inserted', 'Expires', 'Next visible', 'Encoding'])
      await dialog(page).getByRole('checkbox', { name, exact: true }).uncheck();
    await page.getByRole('radio', { name: 'Decoded' }).click();
    await dialog(page).getByRole('button', { name: 'Export 2 messages' }).click();
  });
  expect(file).toBe('dequeueCount,body\r\n0,"{""city"": ""Oslo""}"\r\n0,"plain, ""text"""\r\n');
  expect(await dequeueCounts(queue)).toEqual([0, 0]);
});

test('an export is written to the disk piece by piece where the browser allows it', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  await page.addInitScript(() =>
    Object.assign(globalThis, {
      showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) => {
        document.documentElement.dataset['saved'] = suggestedName;
        const folder = await navigator.storage.getDirectory();
        return folder.getFileHandle('saved', { create: true });
      },
    }),
  );
  const { screen } = await seed('a', 'b', 'c');
  await screen.open();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('radio', { name: 'JSON array' }).click();
  await dialog(page).getByRole('button', { name: 'Export all messages' }).click();
  await expect(jobs(page)).toContainText('Exported 3 messages');
  await expect(page.locator('html')).toHaveAttribute('data-saved', /^queue-.*\.json$/);
  const saved = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    return (await (await folder.getFileHandle('saved')).getFile()).text();
  });
  expect((JSON.parse(saved) as { text: string }[]).map(({ text }) => text)).toEqual(['a', 'b', 'c']);
});

test('a dropped file is checked first, and rows that cannot be sent are named with their rule', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const { queue, screen } = await seed('there before');
  await screen.open();
  const rows = ['{"text": "good"}', 'not json', '{"text": "late", "expiresAt": "2001-01-01T00:00:00Z"}', '{"text": 7}'];
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'rows.jsonl'));
    return transfer;
  }, rows.join('\n'));
  await page.getByRole('region', { name: 'Message list' }).dispatchEvent('drop', { dataTransfer: data });

  await expect(dialog(page)).toContainText('4 rows, 3 with a problem');
  const problems = dialog(page).getByRole('list', { name: 'Rows with a problem' });
  await expect(problems).toContainText('Row 2: The row is not JSON.');
  await expect(problems).toContainText('Row 3: The message expired at 2001-01-01');
  await expect(problems).toContainText('Row 4: The field "text" is not a text.');
  await dialog(page).getByRole('combobox', { name: 'Time to live', exact: true }).selectOption('Never expires');
  await expect(dialog(page)).toContainText('4 rows, 2 with a problem');
  await dialog(page).getByRole('button', { name: 'Import 2 messages' }).click();

  await expect(jobs(page)).toContainText('Imported 2 of 4 messages');
  await expect(jobs(page)).toContainText('2 not imported');
  expect((await textsIn(queue)).toSorted()).toEqual(['good', 'late', 'there before']);
  expect(await lengthOf(queue)).toBe(3);
});

test('a dump of az CLI comes back by an export in its order, and the export too', { tag: '@engines' }, async ({
  page,
  azurite,
  queueName,
  seed,
}) => {
  await withoutPicker(page);
  const { queue, screen } = await seed();
  const target = azurite.getQueueClient(queueName('target'));
  await target.create();
  const texts = Array.from({ length: 32 }, (_, order) => Buffer.from(`{"order":${order}}`).toString('base64'));
  const dump = texts.map((content, index) => ({
    content,
    dequeueCount: 0,
    expirationTime: '2099-12-06T05:45:12+00:00',
    id: `id-${index}`,
  }));
  await screen.open();

  async function imported(name: string, content: string) {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog(page)
      .getByLabel('File to import')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
    await expect(dialog(page)).toContainText(`${texts.length} rows`);
  }

  await imported('peek.json', JSON.stringify(dump, undefined, 2));
  await expect(dialog(page).getByRole('combobox', { name: 'Field with the message text' })).toHaveValue('content');
  await dialog(page)
    .getByRole('button', { name: `Import ${texts.length} messages` })
    .click();
  await expect(jobs(page)).toContainText(`Imported ${texts.length} messages`);
  const file = await exported(page, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(dialog(page)).toContainText('one by one in their order');
    await dialog(page).getByRole('button', { name: 'Export all messages' }).click();
  });
  await expect(jobs(page)).toContainText(`Exported ${texts.length} messages`);
  await imported('export.jsonl', file);
  await dialog(page).getByRole('combobox', { name: 'To queue' }).fill(target.name);
  await dialog(page)
    .getByRole('button', { name: `Import ${texts.length} messages` })
    .click();
  await expect(jobs(page).getByText(`Imported ${texts.length} messages`)).toHaveCount(2);
  expect(await exactTextsIn(target)).toEqual(texts);
  expect(await exactTextsIn(queue)).toEqual(texts);
});
