import '@/styles.css';
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { connect } from '@/azure/account';
import { wrapText } from '@/azure/bodies/encode-layers';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import type { Account } from '@/azure/protocol/model';
import { clearQueue } from '@/queries/queues';
import { accountFor } from '@/queries/use-account';
import { addConnection, loadConnections } from '@/state/connections/connections';
import { currentLease, dropConnectionLeases } from '@/state/leases/leases';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { closeDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { type ExplorerRoute, goTo, useRoute } from '@/state/navigation/route';
import { resetPreferences, setPreference } from '@/state/settings/preferences';
import { Toasts } from '@/ui/overlay/toast';
import { MessagesScreen } from './messages-screen';
import { shortId } from './shared/short-id';

const { url } = inject('azurite');
const key = await importKey(EMULATOR.key);
await loadConnections();

/** An account of Azurite by name; `hidden` exposes no header to the page. */
async function accountOf(name: string): Promise<Account> {
  const connection = {
    account: name,
    endpoint: url.replace(EMULATOR.account, name),
    credential: { kind: 'key', key },
  } as const;
  await addConnection(connection, 'tab');
  return connect(connection);
}
const account = await accountOf(EMULATOR.account);

let number = 0;
let queue: string;

beforeEach(async () => {
  await page.viewport(1280, 800);
  resetPreferences();
  closeDialog();
  dropConnectionLeases(account.id);
  queue = `screen-${Date.now()}-${++number}`;
  await account.createQueue(queue);
});

const send = async (...texts: string[]) => {
  const ids: string[] = [];
  for (const text of texts) ids.push((await account.sendMessage(queue, { text })).id);
  return ids.map(shortId);
};
const counts = async () => (await account.peekMessages(queue)).map(({ dequeueCount }) => dequeueCount);

/** What the app does around the screen: the address, the one rule of invalidation, toasts. */
async function show(route: Partial<ExplorerRoute> = {}) {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _result, { options }) =>
        options.mutationKey && client.invalidateQueries({ queryKey: options.mutationKey }),
    }),
  });
  goTo({ screen: 'explorer', connectionId: account.id, queue, mode: 'peek', filter: '', ...route });
  return render(
    <QueryClientProvider client={client}>
      <Here />
      <Toasts />
    </QueryClientProvider>,
  );
}
function Here() {
  const route = useRoute();
  const dialog = useOpenDialog();
  return (
    <>
      <main className="flex h-150 flex-col">{route?.screen === 'explorer' && <MessagesScreen route={route} />}</main>
      <output aria-label="Dialog asked for">{JSON.stringify(dialog)}</output>
    </>
  );
}

const grid = () => page.getByRole('grid', { name: `Messages in ${queue}` });
const rows = () => grid().getByRole('row', { name: /Select message/ });
const row = (id: string | undefined) => grid().getByRole('row', { name: new RegExp(`Select message ${id}`) });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const details = (id: string | undefined) => page.getByRole('complementary', { name: `Message ${id}` });

describe('peeking', () => {
  test('lists messages and changes nothing', async () => {
    await send('{"order":1}', 'plain');
    await show();
    await expect.element(rows()).toHaveLength(2);
    await expect.element(rows().nth(0)).toHaveTextContent(/JSON.*order: 1/);
    await expect.element(page.getByText('Peek shows the first 32 and changes nothing.')).toBeVisible();
    expect(await counts()).toEqual([0, 0]);
  });

  test('shows only as many as asked for', async () => {
    await send('a', 'b', 'c');
    await show();
    await page.getByRole('spinbutton', { name: 'Messages to peek' }).fill('2');
    await expect.element(rows()).toHaveLength(2);
  });

  test('an empty queue says so and offers to add a message', async () => {
    await show();
    await expect.element(page.getByRole('heading', { name: `${queue} is empty` })).toBeVisible();
    await button(/Add message/)
      .nth(1)
      .click();
    await expect.element(page.getByLabelText('Dialog asked for')).toHaveTextContent('"kind":"addMessage"');
  });

  test('a queue whose messages are all hidden is not called empty', async () => {
    await send('a', 'b');
    await account.receiveMessages(queue, { count: 2, visibilityTimeout: 300 });
    await show();
    await expect.element(page.getByRole('heading', { name: `No message of ${queue} is visible` })).toBeVisible();
    await expect.element(page.getByText(/About 2 messages are in it/)).toBeVisible();
  });

  test('a queue that does not exist can be created or left', async () => {
    await show({ queue: 'returns-eu' });
    await expect.element(page.getByRole('heading', { name: 'returns-eu does not exist' })).toBeVisible();
    await expect.element(page.getByText('404 QueueNotFound')).toBeVisible();
    await button('Create returns-eu').click();
    await expect.element(page.getByLabelText('Dialog asked for')).toHaveTextContent('"name":"returns-eu"');
  });

  test('the filter finds what is inside Base64', async () => {
    await send(btoa('{"city":"Reykjavik"}'), 'elsewhere');
    await show({ filter: 'reykjavik' });
    await expect.element(rows()).toHaveLength(1);
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('nothing like it');
    await expect.element(page.getByRole('heading', { name: 'None of 2 loaded messages matches' })).toBeVisible();
    await button('Clear filters').click();
    await expect.element(rows()).toHaveLength(2);
  });
});

