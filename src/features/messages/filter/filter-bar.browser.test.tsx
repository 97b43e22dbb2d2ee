import '@/styles.css';
import { encode } from '@msgpack/msgpack';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { bytesToBase64 } from '@/azure/bodies/base64';
import type { Account } from '@/azure/protocol/model';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { currentCommands } from '@/state/navigation/commands';
import { navigate } from '@/state/navigation/hash-location';
import { closeDialog, currentDialog } from '@/state/navigation/open-dialog';
import { goTo, useRoute } from '@/state/navigation/route';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import { resetPreferences } from '@/state/settings/preferences';
import { setQueueView } from '@/state/settings/queue-view-settings';
import { LiveRegions } from '@/ui/feedback/live-region';
import { Toasts } from '@/ui/overlay/toast';
import { MessagesScreen } from '../messages-screen';
import { shortId } from '../shared/short-id';

let account: Account;
let number = 0;
let queue: string;

beforeAll(async () => {
  await loadConnections();
  await addSandbox();
  ({ account } = await openSandbox());
});
afterAll(() => forgetConnection(SANDBOX_ID));
beforeEach(async () => {
  await page.viewport(1280, 800);
  resetPreferences();
  queue = `search-${++number}`;
  await account.createQueue(queue);
});

async function show(texts: readonly string[], { filter = '', message }: { filter?: string; message?: number } = {}) {
  const ids: string[] = [];
  for (const text of texts) ids.push((await account.sendMessage(queue, { text })).id);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
  goTo({ screen: 'explorer', connectionId: SANDBOX_ID, queue, mode: 'peek', filter, message: ids[message ?? -1] });
  await render(
    <QueryClientProvider client={client}>
      <Here />
      <Toasts />
      <LiveRegions />
    </QueryClientProvider>,
  );
  return ids.map(shortId);
}
function Here() {
  const route = useRoute();
  return (
    <main className="flex h-150 flex-col">{route?.screen === 'explorer' && <MessagesScreen route={route} />}</main>
  );
}

const ORDERS = [
  '{"order":1,"total":120,"customer":{"tier":"gold"}}',
  btoa('{"order":2,"total":80,"customer":{"tier":"gold"}}'),
  '{"order":9007199254740993,"total":7,"customer":{"tier":"basic"}}',
  'plain words',
];

/** As on a phone, where the ways to look are in one menu. */
async function lookBy(name: string) {
  await button('More ways to look').click();
  await page.getByRole('menuitem', { name }).click();
}
const barHeight = () => field().element().closest('div')?.getBoundingClientRect().height;
const grid = () => page.getByRole('grid', { name: `Messages in ${queue}` });
const rows = () => grid().getByRole('row', { name: /Select message/ });
const field = () => page.getByRole('textbox', { name: 'Filter messages' });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const cells = (name: string) => {
  const index = grid()
    .getByRole('columnheader')
    .elements()
    .findIndex((head) => head.textContent === name);
  return rows()
    .elements()
    .map((row) => row.querySelectorAll('[role=gridcell]')[index]?.textContent);
};

describe('the filter', () => {
  test('reads fields, words and what must not be there, and says where it goes wrong', async () => {
    await show(ORDERS);
    await expect.element(field()).toHaveAttribute('placeholder', 'Filter messages, try deq:>=5');
    await field().fill('format:json -basic');
    await expect.element(rows()).toHaveLength(2);
    await field().fill('gold deq:>=five');
    await expect.element(page.getByText(/whole number after deq:.*At character 6; the rest filters/)).toBeVisible();
    await expect.element(field()).toHaveAttribute('aria-invalid', 'true');
    await expect.element(rows()).toHaveLength(2);
    await field().fill('gold deq:0');
    await expect.element(field()).not.toHaveAttribute('aria-invalid');
  });

  test('in the address filters from the start', async () => {
    await show(ORDERS, { filter: 'gold' });
    await expect.element(rows()).toHaveLength(2);
  });
});

