import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Claim } from '@/messages/record';
import { NO_FAULTS } from '@/sandbox/faults';
import { changeConnection } from '@/state/connections/connections';
import { setReadOnly } from '@/state/connections/read-only';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { recordsOf } from '@/state/messages/records';
import { type MessageScope, openDialog } from '@/state/navigation/open-dialog';
import { goTo } from '@/state/navigation/route';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { leftOver } from './left-over.fixture';
import { press, sandboxScreen } from './sandbox-screen.fixture';
import { shortId } from './shared/short-id';

const screen = sandboxScreen('meant');

const grid = () => page.getByRole('grid', { name: `Messages in ${screen.queue}` });
const row = (id: string | undefined) =>
  grid().getByRole('row', { name: new RegExp(`Select message ${shortId(id ?? '')}`) });
const check = (id: string | undefined) =>
  grid()
    .getByRole('checkbox', { name: `Select message ${shortId(id ?? '')}` })
    .click();
const button = (name: string | RegExp) => page.getByRole('button', { name });
const details = (id: string | undefined) => page.getByRole('complementary', { name: `Message ${shortId(id ?? '')}` });
const bar = () => page.getByRole('toolbar', { name: /selected$/ });
const records = () => recordsOf(SANDBOX_ID, screen.queue);
const asked = () =>
  JSON.parse(page.getByLabelText('Dialog asked for').element().textContent || '{}') as Partial<MessageScope> & {
    kind?: string;
  };

beforeEach(() => screen.session.clock.pause());
afterEach(async () => {
  await flushDeletes();
  for (const { id } of readToasts()) dismissToast(id);
});

async function leased(count: number) {
  const ids = await screen.fill(count);
  await screen.show({ mode: 'receive' });
  await button('16 for 5 min').click();
  await expect.element(row(ids.at(-1)).getByRole('img', { name: /^Leased by you/ })).toBeVisible();
  return ids;
}

/** Ids of what is hidden in a queue. */
const hiddenIn = async (queue: string) =>
  (await screen.session.sandbox.snapshot([queue])).queues
    .flatMap(({ messages }) => messages)
    .flatMap(({ id, visibleAt }) => (visibleAt > screen.session.clock.now() ? id : []));

/** Keys that are shown by the buttons in a part of the page. */
const keysIn = (part: { element: () => Element }) =>
  [...part.element().querySelectorAll('button[aria-keyshortcuts]')]
    .flatMap((one) => one.getAttribute('aria-keyshortcuts') ?? [])
    .filter((key) => key !== 'J' && key !== 'K')
    .toSorted((one, other) => one.localeCompare(other));

