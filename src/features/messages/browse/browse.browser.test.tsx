import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Account } from '@/azure/protocol/model';
import { startMessageJob } from '@/bulk/jobs/message-job';
import { leaseById } from '@/bulk/leasing/lease-by-id';
import { deleteLeased, saveText } from '@/bulk/work/lease-actions';
import { moveMessage } from '@/bulk/work/move-message';
import { queueTarget } from '@/queries/queue-target';
import { accountFor } from '@/queries/use-account';
import { NO_FAULTS } from '@/sandbox/faults';
import { currentLease } from '@/state/leases/leases';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { type Ear, listen } from '@/ui/feedback/listen.fixture';
import { sandboxScreen } from '../sandbox-screen.fixture';
import { shortId } from '../shared/short-id';

const screen = sandboxScreen('browse');

const grid = () => page.getByRole('grid', { name: `Messages in ${screen.queue}` });
const rows = () => grid().getByRole('row', { name: /Select message/ });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const panel = () => page.getByRole('region', { name: 'Browse all' });
const mode = (name: string) => page.getByRole('radio', { name, exact: true });

const textOf = (index: number) => `message ${String(index).padStart(4, '0')}`;
const fill = (count: number) => screen.fillAtOnce(count, textOf);
/** All of the queue as the sandbox has it, hidden ones too. */
const inQueue = () => screen.inQueue();
const hidden = async () => (await inQueue()).filter(({ visibleAt }) => visibleAt > screen.session.clock.now());
let ear: Ear | undefined;
afterEach(() => {
  ear?.end();
  ear = undefined;
});
/** What a screen reader was heard to say since `listen`, with these words. */
const saidOf = (words: RegExp) => ear?.said().filter((text) => words.test(text));
const dequeueCounts = async () => [...new Set((await inQueue()).map(({ dequeueCount }) => dequeueCount))];

beforeEach(() => screen.session.clock.pause());

describe('before it starts', () => {
  test('says what it would do in numbers, and a link starts nothing', async () => {
    await fill(40);
    await screen.show({ mode: 'browse' });
    await expect.element(button('Browse all 40')).toBeVisible();
    await expect.element(mode('Browse all')).toBeChecked();
    await expect.element(panel()).toHaveTextContent(/Messages touchedabout 40.*raisedabout 40.*Requestsabout 43/);
    await expect.element(panel()).toHaveTextContent('Would reach 5 dequeues0 of the 32 seen, 8 not seen yet');
    await expect.element(panel()).toHaveTextContent(/Timeabout \d+ s, at \d+ ms a request/);
    expect(await hidden()).toEqual([]);
    expect(await dequeueCounts()).toEqual([0]);
  });

  test('counts those that would reach the poison threshold', async () => {
    await fill(3);
    for (let time = 0; time < 4; time++) {
      const [lease] = await screen.account.receiveMessages(screen.queue);
      if (lease) await screen.account.updateMessage(screen.queue, lease, { visibilityTimeout: 0 });
    }
    await screen.show({ mode: 'browse' });
    const most = Math.max(...(await inQueue()).map(({ dequeueCount }) => dequeueCount));
    await expect.element(panel()).toHaveTextContent(`${most === 4 ? 1 : 0} of the 3 seen`);
  });

  test('refuses a number or a time that the service would', async () => {
    await fill(1);
    await screen.show({ mode: 'browse' });
    await mode('At most').click();
    await page.getByRole('spinbutton', { name: 'Messages to browse' }).fill('0');
    await expect.element(page.getByRole('alert')).toHaveTextContent('a whole number from 1');
    await page.getByRole('spinbutton', { name: 'Messages to browse' }).fill('2');
    await page.getByRole('spinbutton', { name: 'Lease time' }).fill('999999999');
    await expect.element(page.getByRole('alert')).toBeVisible();
    await expect.element(button('Browse 1')).toHaveAttribute('aria-disabled', 'true');
  });
});