describe('an expression', () => {
  test('filters, is named, saved, and toggled by its chip', async () => {
    await show(ORDERS);
    await button('Filter by expression').click();
    const source = page.getByRole('textbox', { name: 'Expression over the decoded JSON' });
    await source.fill('total > 50 and customer.tier = "gold"');
    await userEvent.keyboard('{Enter}');
    await expect.element(rows()).toHaveLength(2);
    await expect.element(page.getByText('Keeps 2 of 4 loaded messages')).toBeVisible();
    await page.getByRole('textbox', { name: 'Name of the expression' }).fill('Big gold');
    await button('Save').click();
    await userEvent.keyboard('{Escape}');
    const chip = button(/^Big gold/);
    await expect.element(chip).toHaveAttribute('aria-pressed', 'true');
    await chip.click();
    await expect.element(rows()).toHaveLength(4);
    expect(localStorage.getItem('queuescope.queue-views')).toContain('Big gold');
    expect(localStorage.getItem('queuescope.queue-views')).not.toContain('"order":1');
  });

  test('that cannot be read says what is expected and where; the rest is still shown', async () => {
    await show(ORDERS);
    await button('Filter by expression').click();
    await page.getByRole('textbox', { name: 'Expression over the decoded JSON' }).fill('total >');
    await button('Apply').click();
    await expect.element(page.getByText(/^Character 8: /)).toBeVisible();
    await expect.element(rows()).toHaveLength(4);
  });

  test('says which message it has no answer for', async () => {
    await show(ORDERS);
    await button('Filter by expression').click();
    await page.getByRole('textbox', { name: 'Expression over the decoded JSON' }).fill('order < 100');
    await button('Apply').click();
    await expect.element(rows()).toHaveLength(2);
    await expect.element(page.getByText('The expression failed on 1 message')).toBeVisible();
  });
});

test('messages that an expression does not judge stay among the rows, marked, and are told', async () => {
  await show(ORDERS);
  await button('Filter by expression').click();
  await page
    .getByRole('textbox', { name: 'Expression over the decoded JSON' })
    .fill('$pad("", total * 100000000) = "x" or total = 10');
  await button('Apply').click();
  await expect.element(page.getByText(/messages? not judged$/)).toBeVisible();
  await expect
    .element(page.getByText(/stopped: it makes more than one message may have\. First: message/))
    .toBeVisible();
  await expect.element(page.getByText('not judged', { exact: true }).first()).toBeVisible();
  await button('Turn off').click();
  await expect.element(rows()).toHaveLength(4);
  await expect.element(page.getByText('not judged', { exact: true })).not.toBeInTheDocument();
});

describe('a path of the body', () => {
  test('becomes a column, is sorted by, moved and removed', async () => {
    await show(ORDERS);
    await button('Choose columns').click();
    await page.getByRole('menuitem', { name: 'Columns from the body' }).click();
    await page.getByRole('textbox', { name: 'Path' }).fill('total');
    await button('Add column').first().click();
    await button('Add column order').click();
    await button('Move order left').click();
    await button('Done').click();
    await expect.poll(() => cells('total')).toEqual(['120', '80', '7', '·']);
    // Every digit, although JavaScript would round it.
    expect(cells('order')).toEqual(['1', '2', '9007199254740993', '·']);
    const heads = grid()
      .getByRole('columnheader')
      .elements()
      .map((head) => head.textContent);
    expect(heads.indexOf('order')).toBeLessThan(heads.indexOf('total'));
    await grid().getByRole('button', { name: 'total' }).click();
    await expect.poll(() => cells('total')).toEqual(['7', '80', '120', '·']);
    await button('Choose columns').click();
    await page.getByRole('menuitemcheckbox', { name: 'total' }).click();
    await expect.element(grid().getByRole('columnheader', { name: 'total' })).not.toBeInTheDocument();
  });

  test('that cannot be read is told at its place', async () => {
    await show(ORDERS);
    currentCommands()
      .find(({ id }) => id === 'messages.columns')
      ?.run();
    await page.getByRole('textbox', { name: 'Path' }).fill('order..id');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/Expected a key .* at character 6/)).toBeVisible();
  });

  test('is counted by, and one value is picked', async () => {
    await show(ORDERS);
    setQueueView(SANDBOX_ID, queue, { paths: ['customer.tier'] });
    await button('Count by a column').click();
    await expect.element(page.getByText('3 values among 4 messages')).toBeVisible();
    await button(/^gold\s*2$/).click();
    await expect.element(rows()).toHaveLength(2);
    await userEvent.keyboard('{Escape}');
    await button('customer.tier: gold').click();
    await expect.element(rows()).toHaveLength(4);
  });
});

const dialog = () => currentDialog() as Partial<{ kind: string; action: string; ids: readonly string[] }> | undefined;
async function counted() {
  await show(ORDERS);
  setQueueView(SANDBOX_ID, queue, { paths: ['customer.tier'] });
  await button('Count by a column').click();
  await expect.element(page.getByText('3 values among 4 messages')).toBeVisible();
}

describe('the values of a column', () => {
  test('are moved, exported and deleted by their number', async () => {
    await counted();
    for (const [name, kind] of [
      ['Move 2', 'moveMessages'],
      ['Export 2', 'exportMessages'],
      ['Delete 2', 'deleteMessages'],
    ] as const) {
      await button('Actions on gold').click();
      await page.getByRole('menuitem', { name }).click();
      await expect.poll(dialog).toMatchObject({ kind, ids: [expect.any(String), expect.any(String)] });
      closeDialog();
    }
  });

  test('are selected, or all but these', async () => {
    await counted();
    await button('Actions on gold').click();
    await page.getByRole('menuitem', { name: 'Select 2', exact: true }).click();
    await expect.element(page.getByRole('toolbar', { name: '2 messages selected' })).toBeVisible();
    await button('Clear selection').click();
    await button('Count by a column').click();
    await button('Actions on Not there').click();
    await page.getByRole('menuitem', { name: /^Select all but these/ }).click();
    await expect.element(page.getByRole('toolbar', { name: '3 messages selected' })).toBeVisible();
  });
});