const packed = () => wrapText('{"city":"Reykjavik"}', ['base64', 'gzip']);

describe('a packed message', () => {
  test('is shown by what is inside, in rows and in cards', async () => {
    await send(await packed());
    await show();
    await expect.element(grid().getByText('JSON')).toBeVisible();
    await expect.element(grid().getByText('city: Reykjavik')).toBeVisible();
    await page.viewport(390, 844);
    await expect.element(grid().getByText('city: Reykjavik')).toBeVisible();
  });

  test('that takes more than its share says where it was stopped, and the details try for longer', async () => {
    const [id] = await send(await wrapText('x'.repeat(5 * 1024 * 1024), ['base64', 'gzip']));
    await show();
    await expect.element(row(id)).toHaveTextContent(/stopped: only the first 1 MiB are unpacked/);
    await row(id).click();
    await expect.element(details(id).getByText('stopped: only the first 4 MiB are unpacked')).toBeVisible();
    await details(id).getByRole('button', { name: 'Try for longer' }).click();
    await expect.element(details(id).getByText(/^stopped/)).not.toBeInTheDocument();
    await expect.element(details(id).getByRole('group', { name: 'Decode chain' })).toHaveTextContent(/gzip.*Text/);
  });

  test('is found by what is inside, leased too', async () => {
    await send(await packed());
    await show({ mode: 'receive' });
    await button('1 for 30 s').click();
    await send('elsewhere');
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('reykjavik');
    await expect.element(rows()).toHaveLength(1);
    await expect.element(rows()).toHaveTextContent('Reykjavik');
  });
});