describe('a whole queue', () => {
  test('is seen in its order, returned, and stays on screen until refresh', async () => {
    const ids = await fill(100);
    await screen.show();
    await expect.element(button('Browse all 100')).toBeVisible();
    await mode('Browse all').click();
    await button('Browse all 100').click();
    await expect.element(page.getByText('Browsed 100 messages, all returned')).toBeVisible();
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '101');
    await expect.element(page.getByText(/^100 messages seen at [\d:]{8}, not leased any more\.$/)).toBeVisible();
    await expect.element(page.getByText(`Browsed 100 messages of ${screen.queue}, all returned`)).toBeInTheDocument();
    expect(await hidden()).toEqual([]);
    expect(await dequeueCounts()).toEqual([1]);
    expect((await inQueue()).map(({ text }) => text)).toEqual(ids.map((_, index) => textOf(index)));

    await mode('Browse all').click();
    await grid().click({ position: { x: 300, y: 50 } });
    await userEvent.keyboard('{End}');
    await expect.element(rows().last()).toHaveTextContent(textOf(99));
    await userEvent.keyboard('{Escape}{Escape}');
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '101');

    await button('Refresh').click();
    await expect.element(page.getByText('Browse all has not run yet')).toBeVisible();
    await expect.element(button('Browse all 100')).toBeVisible();
  });

  test('is filtered, sorted and selected as a whole', async () => {
    const ids = await fill(70);
    await screen.show({ mode: 'browse' });
    await button('Browse all 70').click();
    await expect.element(page.getByText('Browsed 70 messages, all returned')).toBeVisible();
    await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
    await expect.element(page.getByText('70 selected')).toBeVisible();
    await button('Clear selection').click();
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('"message 006"');
    await expect.element(rows()).toHaveLength(10);
    await expect.element(page.getByText('Showing 10 of 70.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('');
    await grid().getByRole('button', { name: '#' }).click();
    await grid().getByRole('button', { name: '#' }).click();
    // The row that the keyboard is on has stayed in sight.
    (grid().element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}');
    await expect.element(rows().first()).toHaveAccessibleName(new RegExp(shortId(ids[69] ?? '')));
    await rows().first().click();
    await expect.element(page.getByRole('region', { name: 'Message body' })).toHaveTextContent(textOf(69));
  });

  test('or the first of it', async () => {
    await fill(50);
    await screen.show({ mode: 'browse' });
    await mode('At most').click();
    await page.getByRole('spinbutton', { name: 'Messages to browse' }).fill('40');
    await button('Browse 40').click();
    await expect.element(page.getByText('Browsed 40 messages, all returned')).toBeVisible();
    expect((await inQueue()).filter(({ dequeueCount }) => dequeueCount > 0)).toHaveLength(40);
    await button('Browse again').click();
    await expect.element(button('Browse all 50')).toBeVisible();
  });

  test('says what each choice costs, and lets one change it while it runs and while it returns', async () => {
    const ids = await fill(100);
    await screen.show({ mode: 'browse' });
    const look = page.getByRole('radio', { name: 'Look only (returns everything)' });
    const work = page.getByRole('radio', { name: 'Work on these (keeps the leases)' });
    await expect.element(look).toBeChecked();
    await expect.element(look).toHaveAccessibleDescription(/^About 105 requests, \d+ s$/);
    await expect
      .element(work)
      .toHaveAccessibleDescription(/^About 5 requests, \d+ s; hidden for up to 30 min, and in hand/);
    screen.session.sandbox.setFaults({ ...NO_FAULTS, latency: 300 });
    await button('Browse all 100').click();
    await work.click();
    await expect.element(panel()).toHaveTextContent('in hand for what you do next');
    await look.click();
    await button('Keep the rest').click();
    screen.session.sandbox.setFaults(NO_FAULTS);
    await expect.element(page.getByText(/^Browsed 100 messages, \d+ returned, \d+ kept$/)).toBeVisible();
    const kept = (await hidden()).length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(100);
    await expect
      .element(
        grid()
          .getByRole('img', { name: /^Leased by you/ })
          .first(),
      )
      .toBeVisible();
    await button(`Return ${kept}`).click();
    await expect.poll(() => hidden()).toEqual([]);
    expect(ids).toHaveLength(100);
  });

  test('can stay leased, and be released later', async () => {
    const ids = await fill(40);
    await screen.show({ mode: 'browse' });
    await page.getByRole('radio', { name: /^Work on these/ }).click();
    await expect.element(panel()).toHaveTextContent('The leases are kept: the messages stay hidden until 30 min after');
    await button('Browse all 40').click();
    const inHand = page.getByRole('group', { name: 'Working set' });
    await expect.element(inHand).toHaveTextContent('40 in hand, leased to you until');
    await expect
      .element(inHand.getByRole('timer', { name: /^Leases, .* left$/ }))
      .toHaveTextContent(/^(30:00|29:5\d)$/);
    await expect
      .element(
        grid()
          .getByRole('img', { name: /^Leased by you, (30:00|29:5\d) left/ })
          .first(),
      )
      .toBeVisible();
    expect(await hidden()).toHaveLength(40);
    expect(currentLease({ connectionId: SANDBOX_ID, queue: screen.queue, id: ids[39] ?? '' })).toMatchObject({
      state: 'held',
      text: textOf(39),
    });
    await inHand.getByRole('button', { name: 'Return 40' }).click();
    await expect.element(page.getByText('Released 40 leases')).toBeVisible();
    expect(await hidden()).toEqual([]);
  });

  test('that is empty says so, once', async () => {
    await screen.show({ mode: 'browse' });
    ear = listen();
    await button('Browse all 0').click();
    await expect.element(page.getByText('Browsed 0 messages, all returned')).toBeVisible();
    await expect.poll(() => saidOf(/^Browsed/)).toEqual([`Browsed 0 messages of ${screen.queue}, all returned`]);
  });
});