describe('decoding', () => {
  test('shows MessagePack as what it holds, and its badge says what it is', async () => {
    const text = bytesToBase64(new Uint8Array(encode({ order: 41907, event: 'created' })));
    await show([text], { message: 0 });
    const chain = page.getByRole('group', { name: 'Decode chain' });
    await expect.element(chain).toHaveTextContent('Base64MessagePackJSON');
    await expect.element(page.getByRole('region', { name: 'Message body' })).toHaveTextContent('"order": 41907');
    await expect.element(rows().first()).toHaveTextContent(/MSGPACK.*order: 41907/);
  });

  test('can be forced for the queue, says what each decoder said, and is taken back', async () => {
    // Only a person knows that this is Base64 of escapes: nothing inside tells.
    const text = bytesToBase64(new TextEncoder().encode('a%20or%20b'));
    await show([text, 'other'], { message: 0 });
    const chain = page.getByRole('group', { name: 'Decode chain' });
    const choose = async (name: string) => {
      await button('Decode as').click();
      await page.getByRole('menuitem', { name }).click();
    };
    await button('Decode as').click();
    await page.getByRole('menuitemcheckbox', { name: 'For this queue' }).click();
    await page.getByRole('menuitem', { name: 'As Base64' }).click();
    await choose('Then URL-encoded');
    await expect.element(chain).toHaveTextContent('Base64URL-encodedText');
    await expect.element(page.getByText(`All bodies of ${queue} are shown as Base64, then URL-encoded.`)).toBeVisible();
    await expect.element(rows().first()).toHaveTextContent(/TEXT.*a or b/);
    await choose('Then CBOR');
    await page.getByText('What each decoder said').click();
    await expect.element(page.getByText(/^Not CBOR/).first()).toBeVisible();
    await button('Automatic').click();
    await expect.element(chain).toHaveTextContent('Base64Text');
  });
});

describe('comparing', () => {
  test('two selected messages shows what differs, decoded or raw', async () => {
    const [a, b] = await show([ORDERS[0] ?? '', btoa('{"order":1,"total":125,"customer":{"tier":"gold"}}')]);
    await page.getByRole('checkbox', { name: `Select message ${a}` }).click();
    await expect.element(button('Compare')).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('checkbox', { name: `Select message ${b}` }).click();
    await button('Compare').click();
    const differences = page.getByRole('region', { name: 'Differences' });
    await expect.element(page.getByText(`1 line only in Message ${a}, 1 line only in Message ${b}.`)).toBeVisible();
    await expect.element(differences).toHaveTextContent(/Removed: .*"total": 120.*Added: .*"total": 125/);
    await page.getByRole('radio', { name: 'Raw text' }).click();
    await expect.element(differences).toHaveTextContent(/eyJvcmRlciI6MSwidG90YWwiOjEyNSw/);
  });
});

test('on a phone the ways to search are there too', async () => {
  await page.viewport(390, 844);
  await show(ORDERS);
  await field().fill('gold');
  await expect.element(grid().getByRole('row')).toHaveLength(2);
  await lookBy('Filter by expression');
  await expect.element(page.getByRole('dialog', { name: 'Filter by expression' })).toBeInViewport();
  await userEvent.keyboard('{Escape}');
  setQueueView(SANDBOX_ID, queue, { paths: ['total'] });
  await lookBy('Sort');
  await page.getByRole('combobox', { name: 'Sort by' }).selectOptions('total');
  await page.getByRole('radio', { name: 'Descending' }).click();
  await expect.element(grid().getByRole('row').first()).toHaveTextContent('120');
  await userEvent.keyboard('{Escape}');
  // One line: what there is no room for can be scrolled to.
  await expect.poll(() => barHeight()).toBeLessThan(60);
});

test('on a phone rows are selected once that is asked for', async () => {
  await page.viewport(390, 844);
  const [first = ''] = await show(ORDERS);
  await button('More ways to look').click();
  await page.getByRole('menuitem', { name: 'Select messages' }).click();
  await rows().first().click();
  await expect.element(page.getByText('1 selected')).toBeVisible();
  await expect.element(page.getByRole('checkbox', { name: `Select message ${first}` })).toBeChecked();
  await button('Select all loaded messages').click();
  await expect.element(page.getByText('4 selected')).toBeVisible();
  await button('Clear selection').click();
  await expect.element(field()).toBeVisible();
});

