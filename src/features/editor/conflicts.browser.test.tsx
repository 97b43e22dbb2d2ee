import '@/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { wrapText } from '@/azure/bodies/encode-layers';
import type { Account, LeasedMessage } from '@/azure/protocol/model';
import { release } from '@/bulk/work/lease-actions';
import type { Claim } from '@/messages/record';
import { hearNews } from '@/messages/tab-news';
import { queueTarget } from '@/queries/queue-target';
import { accountFor } from '@/queries/use-account';
import { NO_FAULTS } from '@/sandbox/faults';
import { loggedExchanges } from '@/state/activity/request-log';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { setReadOnly } from '@/state/connections/read-only';
import { currentLease, dropConnectionLeases } from '@/state/leases/leases';
import { drafts } from '@/state/messages/drafts';
import { scheduleDelete, undoDelete } from '@/state/messages/pending-deletes';
import { records, recordsOf, startEndingByTime } from '@/state/messages/records';
import { closeDialog, openDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { addSandbox, openSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { nowOf, useClock } from '@/state/time/connection-clocks';
import { NowProvider } from '@/ui/browser/use-now';
import { Toasts } from '@/ui/overlay/toast';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import AddMessageDialog from './add-message-dialog';
import EditMessageDialog from './edit-message-dialog';

/*
 * Drafts whose message changes under them, in the sandbox, which refuses receipts as Azure does (404) and whose clock the
 * tests move. `consumer` is somebody else: nothing of what it does is known to this tab but by later answers.
 */

let session: SandboxSession;
let consumer: Account;
let tab: Account;
let queue: string;
let number = 0;

beforeAll(async () => {
  startEndingByTime();
  await loadConnections();
  await addSandbox();
  session = await openSandbox();
  consumer = session.account;
  tab = accountFor(SANDBOX_ID) ?? consumer;
});
afterAll(() => forgetConnection(SANDBOX_ID));
beforeEach(async () => {
  await page.viewport(1280, 860);
  dropConnectionLeases(SANDBOX_ID);
  session.sandbox.setFaults(NO_FAULTS);
  if (!session.clock.paused) session.clock.pause();
  queue = `conflict-${++number}`;
  await consumer.createQueue(queue);
});
afterEach(() => {
  session.sandbox.setFaults(NO_FAULTS);
  closeDialog();
  for (const { id } of readToasts()) dismissToast(id);
});

const body = page.getByRole('textbox', { name: 'Message body' });
const saveButton = page.getByRole('button', { name: /^Sav(e message|ing message|e over)/ });
const alert = page.getByRole('alert');
const again = page.getByRole('button', { name: 'Lease it again' });
const conflict = alert.filter({ hasText: 'The text has changed since your draft began' });
const before = page.getByRole('region', { name: 'Text before the edit' });

const messageRef = (id: string) => ({ connectionId: SANDBOX_ID, queue, id });
const textsNow = async () => (await session.sandbox.snapshot([queue])).queues[0]?.messages.map(({ text }) => text);
const updates = () =>
  loggedExchanges().filter((one) => one.operation === 'Update Message' && one.url.includes(`/${queue}/`));
const pass = (seconds: number) => session.clock.advance(seconds * 1000);
const edit = (messageId: string) => openDialog({ kind: 'editMessage', connectionId: SANDBOX_ID, queue, messageId });
const add = () => openDialog({ kind: 'addMessage', connectionId: SANDBOX_ID, queue });
/** The focused element, also inside the editor's shadow root. */
const focusedName = () =>
  (document.activeElement?.shadowRoot?.activeElement ?? document.activeElement)?.getAttribute('aria-label');

async function receive(account: Account, visibilityTimeout = 30): Promise<LeasedMessage> {
  const [message] = await account.receiveMessages(queue, { visibilityTimeout });
  if (!message) throw new Error('Nothing was received');
  return message;
}

/** A message that this tab has leased. */
async function leased(text = 'one', seconds = 30): Promise<LeasedMessage> {
  await consumer.sendMessage(queue, { text });
  return receive(tab, seconds);
}

/** Ends the lease, then lets another consumer receive, change and release the message. */
async function changedByAnother(text = 'theirs', after = 31) {
  pass(after);
  await consumer.updateMessage(queue, await receive(consumer), { visibilityTimeout: 0, text });
}

async function show() {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
  });
  await render(
    <QueryClientProvider client={client}>
      <OnTime>
        <Open />
      </OnTime>
      <Toasts />
    </QueryClientProvider>,
  );
}