describe('receiving', () => {
  test('a link to receive mode receives nothing by itself', async () => {
    await send('a', 'b');
    await show({ mode: 'receive' });
    await expect.element(rows()).toHaveLength(2);
    await expect.element(page.getByText(/Receive hides 1 message from every consumer for 30 s/)).toBeVisible();
    expect(await counts()).toEqual([0, 0]);
  });

  test('refuses a count or a timeout out of range with the rule beside it, and remembers the last that could be sent', async () => {
    await send('a');
    const screen = await show({ mode: 'receive' });
    const count = page.getByRole('spinbutton', { name: 'Messages to receive' });
    const timeout = page.getByRole('spinbutton', { name: 'Visibility timeout' });
    const bar = page.getByRole('region', { name: 'Receive' });
    await count.fill('33');
    await expect.element(bar.getByRole('alert')).toHaveTextContent('The count is a whole number from 1 to 32.');
    await expect.element(count).toHaveAccessibleDescription('The count is a whole number from 1 to 32.');
    await timeout.click();
    await expect.element(count).toHaveValue(33);
    await expect
      .element(bar.getByRole('button', { name: 'Receive', exact: true }))
      .toHaveAttribute('aria-disabled', 'true');
    await count.fill('12');
    await page.getByRole('combobox', { name: 'Unit of visibility timeout' }).selectOptions('days');
    for (const wrong of ['8', '0', '-1', '7.00001']) {
      await timeout.fill(wrong);
      await expect
        .element(bar.getByRole('alert'))
        .toHaveTextContent('The visibility timeout is a whole number of seconds from 1 to 604,800 (7 days).');
    }
    await timeout.fill('1.5');
    await expect.element(bar.getByText(/^Receive hides up to 12 messages from every consumer for 36 h/)).toBeVisible();

    await screen.unmount();
    await show({ mode: 'receive' });
    await expect.element(count).toHaveValue(12);
    await expect.element(timeout).toHaveValue(36);
    expect(await counts()).toEqual([0]);
  });

  test('says that leases run on when the tab closes', async () => {
    await send('a');
    await show({ mode: 'receive' });
    await button('1 for 30 s').click();
    await expect
      .element(page.getByText(/Your 1 lease stays on top\. Leases run on when this tab closes\./))
      .toBeVisible();
  });

  test('in Peek, what is leased here can be left out, as every other consumer sees it', async () => {
    await send('a', 'b');
    await show();
    await page.getByRole('radio', { name: 'Receive' }).click();
    await button('1 for 30 s').click();
    await expect.element(page.getByText(/Your 1 lease stays on top/)).toBeVisible();
    await page.getByRole('radio', { name: 'Peek' }).click();
    await expect.element(rows()).toHaveLength(2);
    await button('As another consumer sees it').click();
    await expect.element(rows()).toHaveLength(1);
    await expect.element(page.getByText(/1 message that you have leased is hidden from everyone else/)).toBeVisible();
    await button('Show your leases again').click();
    await expect.element(rows()).toHaveLength(2);
  });

  test('sixteen for five minutes are received and deleted in three clicks', async () => {
    await send(...Array.from({ length: 17 }, (_, index) => `message ${index}`));
    await show();
    await page.getByRole('radio', { name: 'Receive' }).click();
    await button('16 for 5 min').click();
    await button('Delete them').click();
    await expect.element(page.getByText('Deleting 16 messages')).toBeVisible();
    await expect.element(rows()).toHaveLength(1);
    await button('Delete now').click();
    await expect.poll(async () => (await account.getQueueProperties(queue)).approximateMessageCount).toBe(1);
    await expect.poll(counts).toEqual([0]);
  });

  test('leased rows stay on top with their countdown', async () => {
    await send('a', 'b', 'c');
    await show({ mode: 'receive' });
    await button('1 for 30 s').click();
    await expect
      .element(
        rows()
          .nth(0)
          .getByRole('img', { name: /^Leased by you, 0:(30|29) left$/ }),
      )
      .toBeVisible();
    await expect.element(rows()).toHaveLength(3);
    await expect.element(page.getByText(/^Received 1 message, leased until \d\d:\d\d:\d\d$/)).toBeVisible();
  });

  test('fewer than asked for and none at all are said', async () => {
    await send('a', 'b');
    await show({ mode: 'receive' });
    await button('16 for 5 min').click();
    await expect.element(page.getByText('Asked for 16; no more were visible.')).toBeVisible();
    await button('1 for 30 s').click();
    await expect.element(page.getByText('No message was visible to receive')).toBeVisible();
  });

  test('releasing all makes them visible again, with the dequeue count that they now have', async () => {
    await send('a', 'b');
    await show({ mode: 'receive' });
    await button('16 for 5 min').click();
    await button('Release them').click();
    await expect.element(page.getByText('Released 2 leases')).toBeVisible();
    await expect.element(rows()).toHaveLength(2);
    await expect.element(grid().getByRole('img', { name: /Leased by you/ })).not.toBeInTheDocument();
    expect(await counts()).toEqual([1, 1]);
  });
});

