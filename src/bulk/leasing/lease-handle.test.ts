import { describe, expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import type { Fact } from '@/messages/fact';
import type { Claim } from '@/messages/record';
import { recordedAccount } from '@/messages/recorded-account';
import { around, type BulkScene, bulkScene, failing, settled } from '../bulk.fixture';
import { createDeferred } from '../requests/deferred';
import { LostAnswer } from '../requests/outcome';
import type { QueueTarget } from '../requests/queue-target';
import { receive } from '../work/lease-actions';
import { NO_ANSWER, NOT_ALLOWED } from '../work/leased.fixture';
import { type LeaseContext, LeaseHandle, OtherText } from './lease-handle';

const JOB: Claim = { kind: 'job', name: 'Move' };
const lostOf = (cause: unknown) => ({ name: 'LostAnswer', cause });
const BUSY = new StorageError('Busy.', { status: 503, code: 'ServerBusy' });
const QUEUE_GONE = new StorageError('No such queue.', { status: 404, code: 'QueueNotFound' });

/** One message that a person has leased for 30 s. */
async function leased(scene: BulkScene = bulkScene(), timeToLive?: number | 'never') {
  const target = await scene.fill('orders', ['a'], timeToLive);
  const [message] = await receive(target, { count: 1, visibilityTimeout: 30 });
  const id = message?.id ?? '';
  const handleAt = (at: QueueTarget, rest: Partial<LeaseContext> = {}) =>
    new LeaseHandle({ target: at, claim: undefined, canRenew: true, ...rest }, id);
  const requests: string[] = [];
  scene.sandbox.subscribe(({ what }) => requests.push(what));
  return { ...scene, target, id, handleAt, handle: handleAt(target), receipt: message?.receipt ?? '', requests };
}

/** An extension whose answer was lost. */
async function extendedUnseen(fault: 'lostAfter' | 'lostBefore') {
  const scene = await leased();
  const { target, id, receipt, sandbox } = scene;
  sandbox.setFaults({ [fault]: 1 });
  await expect(target.account.updateMessage('orders', { id, receipt }, { visibilityTimeout: 60 })).rejects.toThrow();
  sandbox.setFaults({ [fault]: 0 });
  expect(await scene.handleAt(target).release()).toBe(false);
  return { ...scene, tried: scene.handleAt(target, { triesUnknown: true }) };
}

/** One message that work has leased for so many seconds. */
async function leasedForWork(visibilityTimeout: number, timeToLive?: number) {
  const scene = bulkScene();
  const target = await scene.fill('orders', ['a'], timeToLive);
  const [message] = await target.account.receiveMessages('orders', { visibilityTimeout, claim: JOB });
  const context: LeaseContext = { target, claim: JOB, visibilityTimeout, canRenew: true };
  return { ...scene, target, handle: new LeaseHandle(context, message?.id ?? ''), context };
}

describe('a handle reads its state from the record', () => {
  const evidence = { asked: 1e6, answered: 1e6, at: 0, date: undefined };
  test.each<[string, Fact[], string, string | undefined]>([
    ['as it is', [], 'held', undefined],
    ['whose time ran out: its receipt may still work', [{ kind: 'time', now: 1e15 }], 'held', undefined],
    [
      'that somebody else of us works on',
      [{ kind: 'claimed', claim: { kind: 'browse', name: 'Browse all' } }],
      'lost',
      'Browse all has this message.',
    ],
    ['that is deleted', [{ kind: 'deleted', evidence }], 'gone', 'The message was deleted by this tab.'],
    [
      'that was cleared',
      [{ kind: 'removed', removal: { how: 'cleared' }, evidence }],
      'gone',
      'The queue was cleared.',
    ],
    ['that is hidden', [{ kind: 'givenUp', until: 1e15, evidence }], 'lost', 'This tab has hidden it for a time.'],
    [
      'that another tab deleted',
      [{ kind: 'elsewhere', news: { what: 'deleted' }, evidence }],
      'gone',
      'Another tab of this browser deleted the message.',
    ],
    [
      'that another tab leased',
      [
        { kind: 'time', now: 1e15 },
        { kind: 'elsewhere', news: { what: 'leased', endsAt: 1e15, total: 9, dequeueCount: 2 }, evidence },
      ],
      'lost',
      'Another tab of this browser has leased it.',
    ],
  ])('%s', async (_, facts, state, reason) => {
    const { target, id, handle } = await leased();
    for (const fact of facts) target.records.applyTo(id, fact);
    expect(handle.state).toBe(state);
    expect(handle.notHeldReason).toBe(reason);
  });

  test('a handle has the reason why its lease is lost, expired or unknown', async () => {
    const { handle, handleAt, target, id, receipt, clock } = await leased(bulkScene(), 60);
    const facts = { used: receipt, askedAt: 0, evidence };
    const asked = { change: 'update', visibilityTimeout: 9, text: undefined } as const;
    target.records.applyTo(id, { kind: 'unanswered', asked, ...facts });
    expect([handle.state, handle.notHeldReason]).toEqual(['unknown', 'The answer with its receipt was lost.']);
    target.records.applyTo(id, { kind: 'time', now: 1e15 });
    target.records.applyTo(id, { kind: 'refused', asked, afterLostAnswer: false, ...facts });
    expect([handle.state, handleAt(target, { triesUnknown: true }).state]).toEqual(['lost', 'lost']);
    expect(handle.notHeldReason).toContain('another consumer received the message, or it was deleted or has expired');
    clock.advance(61_000);
    expect(handle.notHeldReason).toBe('The message has expired.');
  });

  test('and may be held though it was seen by others: nobody has received it', async () => {
    const { handle, target, clock } = await leased();
    clock.advance(31_000);
    await target.account.peekMessages('orders');
    expect(handle.record?.lease).toMatchObject({ state: 'ended', ending: 'seen' });
    expect([handle.state, await handle.release()]).toEqual(['held', true]);
  });

  test('a handle has no state for a message without a record or without a lease', async () => {
    const { target, handle, handleAt, clock, requests } = await leased();
    await handle.hide(60);
    requests.length = 0;
    for (const left of [handleAt(target), new LeaseHandle({ target, claim: undefined, canRenew: true }, 'unknown')]) {
      expect([left.endsAt, left.receipt, left.isExpired, left.remainingSeconds]).toEqual([0, undefined, false, 1]);
      expect(left.serviceNow).toBe(clock.now() + (target.account.clockSkew() ?? 0));
      await left.ensureLeased(Infinity);
      left.take();
      expect(left.state).toBe('lost');
      await expect(left.hide(60)).rejects.toMatchObject({ code: 'MessageNotFound' });
      await expect(left.delete()).rejects.toMatchObject({
        code: 'MessageNotFound',
        message: 'There is no receipt for this message any more.',
      });
    }
    expect(requests).toEqual([]);
  });

  test('a handle is expired from the end of its lease on', async () => {
    const { handle, clock } = await leased(bulkScene(), 60);
    clock.advance((handle.facts?.expiresAt?.getTime() ?? 0) - handle.serviceNow);
    expect(handle.isExpired).toBe(true);
  });

  test('a handle is lost for work that does not have the claim on the message', async () => {
    const { target, context, handle } = await leasedForWork(30);
    expect(handle.state).toBe('held');
    expect(new LeaseHandle({ ...context, claim: { ...JOB } }, handle.id).state).toBe('lost');
    target.records.unclaim([handle.id], JOB);
    expect(handle.state).toBe('lost');
    const unknown = new LeaseHandle(context, 'unknown');
    expect([unknown.state, unknown.notHeldReason]).toEqual([
      'lost',
      'Nothing is known of it any more: its connection was forgotten.',
    ]);
  });
});

describe('returning', () => {
  test('by an uncertain receipt is tried when asked for', async () => {
    const { tried, account } = await extendedUnseen('lostBefore');
    expect(await tried.release()).toBe(true);
    expect(await account.peekMessages('orders')).toHaveLength(1);
  });

  test('by a void receipt is not reported as done', async () => {
    const { tried, target, id, account } = await extendedUnseen('lostAfter');
    await expect(tried.release()).rejects.toMatchObject({
      message: 'The answer with its receipt was lost.',
      cause: { code: 'MessageNotFound' },
    });
    expect(target.records.get(id)?.lease?.state).toBe('unknown');
    expect(await account.peekMessages('orders')).toEqual([]);
  });

  test('a second return after a lost answer counts as done when it is refused', async () => {
    const { handle, handleAt, target, sandbox, account } = await leased();
    sandbox.setFaults({ lostAfter: 1 });
    const impatient = { ...target, delay: () => Promise.reject(new Error('Enough.')) };
    await expect(handleAt(impatient).release()).rejects.toThrow('Enough.');
    sandbox.setFaults({ lostAfter: 0 });
    expect(await handle.release()).toBe(true);
    expect(await account.peekMessages('orders')).toHaveLength(1);
  });

  test('after a delete without an answer reports the refusal', async () => {
    const { handle, sandbox, clock, account } = await leased();
    sandbox.setFaults({ lostBefore: 1 });
    await expect(handle.delete()).rejects.toThrow();
    sandbox.setFaults({ lostBefore: 0 });
    clock.advance(31_000);
    await account.receiveMessages('orders');
    await expect(handle.release()).rejects.toMatchObject({ code: 'MessageNotFound' });
  });

  test('sends nothing after it was aborted', async () => {
    const { handleAt, target, requests } = await leased();
    const handle = handleAt(target, { signal: AbortSignal.abort() });
    await expect(handle.release()).rejects.toThrow('It was cancelled before it was sent.');
    expect(requests).toEqual([]);
  });

  test('makes the message visible and ends the handle', async () => {
    const { handle, account } = await leased();
    expect(await handle.release()).toBe(true);
    expect(handle.state).toBe('returned');
    expect(await account.peekMessages('orders')).toHaveLength(1);
  });

  test('sends nothing when the lease is no longer held', async () => {
    const { handle, target, id, requests } = await leased();
    target.records.applyTo(id, { kind: 'claimed', claim: JOB });
    expect(await handle.release()).toBe(false);
    expect(await handle.renew()).toBe(false);
    expect(requests).toEqual([]);
    expect(handle.state).toBe('lost');
  });

  test('that was asked for twice is asked once', async () => {
    const { handle, requests } = await leased();
    expect(await Promise.all([handle.release(), handle.release(), handle.renew()])).toEqual([true, false, false]);
    expect(requests).toEqual(['updated']);
  });

  test('whose answer is lost is repeated, and as good as done when the repeat finds the receipt void', async () => {
    const { handleAt, target, sandbox, account } = await leased();
    let tries = 0;
    const lossy = around(target, 'updateMessage', {
      before: () => sandbox.setFaults({ lostAfter: tries++ === 0 ? 1 : 0 }),
    });
    expect(await handleAt(lossy).release()).toBe(true);
    expect(tries).toBe(2);
    expect(await account.peekMessages('orders')).toHaveLength(1);
  });
});

describe('renewing', () => {
  test('asks for the length of the lease, or the given one, at most the message’s remaining life', async () => {
    const { handle, target, clock } = await leased(bulkScene(), 100);
    const end = () => Math.round((handle.endsAt - clock.now()) / 1000);
    clock.advance(10_000);
    await handle.renew();
    expect(end()).toBe(30);
    await handle.renew(60);
    expect(end()).toBe(60);
    await handle.renew(600);
    expect(end()).toBeGreaterThanOrEqual(88);
    expect(target.records.get(handle.id)?.lease?.total).toBeLessThanOrEqual(90);
    clock.advance(89_500);
    expect(await handle.renew()).toBe(false);
  });

  test('happens only when less is left than is needed, or than half of its length', async () => {
    const { handle, clock, requests } = await leased();
    await handle.ensureLeased(20_000);
    clock.advance(14_000);
    await handle.ensureLeased(10_000);
    await handle.ensureLeased(Infinity);
    expect(requests).toEqual([]);
    clock.advance(3000);
    await handle.ensureLeased(10_000);
    expect(requests).toEqual([]);
    await handle.ensureLeased(Infinity);
    expect(requests).toEqual(['updated']);
  });

  test('works for a message that never expires and for one with a second to live', async () => {
    const never = await leased(bulkScene(), 'never');
    expect(await never.handle.renew()).toBe(true);
    const short = await leased(bulkScene(), 20);
    short.clock.advance((short.handle.facts?.expiresAt?.getTime() ?? 0) - short.handle.serviceNow - 1000);
    expect(await short.handle.renew()).toBe(true);
    expect(short.requests).toEqual(['updated']);
    short.clock.advance((short.handle.facts?.expiresAt?.getTime() ?? 0) - short.handle.serviceNow - 999);
    expect(await short.handle.renew()).toBe(false);
    expect(short.requests).toEqual(['updated']);
  });

  test('sends nothing while exactly the needed time remains', async () => {
    const { handle, clock, requests } = await leased();
    clock.advance(handle.endsAt - clock.now() - 10_000);
    await handle.ensureLeased(10_000);
    expect(requests).toEqual([]);
  });

  test('goes on after a return that came without a receipt: it needs none', async () => {
    const { fill, account, records, clock, idsIn } = bulkScene();
    const target = await fill('orders', 2);
    await receive(target, { count: 2, visibilityTimeout: 30 });
    const hiding = {
      ...account,
      updateMessage: async (...args: Parameters<typeof account.updateMessage>) => ({
        ...(await account.updateMessage(...args)),
        receipt: undefined,
      }),
    };
    const hidden = { ...target, account: recordedAccount(hiding, records, clock.now) };
    const context: LeaseContext = { target: hidden, claim: undefined, canRenew: true, triesUnknown: true };
    const [one, other] = idsIn('orders').map((id) => new LeaseHandle(context, id));
    expect([await one?.release(), await other?.renew()]).toEqual([true, true]);
    // It is hidden, and not in doubt.
    expect(other?.state).toBe('unknown');
  });

  test.each([
    ['busy', [BUSY], BUSY],
    ['not allowed', [NOT_ALLOWED], NOT_ALLOWED],
    ['lost, and then busy for long', [NO_ANSWER, ...Array.from({ length: 7 }, () => BUSY)], lostOf(BUSY)],
    ['lost, and then not allowed', [NO_ANSWER, NOT_ALLOWED], lostOf(NOT_ALLOWED)],
    ['lost, and then that the queue is gone', [NO_ANSWER, QUEUE_GONE], QUEUE_GONE],
  ])('whose answer is %s throws that', async (_, answers, thrown) => {
    const scene = await leased();
    let tries = 0;
    const target = around(scene.target, 'updateMessage', {
      before() {
        throw answers[tries++];
      },
    });
    await expect(scene.handleAt(target).renew()).rejects.toMatchObject(thrown);
    expect(tries).toBe(answers.length);
  });

  test('that is not allowed is not asked for again by the receipt of another receive', async () => {
    const scene = await leased();
    let tries = 0;
    const target = around(scene.target, 'updateMessage', {
      async before() {
        tries++;
        scene.clock.advance(31_000);
        await receive(scene.target, { count: 1, visibilityTimeout: 30 });
        throw NOT_ALLOWED;
      },
    });
    await expect(scene.handleAt(target).renew()).rejects.toBe(NOT_ALLOWED);
    expect(tries).toBe(1);
  });

  test('stops once an answer came without its receipt, since that would lose the message', async () => {
    const scene = await leased();
    const { account, target, records, clock, requests } = scene;
    const hiding = {
      ...account,
      updateMessage: async (...args: Parameters<typeof account.updateMessage>) => ({
        ...(await account.updateMessage(...args)),
        receipt: undefined,
      }),
    };
    const hidden = { ...target, account: recordedAccount(hiding, records, clock.now) };
    const handle = scene.handleAt(hidden);
    await handle.renew();
    expect([handle.state, handle.notHeldReason]).toEqual([
      'unknown',
      'The CORS rule hides the receipt that works now.',
    ]);
    expect(await handle.renew()).toBe(false);
    expect(await handle.release()).toBe(false);
    expect(requests).toEqual(['updated']);
  });

  test('of other messages stops as well: their answers would have no receipt either', async () => {
    const { fill, account, records, clock, idsIn } = bulkScene();
    const target = await fill('orders', 2);
    await receive(target, { count: 2, visibilityTimeout: 30 });
    const hiding = {
      ...account,
      updateMessage: async (...args: Parameters<typeof account.updateMessage>) => ({
        ...(await account.updateMessage(...args)),
        receipt: undefined,
      }),
    };
    const hidden = { ...target, account: recordedAccount(hiding, records, clock.now) };
    const context: LeaseContext = { target: hidden, claim: undefined, canRenew: true };
    const [one, other] = idsIn('orders').map((id) => new LeaseHandle(context, id));
    expect(await one?.renew()).toBe(true);
    expect(await other?.renew()).toBe(false);
    expect(other?.state).toBe('held');
    expect(await other?.release()).toBe(true);
  });

  test('whose answer is lost throws that, when the repeat finds the receipt void', async () => {
    const { handle, sandbox } = await leased();
    sandbox.setFaults({ lostAfter: 1 });
    sandbox.subscribe(({ what }) => what === 'updated' && setTimeout(() => sandbox.setFaults({ lostAfter: 0 })));
    await expect(handle.renew(600)).rejects.toBeInstanceOf(LostAnswer);
    expect(handle.state).toBe('unknown');
  });

  test('repeats nothing once the signal aborted', async () => {
    const scene = await leased();
    const stop = new AbortController();
    scene.sandbox.setFaults({ lostBefore: 1 });
    let asked = 0;
    const target = around(scene.target, 'updateMessage', { before: () => ++asked === 2 && stop.abort() });
    await expect(scene.handleAt(target, { signal: stop.signal }).renew()).rejects.toThrow();
    expect(asked).toBe(2);
  });
});

describe('a new text', () => {
  test('does not move the end of a person’s lease, and renews the lease of work', async () => {
    const own = await leased();
    own.clock.advance(10_000);
    await own.handle.changeText('b');
    expect(Math.round((own.handle.endsAt - own.clock.now()) / 1000)).toBe(20);
    expect(own.target.records.get(own.id)?.lease).toMatchObject({ holder: 'tab', total: 30 });
    const { handle, clock } = await leasedForWork(120);
    clock.advance(100_000);
    await handle.changeText('b');
    expect(Math.round((handle.endsAt - clock.now()) / 1000)).toBe(120);
  });

  test('may equal the old one, and the lease stays held', async () => {
    const { handle, textsIn } = await leased();
    await handle.changeText('b');
    await handle.changeText('b', { only: 'a' });
    expect(handle.state).toBe('held');
    expect(await textsIn('orders')).toEqual(['b']);
  });

  test('that shows the message is not said to be saved when its answer was lost', async () => {
    const { handle, sandbox, textsIn } = await leased();
    sandbox.setFaults({ lostAfter: 1 });
    sandbox.subscribe(({ what }) => what === 'updated' && setTimeout(() => sandbox.setFaults({ lostAfter: 0 })));
    await expect(handle.changeText('b', { visibilityTimeout: 0 })).rejects.toBeInstanceOf(LostAnswer);
    expect(await textsIn('orders')).toEqual(['b']);
  });

  test('with 0 seconds makes the message visible at once and ends the handle', async () => {
    const { handle, account } = await leased();
    await handle.changeText('b', { visibilityTimeout: 0 });
    expect(handle.state).toBe('returned');
    expect(await account.peekMessages('orders')).toMatchObject([{ text: 'b' }]);
  });

  test('replaces no other text than the one it was made of', async () => {
    const { handle, textsIn, requests } = await leased();
    await expect(handle.changeText('c', { only: 'b' })).rejects.toBeInstanceOf(OtherText);
    expect(requests).toEqual([]);
    await handle.changeText('c', { only: 'a' });
    expect(await textsIn('orders')).toEqual(['c']);
  });

  test('does not replace what another consumer wrote, when the message was handed to us again meanwhile', async () => {
    const scene = await leased();
    const { account, clock, target, textsIn } = scene;
    let once = true;
    const slow = around(target, 'updateMessage', {
      async before() {
        if (!once) return;
        once = false;
        clock.advance(31_000);
        const [taken] = await account.receiveMessages('orders', { visibilityTimeout: 1 });
        if (taken) await account.updateMessage('orders', taken, { visibilityTimeout: 0, text: 'theirs' });
        await receive(target, { count: 1, visibilityTimeout: 30 });
      },
    });
    await expect(scene.handleAt(slow).changeText('ours')).rejects.toBeInstanceOf(OtherText);
    expect(await textsIn('orders')).toEqual(['theirs']);
  });

  test('whose answer is lost is repeated with the same receipt', async () => {
    const { handle, sandbox, textsIn } = await leased();
    let lost = 0;
    sandbox.setFaults({ lostBefore: 1 });
    const { target } = handle;
    const counting = around(target, 'updateMessage', {
      before: () => ++lost === 3 && sandbox.setFaults({ lostBefore: 0 }),
    });
    const repeated = new LeaseHandle({ target: counting, claim: undefined, canRenew: true }, handle.id);
    await repeated.changeText('b', { only: 'a' });
    expect(lost).toBe(3);
    expect(await textsIn('orders')).toEqual(['b']);
    expect(repeated.message?.text).toBe('b');
  });
});

describe('hiding', () => {
  test('ends the lease, and lasts longer than it', async () => {
    const { handle, target, id, clock } = await leased();
    await handle.hide(600);
    expect(handle.state).toBe('hidden');
    const { lease, standing } = target.records.get(id) ?? {};
    expect(lease).toBeUndefined();
    expect(standing).toMatchObject({ is: 'hidden' });
    expect(Math.round(((standing?.is === 'hidden' ? standing.until : 0) - clock.now()) / 1000)).toBe(600);
  });
});

describe('deleting', () => {
  test('uses the receipt that works now', async () => {
    const { handleAt, target, clock, textsIn } = await leased();
    let deletes = 0;
    const late = around(target, 'deleteMessage', {
      async before() {
        if (++deletes > 1) return;
        clock.advance(31_000);
        await receive(target, { count: 1, visibilityTimeout: 30 });
      },
    });
    const handle = handleAt(late);
    await handle.delete();
    expect([handle.state, deletes]).toEqual(['deleted', 2]);
    expect(await textsIn('orders')).toEqual([]);
  });

  test('refuses a message whose text is not the expected one', async () => {
    const { handle, textsIn } = await leased();
    await expect(handle.delete('b')).rejects.toBeInstanceOf(OtherText);
    expect(handle.state).toBe('held');
    await handle.delete('a');
    expect(await textsIn('orders')).toEqual([]);
  });

  test('refuses a message with an uncertain text, where one is expected', async () => {
    const { handle, sandbox, textsIn } = await leased();
    sandbox.setFaults({ lostBefore: 1 });
    await expect(handle.changeText('b', { visibilityTimeout: 0 })).rejects.toThrow();
    sandbox.setFaults({ lostBefore: 0 });
    expect(handle.state).toBe('held');
    await expect(handle.delete('a')).rejects.toMatchObject({
      name: 'OtherText',
      message: 'The message has another text by now, or may have.',
    });
    expect(await textsIn('orders')).toEqual(['a']);
    await handle.delete();
    expect(await textsIn('orders')).toEqual([]);
  });

  test.each([
    ['before its turn comes', false],
    ['until its turn comes', true],
  ])('is asked for where no text is known %s', async (_, isKnownLater) => {
    const { handle, handleAt, target, id, textsIn } = await leased();
    const message = handle.message;
    const drop = () => target.records.applyTo(id, { kind: 'textDropped' });
    const gate = createDeferred();
    if (isKnownLater) drop();
    const renewing = handleAt(around(target, 'updateMessage', { before: () => gate.promise })).renew();
    const deleting = handle.delete();
    if (!isKnownLater) drop();
    else if (message) {
      const evidence = target.records.answeredNow(target.records.tick(), 0, undefined);
      target.records.applyTo(id, { kind: 'peeked', message, evidence });
    }
    gate.resolve();
    await Promise.all([renewing, deleting]);
    expect(await textsIn('orders')).toEqual([]);
  });

  test('that is not allowed says so, also after one without an answer', async () => {
    const { handle, handleAt, target, sandbox } = await leased();
    sandbox.setFaults({ lostBefore: 1 });
    await expect(handle.delete()).rejects.toThrow();
    sandbox.setFaults({ lostBefore: 0 });
    await expect(handleAt(failing(target, 'deleteMessage', NOT_ALLOWED)).delete()).rejects.toBe(NOT_ALLOWED);
  });

  test('without a receipt is refused as the service refuses a void one', async () => {
    const { handle, target, id } = await leased();
    target.records.applyTo(id, {
      kind: 'givenUp',
      until: 1e15,
      evidence: { asked: 1, answered: 1, at: 0, date: undefined },
    });
    await expect(handle.delete()).rejects.toMatchObject({ code: 'MessageNotFound' });
    await expect(handle.delete()).rejects.toBeInstanceOf(StorageError);
  });

  test('waits for pending calls that use the receipt of the message', async () => {
    const { target, handleAt, handle, textsIn } = await leased();
    const gate = createDeferred();
    const saved = handleAt(around(target, 'updateMessage', { before: () => gate.promise })).changeText('b');
    const kept = handle.delete('a');
    await settled();
    gate.resolve();
    await saved;
    await expect(kept).rejects.toBeInstanceOf(OtherText);
    expect(await textsIn('orders')).toEqual(['b']);
  });
});

test('a handle that a person takes is the person’s from then on', async () => {
  const { target, handle, context } = await leasedForWork(30);
  const told: string[] = [];
  context.settled = ({ state }) => told.push(state);
  handle.take();
  expect(target.records.get(handle.id)).toMatchObject({ claim: undefined, lease: { holder: 'tab' } });
  expect([handle.state, await handle.release()]).toEqual(['taken', false]);
  handle.settle('lost');
  handle.take();
  expect([handle.state, told]).toEqual(['taken', ['taken']]);
});