const OnTime = ({ children }: { children: ReactNode }) => (
  <NowProvider value={useClock(SANDBOX_ID)}>{children}</NowProvider>
);
function Open() {
  const open = useOpenDialog();
  if (open?.kind === 'addMessage') return <AddMessageDialog {...open} onClose={closeDialog} />;
  return open?.kind === 'editMessage' && <EditMessageDialog {...open} onClose={closeDialog} />;
}

/** True when the page asks before it is left. */
function leaving(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
}

async function closed() {
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
}

describe('a change by another consumer', () => {
  test('a change after the lease ended is shown beside the restored draft, which only a choice can save over (S10)', async () => {
    await show();
    const held = await leased('one', 60);
    edit(held.id);
    await body.fill('a long draft');
    await consumer.updateMessage(queue, held, { visibilityTimeout: 5, text: 'theirs' });
    await saveButton.click();
    await expect.element(alert).toHaveTextContent('The receipt is no longer valid');
    await expect.element(alert).toHaveTextContent('Your draft is kept.');
    await expect.element(alert).toHaveTextContent('404 MessageNotFound');
    await expect.element(again).toBeVisible();
    // The pressed button is off now.
    await expect.poll(focusedName).toBe('Message body');
    await closed();

    pass(6);
    await receive(tab);
    edit(held.id);
    await expect.element(body).toHaveTextContent('a long draft');
    await expect.element(page.getByText('Draft restored')).toBeVisible();
    await expect.element(conflict).toHaveTextContent('Another consumer changed it.');
    await expect.element(saveButton).toHaveAttribute('aria-disabled', 'true');
    await body.click();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(await textsNow()).toEqual(['theirs']);

    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expect.poll(focusedName).toBe('Message body');
    await expect.element(alert).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Save over their text' }).click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    expect(await textsNow()).toEqual(['a long draft']);
    expect(drafts.find(messageRef(held.id))).toBeUndefined();
  });

  test('a change under an open editor shows the three texts after leasing again (W4)', async () => {
    await show();
    const held = await leased('{"state": "new", "amount": 1}');
    edit(held.id);
    await body.fill('{"state": "new", "amount": 2}');
    await changedByAnother('{"state": "paid", "amount": 1}');
    await expect.element(alert).toHaveTextContent('Your lease ended at');
    await again.click();
    await expect.element(conflict).toBeVisible();
    await expect.element(again).not.toBeInTheDocument();
    await expect.poll(focusedName).toBe('Message body');
    await expect.element(saveButton).toHaveAttribute('aria-disabled', 'true');

    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await page.getByRole('button', { name: 'Copy mine' }).click();
    await expect.poll(() => copied.mock.calls).toEqual([['{"state": "new", "amount": 2}']]);
    copied.mockRestore();
    const compare = page.getByRole('region', { name: 'Compare' });
    await expect.element(compare).toHaveTextContent('Removed: "state": "new"');
    await expect.element(compare).toHaveTextContent('Added: "state": "paid"');
    await page.getByRole('radio', { name: 'Yours' }).click();
    await expect.element(compare).toHaveTextContent('Removed: "state": "paid"');
    await expect.element(compare).toHaveTextContent('Added: "amount": 2');
    await page.getByRole('radio', { name: 'Now' }).click();
    await expect
      .element(page.getByRole('region', { name: 'Text as it is now' }))
      .toHaveTextContent('{"state": "paid", "amount": 1}');
    expect(await textsNow()).toEqual(['{"state": "paid", "amount": 1}']);
  });

  test('"Use theirs" sets the draft aside, from where it can be restored', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    await changedByAnother();
    await again.click();
    await page.getByRole('button', { name: 'Use theirs' }).click();
    await expect.element(body).toHaveTextContent('theirs');
    await expect.poll(focusedName).toBe('Message body');
    await expect.element(saveButton).not.toHaveAttribute('aria-disabled');
    await expect.element(before).toHaveTextContent('theirs');
    // It survives the dialog.
    await closed();
    edit(held.id);
    await expect.element(body).toHaveTextContent('theirs');
    await page.getByRole('button', { name: 'Restore my text' }).click();
    await expect.element(body).toHaveTextContent('mine');
    await expect.element(conflict).toBeVisible();
    await expect.element(saveButton).toHaveAttribute('aria-disabled', 'true');
    expect(await textsNow()).toEqual(['theirs']);
  });

  test('another change after the choice needs a new choice', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    await changedByAnother();
    await again.click();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expect.element(page.getByRole('button', { name: 'Save over their text' })).toBeVisible();
    await changedByAnother('newer', 61);
    await again.click();
    await expect.element(conflict).toBeVisible();
    await expect.element(saveButton).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByRole('region', { name: 'Compare' })).toHaveTextContent('Added: newer');
  });

  test('a change before anything is written just shows the current text', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await expect.element(body).toHaveTextContent('one');
    await changedByAnother();
    await expect.element(alert).toHaveTextContent('Your lease ended at');
    await expect.element(alert).not.toHaveTextContent('Your draft is kept.');
    await again.click();
    await expect.element(body).toHaveTextContent('theirs');
    await expect.element(before).toHaveTextContent('theirs');
    await expect.element(page.getByText('The text has changed since you opened it')).toBeVisible();
    await body.fill('on from theirs');
    await expect.element(conflict).not.toBeInTheDocument();
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    expect(await textsNow()).toEqual(['on from theirs']);
  });

  test('a change that is reverted leaves nothing to choose', async () => {
    await show();
    const held = await leased('one', 90);
    edit(held.id);
    await body.fill('mine');
    await changedByAnother('theirs', 91);
    await again.click();
    await expect.element(conflict).toBeVisible();
    // The lease is as long as before.
    expect(currentLease(messageRef(held.id))?.total).toBe(90);
    await changedByAnother('one', 91);
    await again.click();
    await expect.element(conflict).not.toBeInTheDocument();
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    expect(await textsNow()).toEqual(['mine']);
  });

  test('a discarded draft leaves the changed text', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    await closed();
    await changedByAnother();
    await receive(tab);
    edit(held.id);
    await expect.element(conflict).toBeVisible();
    await page.getByRole('button', { name: 'Discard draft' }).click();
    await expect.element(body).toHaveTextContent('theirs');
    await expect.poll(focusedName).toBe('Message body');
    await expect.element(conflict).not.toBeInTheDocument();
    expect(drafts.find(messageRef(held.id))).toBeUndefined();
  });
});