describe('keys', () => {
  test('mean the open message, and it alone shows them', async () => {
    const [id] = await leased(2);
    await row(id).click();
    await expect.element(details(id)).toBeVisible();
    await expect.poll(() => keysIn(details(id))).toEqual(['C', 'Delete', 'E', 'Escape', 'M', 'U', 'X']);
    expect(press('m')).toBeUndefined();
    await expect.poll(asked).toMatchObject({ kind: 'moveMessages', ids: [id] });
  });

  test('with rows checked mean those, which alone show them; E stays with the open message', async () => {
    const [first, second, open] = await leased(3);
    await check(first);
    await check(second);
    await row(open).click();
    await expect.element(details(open)).toBeVisible();
    await expect.poll(() => keysIn(details(open))).toEqual(['E']);
    expect(keysIn(bar())).toEqual(['C', 'Delete', 'Escape', 'M', 'U', 'X']);

    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    expect(press('c')).toBeUndefined();
    await expect.poll(() => copied.mock.calls).toEqual([['message 0\nmessage 1']]);
    copied.mockRestore();
    expect(press('m')).toBeUndefined();
    await expect.poll(() => asked().ids).toEqual([first, second]);
    expect(press('e')).toBeUndefined();
    await expect.poll(asked).toMatchObject({ kind: 'editMessage', messageId: open });
    expect(press('Delete')).toBeUndefined();
    await expect.element(row(first)).not.toBeInTheDocument();
    await expect.element(row(second)).not.toBeInTheDocument();
    await expect.element(row(open)).toBeVisible();
  });

  test('buttons of the details mean the open message alone, whatever is checked', async () => {
    const [first, second, open] = await leased(3);
    await check(first);
    await check(second);
    await row(open).click();
    await details(open).getByRole('button', { name: 'Move' }).click();
    await expect.poll(() => asked().ids).toEqual([open]);
    await details(open).getByRole('button', { name: 'Release lease' }).click();
    await expect.element(details(open).getByRole('button', { name: 'Lease it' })).toBeVisible();
    await expect.element(row(first).getByRole('img', { name: /^Leased by you/ })).toBeVisible();
    await expect.element(bar().getByText('2 selected')).toBeVisible();

    // One thing at a time.
    expect(press('Escape')).toBeUndefined();
    await expect.element(bar()).not.toBeInTheDocument();
    await expect.element(details(open)).toBeVisible();
    await expect.poll(() => press('Escape')).toBeUndefined();
    await expect.element(details(open)).not.toBeInTheDocument();
  });

  test('X extends what is checked, as the button that shows it', async () => {
    const [first, second] = await leased(3);
    await check(first);
    await check(second);
    screen.session.clock.advance(60_000);
    await expect.element(row(first).getByRole('img', { name: 'Leased by you, 4:00 left' })).toBeVisible();
    expect(press('x')).toBeUndefined();
    await expect.element(grid().getByRole('img', { name: 'Leased by you, 5:00 left' })).toHaveLength(2);
    screen.session.clock.advance(60_000);
    await bar()
      .getByRole('button', { name: /^Extend/ })
      .click();
    await expect.element(grid().getByRole('img', { name: 'Leased by you, 5:00 left' })).toHaveLength(2);
    await expect.element(grid().getByRole('img', { name: 'Leased by you, 3:00 left' })).toHaveLength(1);
  });

  test('that can do nothing say why', async () => {
    const [id] = await screen.fill(2);
    await screen.show();
    await expect.element(row(id)).toBeVisible();
    for (const key of ['e', 'm', 'Delete', 'x', 'u', 'c']) expect(press(key)).toBe('No message is selected or open');
    await row(id).click();
    await expect.element(details(id)).toBeVisible();
    for (const key of ['x', 'u']) expect(press(key)).toBe('Needs a lease: lease the message first');
    await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
    for (const key of ['x', 'u']) expect(press(key)).toBe('Needs a lease: lease the selected messages first');
    for (const name of [/^Release/, /^Extend/])
      await expect
        .element(bar().getByRole('button', { name }))
        .toHaveAttribute('aria-description', 'Needs a lease: lease the selected messages first');
  });

  test('and buttons, on a connection that is read-only, do nothing and say so', async () => {
    const [id] = await leased(1);
    await row(id).click();
    await check(id);
    await setReadOnly(SANDBOX_ID, true);
    try {
      await expect.element(bar().getByRole('button', { name: /^Move/ })).toHaveAttribute('aria-disabled', 'true');
      for (const part of [details(id), bar()])
        for (const name of [/^Move/, /^Delete/, /^Release/, /^Extend/])
          await expect
            .element(part.getByRole('button', { name }))
            .toHaveAttribute('aria-description', expect.stringMatching(/^Read-only/));
      for (const key of ['e', 'm', 'Delete', 'x', 'u', 'n', '2', '3']) expect(press(key)).toMatch(/^Read-only/);
      await bar()
        .getByRole('button', { name: /^Delete/ })
        .click({ force: true });
      await details(id)
        .getByRole('button', { name: /^Delete/ })
        .click({ force: true });
      expect(asked()).toEqual({});
      expect(await screen.inQueue()).toHaveLength(1);
    } finally {
      await setReadOnly(SANDBOX_ID, false);
    }
  });
});

const claim: Claim = { kind: 'job', name: 'Move' };

