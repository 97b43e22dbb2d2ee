import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { recordCount } from '@/state/activity/queue-counts';
import { resetPreferences, setPreference } from '@/state/settings/preferences';
import { QueueBrowser } from './queue-browser';
import { render, testAccount } from './render-queues.fixture';

beforeEach(() => {
  resetPreferences();
  location.hash = '';
});

const xml = (body: string, init?: ResponseInit) =>
  new Response(`<?xml version="1.0" encoding="utf-8"?>${body}`, {
    ...init,
    headers: { 'content-type': 'application/xml' },
  });

const listOf = (names: readonly string[]) =>
  xml(
    `<EnumerationResults><Queues>${names.map((name) => `<Queue><Name>${name}</Name></Queue>`).join('')}</Queues><NextMarker/></EnumerationResults>`,
  );

/** Answers List Queues and Get Queue Metadata; a count of undefined is one that CORS hides. */
function service(counts: Record<string, number | undefined>) {
  const asked: string[] = [];
  let underWay = 0;
  let most = 0;
  const answer = async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.searchParams.get('comp') === 'list') return listOf(Object.keys(counts));
    const name = url.pathname.split('/').at(-1) ?? '';
    asked.push(name);
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve));
    underWay -= 1;
    init?.signal?.throwIfAborted();
    const count = counts[name];
    return new Response(
      null,
      count === undefined ? {} : { headers: { 'x-ms-approximate-messages-count': `${count}` } },
    );
  };
  return { fetch: answer, asked, mostUnderWay: () => most };
}

const focused = () => document.activeElement?.querySelector('.sr-only')?.textContent.split(',')[0];
const links = () => page.getByRole('link').elements();

test('names each queue with its count, a poison queue with its own', async () => {
  const { fetch } = service({ orders: 10_432, 'orders-poison': 17, single: 1, empty: 0, 'gone-poison': 0 });
  await render(<QueueBrowser account={await testAccount(fetch)} current="orders" />);

  await expect
    .element(page.getByRole('link', { name: 'orders, about 10,432 messages' }))
    .toHaveAttribute('aria-current', 'page');
  await expect
    .element(page.getByRole('link', { name: 'orders-poison, about 17 messages, poison queue of orders' }))
    .toHaveTextContent('orders-poison17');
  await expect.element(page.getByRole('link', { name: 'single, about 1 message', exact: true })).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'empty, about 0 messages' })).toBeVisible();
  await expect
    .element(page.getByRole('link', { name: 'gone-poison, about 0 messages, poison queue of gone' }))
    .toBeVisible();
});

test('a count that CORS hides is shown as unknown, never as 0', async () => {
  const { fetch } = service({ orders: undefined });
  await render(<QueueBrowser account={await testAccount(fetch)} />);

  const link = page.getByRole('link', { name: 'orders, count unknown' });
  await expect.element(link).toHaveTextContent('orders?');
  await expect.element(page.getByTitle(/do not expose the header x-ms-approximate-messages-count/)).toBeVisible();
  await expect.element(page.getByText('Counts are hidden by the CORS rules')).toBeVisible();
});

test('5,000 queues: a bounded part is in the document, and only that is counted, six at a time', async () => {
  const names = Array.from({ length: 5000 }, (_, index) => `queue-${String(index).padStart(4, '0')}`);
  const { fetch, asked, mostUnderWay } = service(Object.fromEntries(names.map((name, index) => [name, index])));
  await render(<QueueBrowser account={await testAccount(fetch)} />);

  await expect.element(page.getByRole('link', { name: 'queue-0000, about 0 messages' })).toBeVisible();
  expect(links().length).toBeLessThan(60);
  await expect.element(page.getByText('5,000')).toBeVisible();
  expect(page.getByRole('listitem').first().element().getAttribute('aria-setsize')).toBe('5000');

  document.querySelector('ul')?.parentElement?.scrollTo({ top: 1e7 });
  await expect.element(page.getByRole('link', { name: 'queue-4999, about 4,999 messages' })).toBeVisible();
  expect(links().length).toBeLessThan(60);
  expect(new Set(asked).size).toBeLessThan(200);
  expect(mostUnderWay()).toBeLessThanOrEqual(6);
});

test('arrow keys, Home and End move between queues, also far outside of what is drawn', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `queue-${String(index).padStart(4, '0')}`);
  const { fetch } = service(Object.fromEntries(names.map((name) => [name, 1])));
  await render(<QueueBrowser account={await testAccount(fetch)} />);
  await expect.element(page.getByRole('link', { name: /^queue-0000/ })).toBeVisible();

  await page.getByRole('textbox', { name: 'Filter queues' }).click();
  await userEvent.keyboard('{ArrowDown}');
  expect(focused()).toBe('queue-0000');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
  expect(focused()).toBe('queue-0001');
  await userEvent.keyboard('{End}');
  expect(focused()).toBe('queue-0999');
  await expect.element(page.getByRole('link', { name: /^queue-0998/ })).toBeVisible();
  await userEvent.keyboard('{Home}');
  expect(focused()).toBe('queue-0000');
});