test('what narrows and orders the rows is in the address: back, reload and a link keep it', async () => {
  const query = '?only=poison&where=total+%3E+50&column=path%3Acustomer.tier&value=%22gold%22&sort=-path%3Atotal';
  await show(ORDERS);
  setQueueView(SANDBOX_ID, queue, { paths: ['customer.tier', 'total'] });
  navigate(`/q/${encodeURIComponent(SANDBOX_ID)}/${queue}${query}`);
  await expect.element(button(/^5\+ dequeues/)).toHaveAttribute('aria-pressed', 'true');
  await button('Run this filter').click();
  await expect.element(page.getByText(/^None of 4/)).toBeVisible();
  await button(/^5\+ dequeues/).click();
  await expect.poll(() => cells('total')).toEqual(['120', '80']);
  await expect.element(grid().getByRole('columnheader', { name: 'total' })).toHaveAttribute('aria-sort', 'descending');
  await button('customer.tier: gold').click();
  await button('total > 50').click();
  await expect.poll(() => location.hash).toMatch(/\?sort=-path%3Atotal$/);
  await expect.poll(() => cells('total')).toEqual(['120', '80', '7', '·']);
});

async function open(query: string) {
  await show(ORDERS);
  navigate(`/q/${encodeURIComponent(SANDBOX_ID)}/${queue}${query}`);
}

describe('what a link brings', () => {
  const asks = page.getByText(/^This link brings/);

  test('an expression and a column of the body are shown and not run, until the person says so', async () => {
    await open('?where=total+%3E+79&where=total+%3C+100&sort=-path%3Aorder&filter=deq:%3E=0');
    await expect.element(page.getByText('This link brings 3 filters')).toBeVisible();
    for (const source of ['total > 79', 'total < 100', 'order'])
      await expect.element(page.getByRole('code').filter({ hasText: new RegExp(`^${source}$`) })).toBeVisible();
    await expect.element(rows()).toHaveLength(4);
    await expect.element(button('total > 79')).not.toBeInTheDocument();
    await button('Run these filters').click();
    await expect.element(rows()).toHaveLength(1);
    await expect.element(asks).not.toBeInTheDocument();

    // It was run in this browser now.
    navigate(`/q/${encodeURIComponent(SANDBOX_ID)}/${queue}?where=total+%3E+79`);
    await expect.element(rows()).toHaveLength(2);
    await expect.element(asks).not.toBeInTheDocument();
  });

  test('what is left out is out of the address, and what the person typed or saved here runs as ever', async () => {
    await open('?where=total+%3E+7&filter=deq:%3E=0');
    await button('Filter by expression').click();
    await page.getByRole('textbox', { name: 'Expression over the decoded JSON' }).fill('total > 8');
    await button('Apply').click();
    await expect.element(rows()).toHaveLength(2);
    await expect.element(asks).toBeVisible();
    await expect.poll(() => location.hash).toMatch(/where=total\+%3E\+8&where=total\+%3E\+7$/);
    await userEvent.keyboard('{Escape}');
    await button('Leave it out').click();
    await expect.poll(() => location.hash).toMatch(/\?filter=deq%3A%3E%3D0&where=total\+%3E\+8$/);
    await expect.element(rows()).toHaveLength(2);

    setQueueView(SANDBOX_ID, queue, { expressions: [{ name: 'Seven', source: 'total = 7' }] });
    navigate(`/q/${encodeURIComponent(SANDBOX_ID)}/${queue}?where=total+%3D+7`);
    await expect.element(rows()).toHaveLength(1);
    await expect.element(asks).not.toBeInTheDocument();
  });

  test('a hostile number of long expressions is told in a few lines', async () => {
    const many = Array.from({ length: 300 }, (_, index) => `where=${index}${'x'.repeat(3000)}`).join('&');
    await open(`?${many}`);
    await expect.element(page.getByText('This link brings 300 filters')).toBeVisible();
    await expect.element(page.getByText(/, and 297 more$/)).toBeVisible();
    await expect.element(rows()).toHaveLength(4);
    await button('Leave them out').click();
    await expect.poll(() => location.hash.includes('where')).toBe(false);
  });
});

test('an expression that did not get through a message is tried again when asked', async () => {
  await show([`{"total":"${'x'.repeat(40)}!"}`, '{"total":"y"}']);
  await button('Filter by expression').click();
  const source = page.getByRole('textbox', { name: 'Expression over the decoded JSON' });
  await source.fill('$contains(total, /^(x+)+$/)');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/stopped: it took too long/)).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(rows()).toHaveLength(1);
  await button('Try again').click();
  await expect.element(page.getByText(/stopped: it took too long/)).not.toBeInTheDocument();
  await expect.element(page.getByText(/stopped: it took too long/)).toBeVisible();
  await button('Turn off').click();
  await expect.element(rows()).toHaveLength(2);
});