test('two overlapping answers that disagree need a choice before saving', async () => {
  await show();
  const held = await leased();
  edit(held.id);
  await body.fill('mine');
  const own = recordsOf(SANDBOX_ID, queue);
  const source = own.get(held.id)?.source;
  if (!source) throw new Error('It was received');
  own.applyTo(held.id, { kind: 'peeked', message: { ...held, text: 'theirs' }, evidence: source });
  await expect.element(alert).toHaveTextContent('The current text of the message is not certain');
  await expect.element(saveButton).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Save over their text' }).click();
  await expect.element(page.getByText('Message saved')).toBeVisible();
  expect(await textsNow()).toEqual(['mine']);
});

describe('a change by this browser', () => {
  test('a change by a job of this tab names the job', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    const claim: Claim = { kind: 'job', name: 'Change text' };
    recordsOf(SANDBOX_ID, queue).claim([held.id], claim);
    await expect.element(alert).toHaveTextContent('Change text has this message');
    await expect.element(saveButton).toHaveAttribute('aria-description', 'Change text has this message');
    await expect.element(again).not.toBeInTheDocument();
    await tab.updateMessage(queue, held, { visibilityTimeout: 30, text: 'changed' });
    recordsOf(SANDBOX_ID, queue).unclaim([held.id], claim);
    await expect.element(conflict).toHaveTextContent('Change text in this tab changed it.');
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('button', { name: 'Save over the new text' }).click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    expect(await textsNow()).toEqual(['mine']);
  });

  test('a job that leaves the text alone only has to end before saving', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    const claim: Claim = { kind: 'job', name: 'Copy' };
    recordsOf(SANDBOX_ID, queue).claim([held.id], claim);
    await expect.element(alert).toHaveTextContent('Copy has this message');
    recordsOf(SANDBOX_ID, queue).unclaim([held.id], claim);
    await expect.element(alert).not.toBeInTheDocument();
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
  });

  test('a change by another tab is named, with its lease', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    const now = nowOf(SANDBOX_ID);
    const told = (news: Parameters<typeof hearNews>[1]['news']) =>
      hearNews(records, { connectionId: SANDBOX_ID, queue, news }, () => now);
    told([[held.id, { what: 'leased', endsAt: now + 60_000, total: 60, dequeueCount: 2 }]]);
    await expect.element(alert).toHaveTextContent('Another tab of this browser has received the message');
    told([[held.id, { what: 'updated', endsAt: now + 60_000, total: 60, text: 'theirs' }]]);
    await expect.element(conflict).toHaveTextContent('Another tab of this browser changed it.');
    // Without a draft there is nothing to edit.
    await closed();
    drafts.drop(messageRef(held.id));
    edit(held.id);
    await expect.element(page.getByText(/^This message is not leased by this tab\./)).toBeVisible();
  });
});