const someHeld = () => page.getByText(/^[\d,]+ messages so far, hidden from every consumer\.$/);

/** Into the middle of a browse: of so many messages, each answer so late, that a slow machine gets there too. */
async function browseHalfway() {
  await fill(1000);
  await screen.show({ mode: 'browse' });
  await expect.element(button('Browse all 1,000')).toBeVisible();
  screen.session.sandbox.setFaults({ latency: 600 });
  await button('Browse all 1,000').click();
  await expect.element(someHeld()).toBeVisible();
}

describe('on the way', () => {
  test('Cancel returns what is held', async () => {
    await browseHalfway();
    await expect.element(page.getByRole('progressbar', { name: 'Browse progress' })).toBeVisible();
    await button('Cancel').click();
    screen.session.sandbox.setFaults(NO_FAULTS);
    await expect.element(page.getByText(/^Cancelled after [\d,]+ messages, all returned$/)).toBeVisible();
    expect(await hidden()).toEqual([]);
  });

  test('a message that could not be returned is told, and returned when asked again', async () => {
    await browseHalfway();
    // So far ahead that it refuses every signature.
    screen.session.sandbox.setFaults({ ...NO_FAULTS, clockSkew: 3_600_000 });
    const left = page.getByText(/^[\d,]+ messages could not be returned$/);
    await expect.element(left).toBeVisible();
    const words = left.element().textContent;
    ear = listen();
    await button('Return them').click();
    await expect.poll(() => saidOf(/returned/), { timeout: 5000 }).toEqual([words]);
    // Its rows tell what is hidden.
    await expect.element(button('Browse again')).not.toBeInTheDocument();
    screen.session.sandbox.setFaults(NO_FAULTS);
    await button('Return them').click();
    await expect.element(button('Return them')).not.toBeInTheDocument();
    expect(await hidden()).toEqual([]);
  });

  test('offline the returning is stopped when told, and until when what stays hidden is said', async () => {
    await fill(200);
    await screen.show({ mode: 'browse' });
    await expect.element(button('Browse all 200')).toBeVisible();
    screen.session.sandbox.setFaults({ latency: 600 });
    await button('Browse all 200').click();
    await expect.element(someHeld()).toBeVisible();
    screen.session.sandbox.setFaults({ ...NO_FAULTS, lostBefore: 1 });
    await button('Cancel').click();
    await expect.element(page.getByText(/^Leaves [\d,]+ hidden until \d\d:\d\d:\d\d at the latest\.$/)).toBeVisible();
    await button('Stop returning').click();
    await expect.element(page.getByText(/^[\d,]+ messages could not be returned$/)).toBeVisible();
    await expect.element(page.getByText(/They stay hidden until \d\d:\d\d:\d\d at the latest/)).toBeVisible();
    expect((await hidden()).length).toBeGreaterThan(0);
    screen.session.sandbox.setFaults(NO_FAULTS);
    await button('Return them').click();
    await expect.element(button('Return them')).not.toBeInTheDocument();
    expect(await hidden()).toEqual([]);
  });

  test('a queue that is deleted in the middle is told by name', async () => {
    await browseHalfway();
    await screen.account.deleteQueue(screen.queue);
    screen.session.sandbox.setFaults(NO_FAULTS);
    await expect
      .element(page.getByText(new RegExp(`^${screen.queue} was deleted after [\\d,]+ messages$`)))
      .toBeVisible();
    // Its messages went with it.
    await expect.element(grid()).not.toBeInTheDocument();
  });

  test('leases that would end before it does are renewed', async () => {
    await browseHalfway();
    screen.session.clock.advance(40_000);
    screen.session.sandbox.setFaults(NO_FAULTS);
    await expect.element(page.getByText('Browsed 1,000 messages, all returned')).toBeVisible();
    expect(await dequeueCounts()).toEqual([1]);
  });
});