describe('a message that a job has', () => {
  test('is refused to buttons, menus and keys, each of which says who has it', async () => {
    const [id, other] = await leased(2);
    records().claim([id ?? ''], claim);
    await row(id).click();
    await expect.element(details(id).getByText('Held by Move')).toBeVisible();
    await expect.element(row(id).getByRole('img', { name: 'Held by Move' })).toBeVisible();
    for (const name of [/^Edit/, /^Move/, /^Delete/])
      await expect
        .element(details(id).getByRole('button', { name }))
        .toHaveAttribute('aria-description', 'Move has this message.');
    for (const name of [/^Extend/, /^Release/, 'Lease it'])
      await expect.element(details(id).getByRole('button', { name })).not.toBeInTheDocument();
    for (const key of ['e', 'm', 'Delete', 'x', 'u']) expect(press(key)).toBe('Move has this message.');
    await button('More message actions').click();
    for (const name of ['Copy to a queue', 'Change text', 'Set visibility'])
      await expect.element(page.getByRole('menuitem', { name })).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByRole('menuitem', { name: 'Send copies' })).not.toHaveAttribute('aria-disabled');
    await userEvent.keyboard('{Escape}');
    await expect.element(row(other).getByRole('img', { name: /^Leased by you/ })).toBeVisible();

    records().unclaim([id ?? ''], claim);
    await expect.element(details(id).getByRole('button', { name: /^Extend/ })).toBeVisible();
  });

  test('is left out of what is done to a selection, and counted', async () => {
    const [id, ...others] = await leased(3);
    await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
    records().claim([id ?? ''], claim);
    await expect.element(bar().getByText('3 selected, 2 leased, 1 in use by Move')).toBeVisible();
    expect(press('e')).toBe('Open one of them to edit it');
    expect(press('m')).toBeUndefined();
    await expect.poll(asked).toMatchObject({ kind: 'moveMessages', ids: others });
    for (const [name, kind] of [
      ['Copy to a queue', 'moveMessages'],
      ['Change text', 'changeText'],
      ['Set visibility', 'setVisibility'],
    ] as const) {
      await button('More for the selected messages').click();
      await page.getByRole('menuitem', { name }).click();
      await expect.poll(asked).toMatchObject({ kind, ids: others });
    }
    await expect.element(bar().getByRole('button', { name: 'Compare' })).toHaveAttribute('aria-disabled', 'true');
    await bar().getByRole('button', { name: 'Export' }).click();
    await expect.poll(asked).toMatchObject({ kind: 'exportMessages', ids: [id, ...others] });
    await bar().getByRole('button', { name: 'Choose how long to extend' }).click();
    await page.getByRole('menuitem', { name: 'For 15 min from now' }).click();
    await expect.element(grid().getByRole('img', { name: 'Leased by you, 15:00 left' })).toHaveLength(2);
    expect(readToasts()).toEqual([]);
    expect(press('u')).toBeUndefined();
    await expect.element(page.getByText('Released 2 leases')).toBeVisible();
    expect(records().get(id ?? '')?.lease).toMatchObject({ state: 'held', total: 300 });

    await expect.element(bar().getByText('1 selected, 1 in use by Move')).toBeVisible();
    expect(press('Delete')).toBe('Move has this message.');
    records().unclaim([id ?? ''], claim);
  });

  test('is no more offered to be leased', async () => {
    const [id] = await screen.fill(2);
    await screen.show();
    await expect.element(row(id)).toBeVisible();
    records().claim([id ?? ''], claim);
    await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
    await button('Lease selected').click();
    await expect.element(button('Lease 1')).toBeVisible();
    records().unclaim([id ?? ''], claim);
    await expect.element(button('Lease 2')).toBeVisible();
  });
});

describe('rows that a filter hides', () => {
  test('the commands of the queue offer all that match, also where no message is selected', async () => {
    const [, match] = await screen.fill(3);
    await screen.show({ filter: '"message 1"' });
    await expect.element(row(match)).toBeVisible();
    await button('More queue actions').click();
    await page.getByRole('menuitem', { name: 'Work in steps on all messages' }).click();
    await expect
      .poll(asked)
      .toMatchObject({ kind: 'workOnMessages', filter: { text: '"message 1"', matching: [match], loaded: 3 } });
  });

  test('are not meant, and it is said how many they are', async () => {
    const [first, second, third] = await leased(3);
    await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
    await expect.element(bar().getByText('3 selected')).toBeVisible();
    // By a link or the way back.
    goTo({ screen: 'explorer', connectionId: SANDBOX_ID, queue: screen.queue, mode: 'receive', filter: '"message 1"' });
    await expect.element(bar().getByText('1 selected, 2 more hidden by the filter')).toBeVisible();
    expect(press('m')).toBeUndefined();
    await expect.poll(() => asked().ids).toEqual([second]);
    expect(press('Delete')).toBeUndefined();
    // Nothing that is shown is selected any more; what is hidden still is, and not meant.
    await expect.element(bar()).not.toBeInTheDocument();
    expect(press('Delete')).toBe('No message is selected or open');

    goTo({ screen: 'explorer', connectionId: SANDBOX_ID, queue: screen.queue, mode: 'receive', filter: '' });
    await expect.element(bar().getByText('2 selected')).toBeVisible();
    await expect.element(row(first)).toBeVisible();
    await expect.element(row(third)).toBeVisible();
  });

  test('stay selected when all that is shown is selected', async () => {
    await leased(3);
    await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
    goTo({ screen: 'explorer', connectionId: SANDBOX_ID, queue: screen.queue, mode: 'receive', filter: '"message 1"' });
    await expect.element(bar().getByText('1 selected, 2 more hidden by the filter')).toBeVisible();
    expect(press('$mod+a')).toBeUndefined();
    goTo({ screen: 'explorer', connectionId: SANDBOX_ID, queue: screen.queue, mode: 'receive', filter: '' });
    await expect.element(bar().getByText('3 selected')).toBeVisible();
    await button('Clear selection').click();
    await expect.element(grid().getByRole('row', { name: /Select message/ })).toHaveLength(3);
    await expect.element(bar()).not.toBeInTheDocument();
  });
});