describe('details', () => {
  test('show each step of the decode chain, the raw text too', async () => {
    const raw = btoa('{"city":"Oslo"}');
    const [id] = await send(raw);
    await show();
    await row(id).click();
    await expect.element(details(id).getByRole('region', { name: 'Message body' })).toHaveTextContent('"Oslo"');
    await details(id).getByRole('button', { name: 'Base64' }).click();
    await expect.element(details(id).getByRole('region', { name: 'Message body' })).toHaveTextContent(raw);
  });

  test('a lease that is asked for says its cost, and the search spares what is behind', async () => {
    const [, second] = await send('a', 'b', 'c');
    await show();
    await row(second).click();
    const pane = details(second);
    await expect.element(pane.getByText(/Each dequeue count rises by 1/)).toBeVisible();
    await pane.getByRole('button', { name: 'Lease it' }).click();
    await expect.element(pane.getByRole('timer', { name: /^Lease, \d+ seconds left$/ })).toBeVisible();
    await expect.element(page.getByText(/1 other message passed: released, dequeue count up by 1/)).toBeVisible();
    await expect.poll(async () => (await counts()).toSorted((a, b) => a - b)).toEqual([0, 1]);
    await pane.getByRole('button', { name: /^Edit/ }).click();
    await expect.element(page.getByLabelText('Dialog asked for')).toHaveTextContent('"kind":"editMessage"');
  });

  test('a deleted message leaves at once and comes back with undo, still leased', async () => {
    const [id, next] = await send('a', 'b');
    await show({ mode: 'receive' });
    await button('16 for 5 min').click();
    await row(id).click();
    await details(id)
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect.element(row(id)).not.toBeInTheDocument();
    await expect.element(details(next)).toBeVisible();
    await button(/^Undo/).click();
    await expect.element(row(id).getByRole('img', { name: /Leased by you/ })).toBeVisible();
    await flushDeletes();
    expect((await account.getQueueProperties(queue)).approximateMessageCount).toBe(2);
  });

  test('extending holds the message longer, releasing gives it back', async () => {
    const [id] = await send('a');
    await show({ mode: 'receive' });
    await button('1 for 30 s').click();
    await row(id).click();
    const pane = details(id);
    await pane.getByRole('button', { name: 'Choose how long to extend' }).click();
    await page.getByRole('menuitem', { name: 'For 15 min from now' }).click();
    await expect.element(pane.getByRole('timer', { name: /^Lease, (15|14) minutes left$/ })).toBeVisible();
    await pane.getByRole('button', { name: /^Release lease/ }).click();
    await expect.element(pane.getByRole('button', { name: 'Lease it' })).toBeVisible();
    expect(await counts()).toEqual([1]);
  });

  test('a delete that fails names the cause and how many it was', async () => {
    const ids = await send('a', 'b');
    const screen = await show({ mode: 'receive' });
    await button('16 for 5 min').click();
    await expect.element(grid().getByRole('img', { name: /Leased by you/ })).toHaveLength(2);
    // Somebody else clears the queue meanwhile.
    await account.clearMessages(queue);
    await button('Delete them').click();
    await expect.element(row(ids[0])).not.toBeInTheDocument();
    await flushDeletes();
    const toast = page.getByRole('alert').filter({ hasText: '0 deleted, 2 not' });
    await expect.element(toast).toBeVisible();
    await expect.element(toast.getByText('404 MessageNotFound')).toHaveLength(1);
    await screen.unmount();
  });

  test('a message that is not loaded says why it may be so', async () => {
    await send('a');
    await show({ message: '00000000-0000-4000-8000-000000000000' });
    await expect.element(page.getByRole('heading', { name: 'This message is not among those loaded' })).toBeVisible();
    await button('Close details').nth(1).click();
    await expect.element(details('00000000')).not.toBeInTheDocument();
  });
});

describe('selecting', () => {
  test('messages without a lease are released by nobody, and deleted only after a dialog', async () => {
    const [id] = await send('a', 'b');
    await show();
    await page.getByRole('checkbox', { name: `Select message ${id}` }).click();
    const bar = page.getByRole('toolbar', { name: /selected$/ });
    await expect.element(bar.getByText('1 selected')).toBeVisible();
    await expect.element(bar.getByRole('button', { name: /^Release/ })).toHaveAttribute('aria-disabled', 'true');
    await bar.getByRole('button', { name: /^Delete/ }).click();
    await expect.element(page.getByLabelText('Dialog asked for')).toHaveTextContent('"kind":"deleteMessages"');
    await bar.getByRole('button', { name: 'Clear selection' }).click();
    await expect.element(page.getByRole('textbox', { name: 'Filter messages' })).toBeVisible();
  });

  test('a message that is gone drops out of the count', async () => {
    const ids = await send('a', 'b');
    await show();
    for (const id of ids) await page.getByRole('checkbox', { name: `Select message ${id}` }).click();
    const [other] = await account.receiveMessages(queue, { visibilityTimeout: 300 });
    expect(other).toBeDefined();
    await button(/More queue actions/).click();
    await page.getByRole('menuitem', { name: /Refresh/ }).click();
    await expect.element(page.getByText('1 selected, 1 gone')).toBeVisible();
  });

  test('more than twenty are deleted only after a dialog with their number', async () => {
    await send(...Array.from({ length: 21 }, (_, index) => `message ${index}`));
    await show({ mode: 'receive' });
    await button('32 for 5 min').click();
    await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
    await page
      .getByRole('toolbar')
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect.element(page.getByLabelText('Dialog asked for')).toHaveTextContent('"kind":"deleteMessages"');
    await expect
      .element(
        grid()
          .getByRole('img', { name: /Leased by you/ })
          .nth(0),
      )
      .toBeVisible();
    expect((await account.getQueueProperties(queue)).approximateMessageCount).toBe(21);
  });
});