const row = (id: string | undefined) =>
  grid().getByRole('row', { name: new RegExp(`Select message ${shortId(id ?? '')}`) });
const queueOnScreen = () => queueTarget(accountFor(SANDBOX_ID) as Account, screen.queue);
const body = () => page.getByRole('region', { name: 'Message body' });

async function browsed(count: number) {
  const ids = await fill(count);
  await screen.show({ mode: 'browse' });
  await button(`Browse all ${count}`).click();
  await expect.element(page.getByText(`Browsed ${count} messages, all returned`)).toBeVisible();
  return ids;
}
/** Leased by a person, as by "Lease it". */
const leaseIt = (id: string | undefined) =>
  leaseById(queueOnScreen(), { ids: new Set([id ?? '']), visibilityTimeout: 300, limit: Infinity });

describe('rows of a browse', () => {
  test('show what was edited, also after the lease was released', async () => {
    const [, id = ''] = await browsed(40);
    await leaseIt(id);
    await saveText(queueOnScreen(), { id, text: 'a new text' });
    await expect.element(row(id)).toHaveTextContent('a new text');
    await row(id).click();
    await expect.element(body()).toHaveTextContent('a new text');
    await button(/^Release lease/).click();
    await expect.element(button('Lease it')).toBeVisible();
    await expect.element(row(id)).toHaveTextContent('a new text');
    await expect.element(body()).toHaveTextContent('a new text');
    // The search has it as well.
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('"a new text"');
    await expect.element(rows()).toHaveLength(1);
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('"message 0001"');
    await expect.element(page.getByRole('heading', { name: 'None of 40 loaded messages matches' })).toBeVisible();
  });

  test('leave for good when they are deleted or moved, and are no longer selected', async () => {
    const ids = await browsed(40);
    await page.getByRole('checkbox', { name: 'Select all loaded messages' }).click();
    await expect.element(page.getByText('40 selected')).toBeVisible();
    const to = `${screen.queue}-target`;
    await screen.session.account.createQueue(to);
    const target = queueTarget(accountFor(SANDBOX_ID) as Account, to);
    const job = startMessageJob({
      name: 'Move',
      from: queueOnScreen(),
      wanted: new Set(ids.slice(0, 10)),
      work: moveMessage(target),
    });
    await job.finished;
    await expect.element(page.getByText('30 selected')).toBeVisible();
    await expect.element(row(ids[0])).not.toBeInTheDocument();
    await expect.element(page.getByText(/; 10 left the queue since then\.$/)).toBeVisible();

    await leaseIt(ids[10]);
    await deleteLeased(queueOnScreen(), [ids[10] ?? '']);
    await expect.element(page.getByText('29 selected')).toBeVisible();
    await expect.element(row(ids[10])).not.toBeInTheDocument();
    await expect.element(page.getByText(/; 11 left the queue since then\.$/)).toBeVisible();
  });

  test('are gone when the queue is cleared, and what is open says so', async () => {
    const [first] = await browsed(3);
    await row(first).click();
    await expect.element(body()).toHaveTextContent(textOf(0));
    await queueOnScreen().account.clearMessages(screen.queue);
    await expect.element(grid()).not.toBeInTheDocument();
    await expect
      .element(page.getByRole('heading', { name: 'This message went when the queue was cleared' }))
      .toBeVisible();
  });
});