describe('the request of a save', () => {
  test('a save keeps the lease for the seconds that the preview shows', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    pass(12);
    const request = page.getByRole('region', { name: 'Request', exact: true });
    await expect.element(request).toHaveTextContent('visibilitytimeout=18');
    await expect.element(page.getByRole('timer', { name: 'Lease, 18 seconds left' })).toHaveTextContent('0:18');
    const endsAt = currentLease(messageRef(held.id))?.endsAt;
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    expect(updates().map(({ url }) => /visibilitytimeout=\d+/.exec(url)?.[0])).toEqual(['visibilitytimeout=18']);
    expect(currentLease(messageRef(held.id))?.endsAt).toEqual(endsAt);
  });

  test('a save does not overwrite a text that arrived after the button was pressed', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    const own = recordsOf(SANDBOX_ID, queue);
    const { promise, resolve } = Promise.withResolvers<void>();
    void own.inTurn(held.id, () => promise);
    await saveButton.click();
    await expect.element(saveButton).toHaveTextContent('Saving message');
    const message = { ...held, text: 'theirs', dequeueCount: 2 };
    own.applyTo(held.id, {
      kind: 'peeked',
      message,
      evidence: own.answeredNow(own.tick(), nowOf(SANDBOX_ID), undefined),
    });
    resolve();
    await expect.element(conflict).toBeVisible();
    expect(updates()).toEqual([]);
    expect(drafts.find(messageRef(held.id))?.text).toBe('mine');
  });
});

describe('a save without an answer', () => {
  test('a save without an answer most likely saved the text and kept the lease (S17)', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    session.sandbox.setFaults({ ...NO_FAULTS, lostAfter: 1 });
    await saveButton.click();
    await expect.poll(() => updates().length).toBeGreaterThan(0);
    session.sandbox.setFaults(NO_FAULTS);
    await expect.element(alert, { timeout: 5000 }).toHaveTextContent('Your text is most likely saved');
    await expect.element(alert).toHaveTextContent('404 MessageNotFound');
    await expect.element(page.getByText(/somebody else|another consumer/i)).not.toBeInTheDocument();
    await expect.element(saveButton).toHaveAttribute('aria-disabled', 'true');
    expect(drafts.find(messageRef(held.id))?.text).toBe('mine');

    // After another peek it says the same.
    await closed();
    edit(held.id);
    await expect.element(alert).toHaveTextContent('Your text may or may not be saved');
    await saveButton.click();
    await expect.element(alert).toHaveTextContent('Your text is most likely saved');

    pass(31);
    await again.click();
    await expect.element(page.getByText('The message has your text')).toBeVisible();
    await expect.element(alert).not.toBeInTheDocument();
    await expect.poll(() => drafts.find(messageRef(held.id))).toBeUndefined();
    expect(await textsNow()).toEqual(['mine']);

    // The person continues from that text.
    await body.fill('mine, and more');
    await expect.element(page.getByText('The message has your text')).not.toBeInTheDocument();
    await expect.element(alert).not.toBeInTheDocument();
    await saveButton.click();
    await expect.poll(textsNow).toEqual(['mine, and more']);
  });

  test('a text written after a save without an answer is not called saved', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('first');
    session.sandbox.setFaults({ ...NO_FAULTS, lostAfter: 1 });
    await saveButton.click();
    await expect.poll(() => updates().length).toBeGreaterThan(0);
    session.sandbox.setFaults(NO_FAULTS);
    await expect.element(alert, { timeout: 5000 }).toHaveTextContent('Your text is most likely saved');
    await body.fill('second');
    await saveButton.click();
    await expect.element(alert).toHaveTextContent('An earlier text of yours is most likely saved');
    pass(31);
    await again.click();
    await expect.element(conflict).toHaveTextContent('An earlier save of this tab changed it.');
    expect(await textsNow()).toEqual(['first']);
    expect(drafts.find(messageRef(held.id))?.text).toBe('second');
  });
});