test('filters as one types, offers to create a legal name, and Esc brings all back', async () => {
  const { fetch } = service({ orders: 1, 'orders-poison': 2, cart: 3 });
  await render(<QueueBrowser account={await testAccount(fetch)} />);
  const field = page.getByRole('textbox', { name: 'Filter queues' });

  await field.fill('ord');
  await expect.poll(() => links().length).toBe(2);
  await field.fill('invoices');
  await expect.element(page.getByText('Nothing matches “invoices”')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Create invoices' })).toBeVisible();
  await field.fill('Not A Name');
  expect(page.getByRole('button', { name: /^Create/ }).elements()).toEqual([]);
  await field.click();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => links().length).toBe(3);
});

test('sorts by count with poison queues kept under their own', async () => {
  const { fetch } = service({ cart: 3, orders: 50, 'orders-poison': 1, refunds: 200 });
  setPreference('queueSort', 'count');
  await render(<QueueBrowser account={await testAccount(fetch)} />);

  await expect
    .poll(() => links().map((link) => link.querySelector('.sr-only')?.textContent.split(',')[0]))
    .toEqual(['refunds', 'orders', 'orders-poison', 'cart']);
});

test('opens the menu of a queue by keyboard', async () => {
  const { fetch } = service({ orders: 1 });
  await render(<QueueBrowser account={await testAccount(fetch)} />);
  const link = page.getByRole('link', { name: /^orders/ });
  await expect.element(link).toBeVisible();

  (link.element() as HTMLElement).focus();
  await userEvent.keyboard('{Shift>}{F10}{/Shift}');
  await expect.element(page.getByRole('menuitem', { name: 'Delete queue' })).toBeVisible();
  await expect.element(page.getByRole('menuitem', { name: 'Metadata' })).toBeVisible();
});

test('an account without queues says so', async () => {
  const { fetch } = service({});
  await render(<QueueBrowser account={await testAccount(fetch)} />);

  await expect.element(page.getByRole('heading', { name: 'No queues yet' })).toBeVisible();
});

test('a list that is refused names the code; one that was there before stays', async () => {
  let isRefused = true;
  const { fetch } = service({ orders: 1 });
  const moody = (...call: Parameters<typeof fetch>) =>
    isRefused
      ? Promise.resolve(
          xml('<Error><Code>AuthorizationPermissionMismatch</Code><Message>Not allowed.</Message></Error>', {
            status: 403,
          }),
        )
      : fetch(...call);
  await render(<QueueBrowser account={await testAccount(moody)} />);

  await expect.element(page.getByText('403 AuthorizationPermissionMismatch')).toBeVisible();
  isRefused = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('link', { name: /^orders/ })).toBeVisible();
  isRefused = true;
  await page.getByRole('button', { name: 'Refresh counts' }).click();
  await expect.element(page.getByText(/^Queues as of/)).toBeVisible();
  await expect.element(page.getByRole('link', { name: /^orders/ })).toBeVisible();
});

const trend = (link: Element) => link.querySelector('svg:not(.lucide)');

test('a name has the room of the trend, which is drawn of three counts that differ, and keeps its end when it is cut', async () => {
  const long = 'inventory-reconciliation-poison';
  const { fetch } = service({ steady: 5, [long]: 2 });
  const account = await testAccount(fetch);
  await render(<QueueBrowser account={account} />);
  const steady = page.getByRole('link', { name: /^steady, about/ });
  await expect.element(steady).toBeVisible();
  for (const [at, count] of [5, 5].entries()) recordCount(account.id, 'steady', { at, count });
  await expect.element(steady).toHaveTextContent('5');
  expect(trend(steady.element())).toBeNull();
  for (const queue of ['steady', long])
    for (const count of [7, 9, 11]) recordCount(account.id, queue, { at: count, count });
  await expect.poll(() => trend(steady.element())).not.toBeNull();

  const cut = page.getByRole('link', { name: new RegExp(`^${long}, about`) }).element();
  const end = cut.querySelector(`[title="${long}"]`)?.lastElementChild;
  expect(end?.textContent).toBe('n-poison');
  expect(end?.scrollWidth).toBeLessThanOrEqual(end?.clientWidth ?? 0);
  // What the name leaves is too narrow for the trend, which is out of sight on a second line.
  const box = trend(cut)?.parentElement?.getBoundingClientRect();
  expect(trend(cut)?.getBoundingClientRect().top).toBeGreaterThanOrEqual(box?.bottom ?? Infinity);
});