test('while live, new rows wait until they are asked for when somebody reads the rows', async () => {
  await send('a', 'b');
  await show();
  await rows().nth(1).click();
  setPreference('liveInterval', 1);
  await page.getByRole('switch', { name: 'Live' }).click();
  await send('c');
  await expect.element(button('1 new, show')).toBeVisible();
  await expect.element(rows()).toHaveLength(2);
  await button('1 new, show').click();
  await expect.element(rows()).toHaveLength(3);
});

test('what was received while another queue was opened is found where it belongs', async () => {
  const gate = Promise.withResolvers<void>();
  const { fetch } = globalThis;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    if (new Request(input, init).url.includes('visibilitytimeout=30')) await gate.promise;
    return fetch(input, init);
  });
  // Connected again, so that its requests pass the gate.
  await accountOf(EMULATOR.account);
  const { id } = await account.sendMessage(queue, { text: 'a' });
  const from = queue;
  const other = `${queue}-other`;
  await account.createQueue(other);
  await account.sendMessage(other, { text: 'b' });
  await show({ mode: 'receive' });
  await button('1 for 30 s').click();
  goTo({ screen: 'explorer', connectionId: account.id, queue: other, mode: 'receive', filter: '' });
  const there = page.getByRole('grid', { name: `Messages in ${other}` });
  await expect.element(there.getByRole('row', { name: /Select message/ })).toHaveLength(1);

  gate.resolve();
  await expect.poll(() => currentLease({ connectionId: account.id, queue: from, id })?.state).toBe('held');
  await expect.element(there.getByRole('row', { name: /Select message/ })).toHaveLength(1);
  await expect.element(page.getByText(/Received 1 message/)).not.toBeInTheDocument();
  goTo({ screen: 'explorer', connectionId: account.id, queue: from, mode: 'receive', filter: '' });
  await expect.element(row(shortId(id)).getByRole('img', { name: /^Leased by you/ })).toBeVisible();
  vi.restoreAllMocks();
});

test('clearing the queue takes our leases with it', async () => {
  await send('a');
  await show({ mode: 'receive' });
  await button('1 for 30 s').click();
  await expect
    .element(
      rows()
        .nth(0)
        .getByRole('img', { name: /Leased by you/ }),
    )
    .toBeVisible();
  const clear = clearQueue(accountFor(account.id) as Account, queue);
  await new QueryClient().getMutationCache().build(new QueryClient(), clear).execute(undefined);
  await expect.element(grid()).not.toBeInTheDocument();
});

test('a lease whose new receipt the CORS rule hides says that it cannot be used', async () => {
  const hidden = await accountOf('hidden');
  await hidden.createQueue(queue);
  const { id } = await hidden.sendMessage(queue, { text: 'a' });
  await show({ connectionId: hidden.id, mode: 'receive' });
  await button('1 for 30 s').click();
  await row(shortId(id)).click();
  const pane = details(shortId(id));
  await pane.getByRole('button', { name: /^Extend/ }).click();
  await expect.element(pane.getByText(/^Leased by you until .* receipt hidden$/)).toBeVisible();
  await expect.element(pane.getByRole('button', { name: /^Delete/ })).toHaveAttribute('aria-disabled', 'true');
});