describe('a lease about to end', () => {
  const extend = page.getByRole('button', { name: 'Extend' });

  test('more time is offered in the last ten seconds, and a failed extension is reported', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    await expect.element(page.getByRole('timer', { name: 'Lease, 30 seconds left' })).toBeVisible();
    await expect.element(extend).not.toBeInTheDocument();
    pass(20);
    await expect.element(extend).toBeVisible();
    await consumer.updateMessage(queue, held, { visibilityTimeout: 60 });
    await extend.click();
    await expect.element(page.getByText('Lease not extended')).toBeVisible();
    await expect.element(alert.filter({ hasText: 'The receipt is no longer valid' })).toBeVisible();
    expect(drafts.find(messageRef(held.id))?.text).toBe('mine');
  });

  test('extending and leasing again are off without permission, with the reason', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    pass(21);
    await setReadOnly(SANDBOX_ID, true);
    try {
      await expect.element(extend).toHaveAttribute('aria-description', expect.stringMatching(/^Read-only/));
      pass(10);
      for (const name of ['Lease it again', 'Save as new message'])
        await expect
          .element(page.getByRole('button', { name }))
          .toHaveAttribute('aria-description', expect.stringMatching(/^Read-only/));
    } finally {
      await setReadOnly(SANDBOX_ID, false);
    }
  });
});

describe('leasing the message again', () => {
  test('a search that finds nothing says so, and keeps the error and the draft', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    await consumer.updateMessage(queue, held, { visibilityTimeout: 600 });
    await saveButton.click();
    await expect.element(alert).toHaveTextContent('404 MessageNotFound');
    await again.click();
    await expect.element(alert).toHaveTextContent('No message is visible now.');
    await expect.element(alert).toHaveTextContent('404 MessageNotFound');
    await expect.element(again).toHaveFocus();
    await expect.element(saveButton).toHaveAttribute('aria-description', 'Saving needs a lease');
    await expect.element(body).toHaveTextContent('mine');
  });

  test('a search that fails says why', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    pass(31);
    await consumer.deleteQueue(queue);
    await again.click();
    await expect.element(alert).toHaveTextContent('The queue is deleted');
    await expect.element(page.getByRole('button', { name: 'Save as new message' })).not.toBeInTheDocument();
    await expect.element(body).toHaveTextContent('mine');
  });
});