describe('strips', () => {
  test('"Select them" leaves out leases that have ended', async () => {
    const ids = await screen.fill(2);
    await screen.show({ mode: 'receive' });
    await page.getByRole('spinbutton', { name: 'Messages to receive' }).fill('2');
    await button('Receive 2').click();
    await expect.element(page.getByText(/^Received 2 messages, leased until/)).toBeVisible();
    await row(ids[0]).click();
    await button('Choose how long to extend').click();
    await page.getByRole('menuitem', { name: 'For 15 min from now' }).click();
    await expect.element(row(ids[0]).getByRole('img', { name: /1[45]:\d\d left$/ })).toBeVisible();
    screen.session.clock.advance(31_000);
    await expect.element(page.getByText(/^Received 2 messages, 1 still leased until/)).toBeVisible();
    await button('Select them').click();
    await expect.element(bar().getByText('1 selected')).toBeVisible();
    expect(press('m')).toBeUndefined();
    await expect.poll(() => asked().ids).toEqual([ids[0]]);
    // Nor is what a job has meant by it.
    records().claim([ids[0] ?? ''], claim);
    await expect.element(button('Select them')).not.toBeInTheDocument();
    records().unclaim([ids[0] ?? ''], claim);
    await button('Release them').click();
    await expect.element(page.getByText('Lease released')).toBeVisible();
    expect(readToasts()).toHaveLength(1);
  });

  test('"Release them" gives back what is of this queue, and "Keep" lets go of it, and neither of what is in others', async () => {
    const other = `${screen.queue}-other`;
    await screen.session.account.createQueue(other);
    await leftOver(screen, 2);
    const far = await leftOver(screen, 1, other);
    await screen.show();
    const elsewhere = page.getByText(/^This tab still holds leases in 1 other queue$/);
    await expect.element(page.getByText(/^2 messages are still leased by this tab until/)).toBeVisible();
    await button('Release them').click();
    await expect.element(page.getByText('Released 2 leases')).toBeVisible();
    expect(await hiddenIn(screen.queue)).toEqual([]);
    await expect.element(elsewhere).toBeVisible();

    const kept = await leftOver(screen, 1);
    await expect.element(page.getByText(/^1 message is still leased by this tab until/)).toBeVisible();
    await button('Keep').click();
    await expect.element(elsewhere).toBeVisible();
    expect(await hiddenIn(screen.queue)).toEqual(kept);
    expect(await hiddenIn(other)).toEqual(far);
    expect(recordsOf(SANDBOX_ID, other).get(far[0] ?? '')?.lease?.state).toBe('held');
  });

  test('"Stop releasing" leaves the rest as it is, and it can be gone on with', async () => {
    await leftOver(screen, 32);
    await screen.show();
    screen.session.sandbox.setFaults({ latency: 500 });
    await button('Release them').click();
    await button('Stop releasing').click();
    screen.session.sandbox.setFaults(NO_FAULTS);
    await expect.element(page.getByText(/^\d+ messages are still leased by this tab until/)).toBeVisible();
    await expect.element(button('Stop releasing')).not.toBeInTheDocument();
    expect((await hiddenIn(screen.queue)).length).toBeGreaterThan(0);
    await button('Release them').click();
    await expect.poll(() => hiddenIn(screen.queue)).toEqual([]);
  });
});

test('"Browse all" in production is asked once more, and the other choice touches nothing', async () => {
  await screen.fill(3);
  await changeConnection(SANDBOX_ID, { environment: 'PROD' });
  try {
    await screen.show({ mode: 'browse' });
    await button('Browse all 3').click();
    const dialog = page.getByRole('dialog', { name: `Browse all of ${screen.queue}?` });
    await expect.element(dialog).toBeVisible();
    expect((await screen.inQueue()).map(({ dequeueCount }) => dequeueCount)).toEqual([0, 0, 0]);
    await expect.element(dialog.getByRole('button', { name: /^Only peek/ })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog).not.toBeInTheDocument();
    expect((await screen.inQueue()).map(({ dequeueCount }) => dequeueCount)).toEqual([0, 0, 0]);
    await button('Browse all 3').click();
    await dialog.getByRole('button', { name: 'Browse all' }).click();
    await expect.element(page.getByText('Browsed 3 messages, all returned')).toBeVisible();
  } finally {
    await changeConnection(SANDBOX_ID, { environment: '' });
  }
});

test('a delete in production is asked, however few they are', async () => {
  const [id] = await leased(1);
  await changeConnection(SANDBOX_ID, { environment: 'PROD' });
  try {
    await row(id).click();
    await details(id)
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect.poll(asked).toMatchObject({ kind: 'deleteMessages', ids: [id] });
    await expect.element(row(id)).toBeVisible();
  } finally {
    await changeConnection(SANDBOX_ID, { environment: '' });
    openDialog({ kind: 'shortcuts' });
  }
});
