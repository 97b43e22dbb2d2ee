import '@/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Account } from '@/azure/protocol/model';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { dismissJob } from '@/state/jobs/job-list';
import { currentJobs } from '@/state/jobs/job-store';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import ImportMessagesDialog from './dialogs/import-messages-dialog';
import { JobsPanel } from './jobs-panel';

// What the import dialog takes a file for, says of it, and lets a person change.

let account: Account;
let number = 0;
let queue: string;

beforeAll(async () => {
  await page.viewport(1280, 900);
  await loadConnections();
  await addSandbox();
  ({ account } = await openSandbox());
});
afterAll(() => forgetConnection(SANDBOX_ID));
beforeEach(async () => {
  for (const { id } of currentJobs()) dismissJob(id);
  queue = `import-${++number}`;
  await account.createQueue(queue);
});

const show = (content: BlobPart, name: string) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <main className="flex h-100">
        <JobsPanel onClose={() => {}} />
      </main>
      <ImportMessagesDialog account={account} queue={queue} file={new File([content], name)} onClose={() => {}} />
    </QueryClientProvider>,
  );

const dialog = () => page.getByRole('dialog');
const firstRows = () => page.getByRole('region', { name: 'First rows' });
const radio = (name: string) => page.getByRole('radio', { name });
const field = () => page.getByRole('combobox', { name: 'Field with the message text' });
const heading = () => page.getByRole('checkbox', { name: 'The first row is a heading' });
const problems = () => page.getByRole('list', { name: 'Rows with a problem' });
const imported = async (count: number) => {
  await page.getByRole('button', { name: `Import ${count} messages` }).click();
  await expect.element(page.getByText(new RegExp(`^Imported ${count} (of \\d+ )?messages`)).first()).toBeVisible();
  return (await account.peekMessages(queue, { count: 32 })).map(({ text }) => text);
};

const choose = (name: string, option: string) =>
  page.getByRole('combobox', { name, exact: true }).selectOptions(option);
/** A message as az CLI writes it. */
const row = (n: number, expires: string) =>
  `{"content":"${btoa(`{"order":${n}}`)}","dequeueCount":0,"expirationTime":"${expires}","id":"id-${n}"}`;

describe('the import dialog', () => {
  test('takes bare payloads for messages, and sends their exact text in their order', async () => {
    const file = '[{"orderId":9007199254740993,"total":12.50}, {"orderId":9007199254740992, "total":7.00}]';
    await show(file, 'orders.json');
    await expect.element(radio('Each row is the message')).toBeChecked();
    await expect.element(dialog()).toHaveTextContent('JSON array, 2 rows');
    await expect.element(firstRows()).toHaveTextContent('{"orderId":9007199254740993,"total":12.50}');
    await expect.element(dialog()).toHaveTextContent('one after another, in the order of the file');
    expect(await imported(2)).toEqual([
      '{"orderId":9007199254740993,"total":12.50}',
      '{"orderId":9007199254740992, "total":7.00}',
    ]);
  });

  test('knows the fields of az CLI, offers them with an example, and says what is Base64', async () => {
    await show(`[${row(1, '2099-12-06T05:45:12+00:00')},${row(2, '2099-12-06T05:45:12+00:00')}]`, 'peek.json');
    await expect.element(field()).toHaveValue('content');
    await expect.element(page.getByRole('option', { name: /expirationTime.*2099-12-06/ })).toBeVisible();
    await expect
      .element(dialog())
      .toHaveTextContent('The texts look like Base64. They are sent as they stand in the file.');
    await page.getByRole('option', { name: /^id id-1$/ }).click();
    await expect.element(firstRows()).toHaveTextContent('id-2');
    await radio('Each row is the message').click();
    await expect.element(firstRows()).toHaveTextContent('"dequeueCount":0');
    await radio('A field of the row').click();
    await field().fill('content');
    expect(await imported(2)).toEqual([btoa('{"order":1}'), btoa('{"order":2}')]);
    expect((await account.peekMessages(queue))[0]?.expiresAt?.getUTCFullYear()).toBeGreaterThan(2090);
  });

  test('takes no first message for a heading, and lets the person say which it is', async () => {
    await show('"{""order"":1}"\n"{""order"":2}"\n', 'rows.csv');
    await expect.element(heading()).not.toBeChecked();
    await expect.element(firstRows()).toHaveTextContent('{"order":1}');
    await heading().click();
    await expect.element(firstRows()).not.toHaveTextContent('{"order":1}');
    await heading().click();
    await expect.element(firstRows()).toHaveTextContent('{"order":1}');
    expect(await imported(2)).toEqual(['{"order":1}', '{"order":2}']);
  });

  test('reads the format, the encoding and the delimiter that are chosen', async () => {
    await show(new Uint8Array([...new TextEncoder().encode('a;b,c\nd;'), 0xe4, 0x0a]), 'rows.csv');
    await expect.element(page.getByRole('combobox', { name: 'Encoding' })).toHaveValue('windows-1252');
    await choose('Encoding', 'UTF-8');
    await expect.element(dialog()).toHaveTextContent('The file is not UTF-8 text.');
    await choose('Encoding', 'Windows-1252');
    await choose('Delimiter', 'Comma');
    await radio('A field of the row').click();
    await expect.element(problems()).toHaveTextContent('Row 2: The row has 1 field, and the first row 2.');
    await choose('Format', 'Lines of text');
    await expect.element(dialog()).toHaveTextContent('Lines of text, 2 rows');
    expect(await imported(2)).toEqual(['a;b,c', 'd;ä']);
  });

  test('sends to the queue that is chosen from the list', async () => {
    const other = `other-${queue}`;
    await account.createQueue(other);
    await show('one\ntwo\n', 'rows.txt');
    await page.getByRole('combobox', { name: 'To queue' }).fill('other-');
    await page.getByRole('option', { name: other }).click();
    await expect.element(page.getByRole('combobox', { name: 'To queue' })).toHaveValue(other);
    expect(await imported(2)).toEqual([]);
    expect((await account.peekMessages(other, { count: 32 })).map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test('tells each problem once, with its number and first rows, and the others go on', async () => {
    const missing = Array.from({ length: 40 }, () => '{"messageId":"1"}');
    await show(['{"messageId":"0","body":"a"}', ...missing, '{"messageId":"2","body":"b"}'].join('\n'), 'rows.jsonl');
    await expect.element(dialog()).toHaveTextContent('42 rows, 40 with a problem');
    await expect
      .element(problems().getByRole('listitem'))
      .toHaveTextContent('Rows 2, 3, 4, 5, 6 and 35 more: No field named "body".');
    expect(await imported(2)).toEqual(['a', 'b']);
  });
});