describe('a draft survives', () => {
  test('a draft survives closing, a release, another lease, and an undone delete', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    await closed();
    const work = queueTarget(tab, queue);
    await release(work, [held.id]);
    edit(held.id);
    await expect.element(alert).toHaveTextContent('You have no lease on this message');
    await expect.element(body).toHaveTextContent('mine');
    await closed();

    await receive(tab, 60);
    expect(scheduleDelete(work, [held.id], async () => {})).toBeDefined();
    undoDelete();
    edit(held.id);
    await expect.element(body).toHaveTextContent('mine');
    await expect.element(alert).not.toBeInTheDocument();
    await saveButton.click();
    await expect.element(page.getByText('Message saved')).toBeVisible();
    expect(await textsNow()).toEqual(['mine']);
  });

  test('a draft survives a save that is refused after its editor was closed', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    await consumer.updateMessage(queue, held, { visibilityTimeout: 60 });
    session.sandbox.setFaults({ ...NO_FAULTS, latency: 300 });
    await saveButton.click();
    await closed();
    await expect.element(page.getByText('Message not saved, its draft is kept')).toBeVisible();
    expect(drafts.find(messageRef(held.id))?.text).toBe('mine');
  });

  test('a draft of what is written during a save survives it', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    session.sandbox.setFaults({ ...NO_FAULTS, latency: 300 });
    await saveButton.click();
    await body.fill('mine, and more');
    await expect.element(page.getByText('Message saved')).toBeVisible();
    await expect.element(body).toHaveTextContent('mine, and more');
    await expect.element(before).toHaveTextContent('mine');
    await expect.element(alert).not.toBeInTheDocument();
    expect(await textsNow()).toEqual(['mine']);
    await saveButton.click();
    await expect.poll(textsNow).toEqual(['mine, and more']);
    expect(currentLease(messageRef(held.id))?.state).toBe('held');
  });

  test('a draft survives the deletion of its message, and can be added as another one', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    await tab.deleteMessage(queue, held);
    await expect.element(alert).toHaveTextContent('This tab deleted it. Your draft is kept.');
    await expect.element(again).not.toBeInTheDocument();
    await expect.element(saveButton).toHaveAttribute('aria-description', 'The message is deleted');
    await closed();

    add();
    await page.getByRole('button', { name: '1 saved draft' }).click();
    await page.getByRole('menuitem', { name: /, message deleted: mine$/ }).click();
    await expect.element(body).toHaveTextContent('mine');
    expect(drafts.find(messageRef(held.id))).toBeDefined();
    await page.getByRole('button', { name: 'Add message' }).click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    expect(await textsNow()).toEqual(['mine']);
    expect(drafts.find(messageRef(held.id))).toBeUndefined();
  });

  test.each(['the editor', 'Add message'])(
    'a draft of a packed message that was deleted is added by %s in the same layers',
    async (from) => {
      await show();
      const held = await leased(await wrapText('one', ['base64', 'gzip']));
      edit(held.id);
      await body.fill('mine');
      await tab.deleteMessage(queue, held);
      if (from === 'the editor') {
        await page.getByRole('button', { name: 'Save as new message' }).click();
      } else {
        await closed();
        add();
        await page.getByRole('button', { name: '1 saved draft' }).click();
        await page.getByRole('menuitem', { name: /: mine$/ }).click();
      }
      await expect.element(page.getByRole('radio', { name: 'As it was' })).toBeChecked();
      await expect.element(page.getByText('Packed again: gzip, then Base64')).toBeVisible();
      await page.getByRole('button', { name: 'Add message' }).click();
      await expect.element(page.getByText('Message added')).toBeVisible();
      expect(await textsNow()).toEqual([await wrapText('mine', ['base64', 'gzip'])]);
    },
  );

  test('a draft survives a refused save, whose error goes once something else is written', async () => {
    await show();
    const held = await leased();
    edit(held.id);
    await body.fill('mine');
    session.sandbox.setFaults({ ...NO_FAULTS, clockSkew: 3_600_000 });
    await saveButton.click();
    await expect.element(alert).toHaveTextContent('Nothing was saved');
    session.sandbox.setFaults(NO_FAULTS);
    await body.fill('mine, and more');
    await expect.element(alert).not.toBeInTheDocument();
    expect(drafts.find(messageRef(held.id))?.text).toBe('mine, and more');
  });

  test('a draft survives being added as another message while its own exists', async () => {
    await show();
    const held = await leased();
    drafts.keep(messageRef(held.id), { base: 'one', text: 'mine', layers: [] });
    add();
    await page.getByRole('button', { name: '1 saved draft' }).click();
    await page.getByRole('menuitem', { name: `${held.id.slice(0, 8)}: mine`, exact: true }).click();
    await page.getByRole('button', { name: 'Add message' }).click();
    await expect.element(page.getByText('Message added')).toBeVisible();
    expect(drafts.find(messageRef(held.id))?.text).toBe('mine');
  });

  test('a draft makes the page ask before it is left', () => {
    expect(leaving()).toBe(false);
    drafts.keep(messageRef('a'), { base: 'one', text: 'mine', layers: [] });
    expect(leaving()).toBe(true);
    drafts.drop(messageRef('a'));
    expect(leaving()).toBe(false);
  });

  test('a draft is dropped when it is discarded, which can be undone', async () => {
    await show();
    const held = await leased();
    drafts.keep(messageRef(held.id), { base: 'one', text: 'mine', layers: [] });
    add();
    await page.getByRole('button', { name: '1 saved draft' }).click();
    await page.getByRole('menuitem', { name: 'Discard 1 saved draft' }).click();
    expect(drafts.find(messageRef(held.id))).toBeUndefined();
    await expect.element(page.getByRole('button', { name: '1 saved draft' })).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(drafts.find(messageRef(held.id))?.text).toBe('mine');
  });
});

test('Undo of an added message that this tab has received meanwhile removes it', async () => {
  await show();
  add();
  await body.fill('one');
  await page.getByRole('button', { name: 'Add message' }).click();
  await expect.element(page.getByText('Message added')).toBeVisible();
  await receive(tab);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(page.getByText('Message removed again')).toBeVisible();
  expect(await textsNow()).toEqual([]);
});
