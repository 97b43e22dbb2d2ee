import { beforeEach, describe, expect, test } from 'vitest';
import type { Claim } from '@/messages/record';
import { type BulkScene, bulkScene, numbered, settled } from '../bulk.fixture';
import { createDeferred } from '../requests/deferred';
import { nowAt, type QueueTarget } from '../requests/queue-target';
import { createWaitingDeletes, UNDO_NEEDS_MS, UNDO_WINDOW_MS } from './delete-later';
import { deleteLeased, receive } from './lease-actions';

const JOB: Claim = { kind: 'job', name: 'Move' };

let scene: BulkScene;
let target: QueueTarget;
let ids: string[];
let deletes: ReturnType<typeof createWaitingDeletes>;
/** What is being sent. */
let sent: { target: QueueTarget; ids: readonly string[] }[];
let changes: number;
/** This device's clock, in ms, and what waits for it. */
let now: number;
let timers: Set<{ at: number; call: () => void }>;

beforeEach(async () => {
  scene = bulkScene();
  target = await scene.fill('orders', 6);
  await receive(target, { count: 6, visibilityTimeout: 60 });
  ids = scene.idsIn('orders');
  sent = [];
  changes = 0;
  now = 0;
  timers = new Set();
  deletes = createWaitingDeletes({
    async send(...args) {
      sent.push({ target: args[0], ids: args[1] });
      // The page has to load the code that deletes.
      await settled();
      return deleteLeased(...args);
    },
    onChange: () => changes++,
    now: () => now,
    after(milliseconds, call) {
      const timer = { at: now + milliseconds, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  });
});

function wait(milliseconds: number) {
  now += milliseconds;
  for (const timer of timers) {
    if (timer.at > now) continue;
    timers.delete(timer);
    timer.call();
  }
}

/** Lets the time pass for this device and for the service. */
function pass(milliseconds: number) {
  scene.clock.advance(milliseconds);
  wait(milliseconds);
}

const claimOf = (id: string | undefined) => target.records.get(id ?? '')?.claim;
const left = () => scene.textsIn('orders');

describe('a delete that waits for Undo', () => {
  test('a delete is sent after five seconds, and not before', async () => {
    expect(deletes.hold(target, ids.slice(0, 2))).toMatchObject({
      number: 1,
      sentAt: UNDO_WINDOW_MS,
      ids: ids.slice(0, 2),
    });
    wait(UNDO_WINDOW_MS - 1);
    await settled();
    expect(sent).toEqual([]);
    expect(await left()).toHaveLength(6);
    wait(1);
    await deletes.flush();
    expect(sent).toHaveLength(1);
    expect(await left()).toEqual(numbered(6).slice(2));
    expect(deletes.waiting()).toEqual([]);
  });

  test('each delete waits its own five seconds, whatever else is announced', () => {
    for (const id of ids.slice(0, 5)) {
      deletes.hold(target, [id]);
      wait(300);
    }
    expect(deletes.waiting()).toHaveLength(5);
    wait(UNDO_WINDOW_MS - 1500);
    expect(sent.map((one) => one.ids)).toEqual([[ids[0]]]);
    wait(300);
    expect(sent.map((one) => one.ids)).toEqual([[ids[0]], [ids[1]]]);
    expect(deletes.waiting().map(({ number }) => number)).toEqual([3, 4, 5]);
  });

  test('refuses its messages to everybody else until it is sent or undone', async () => {
    deletes.hold(target, ids.slice(0, 2));
    expect(claimOf(ids[0])).toMatchObject({ kind: 'delete', name: 'A delete that waits for Undo' });
    expect(target.records.claim(ids, JOB)).toEqual(new Set(ids.slice(2)));
    expect(deletes.hold(target, ids.slice(1, 2))).toBeUndefined();
    expect(deletes.hold(target, ids.slice(2, 3))).toBeUndefined();
    expect(deletes.waiting()).toHaveLength(1);
  });

  test('Undo takes back the newest delete, or the given one', async () => {
    const first = deletes.hold(target, ids.slice(0, 1));
    deletes.hold(target, ids.slice(1, 2));
    const third = deletes.hold(target, ids.slice(2, 3));
    expect(deletes.undo()).toBe(true);
    expect(claimOf(ids[2])).toBeUndefined();
    expect(deletes.undo(first?.number)).toBe(true);
    expect(deletes.undo(third?.number)).toBe(false);
    wait(60_000);
    await deletes.flush();
    expect(await left()).toEqual(numbered(6).filter((_, index) => index !== 1));
    expect(deletes.undo()).toBe(false);
  });

  test('a delete cannot be undone once it is sent', async () => {
    const held = deletes.hold(target, ids.slice(0, 1));
    wait(UNDO_WINDOW_MS);
    expect(deletes.undo(held?.number)).toBe(false);
    await deletes.flush();
    expect(await left()).toHaveLength(5);
  });

  test('a delete has the claim on its messages until it is answered', async () => {
    const answerDeletes = gateDeletes();
    deletes.hold(target, ids);
    wait(UNDO_WINDOW_MS);
    expect(target.records.claim(ids, JOB)).toEqual(new Set());
    await settled();
    for (const id of ids) expect(claimOf(id)).toMatchObject({ kind: 'delete' });
    expect(target.records.claim(ids, JOB)).toEqual(new Set());
    answerDeletes();
    await deletes.flush();
    for (const id of ids) expect(claimOf(id)).toBeUndefined();
  });

  test('that fails puts its messages back', async () => {
    deletes.hold(target, ids.slice(0, 1));
    scene.sandbox.setFaults({ busy: 1 });
    wait(UNDO_WINDOW_MS);
    await deletes.flush();
    expect(target.records.get(ids[0] ?? '')).toMatchObject({ claim: undefined, pending: undefined });
    expect(await left()).toHaveLength(6);
  });

  test('listeners are notified of every change', async () => {
    deletes.hold(target, ids.slice(0, 1));
    deletes.undo();
    deletes.hold(target, ids.slice(0, 1));
    expect(changes).toBe(3);
    await deletes.flush();
    expect(changes).toBe(5);
  });
});

describe('while the page is hidden', () => {
  test('the time stands still while the leases last over eight seconds, and goes on when it is shown', async () => {
    deletes.hold(target, ids.slice(0, 1));
    wait(2000);
    deletes.setHidden(true);
    pass(40_000);
    expect(deletes.waiting()).toMatchObject([{ sentAt: undefined, leftMs: 3000 }]);
    deletes.setHidden(false);
    expect(deletes.waiting()).toMatchObject([{ sentAt: now + 3000 }]);
    pass(2999);
    await settled();
    expect(sent).toEqual([]);
    pass(1);
    await deletes.flush();
    expect(await left()).toHaveLength(5);
  });

  test('it goes on when a lease has eight seconds left, and the delete is sent before the lease ends', async () => {
    deletes.hold(target, ids.slice(0, 2));
    deletes.setHidden(true);
    const lease = target.records.get(ids[0] ?? '')?.lease;
    const spareMs = (lease?.endsAt ?? 0) - nowAt(target) - UNDO_NEEDS_MS;
    pass(spareMs - 1);
    expect(deletes.waiting()).toMatchObject([{ sentAt: undefined }]);
    pass(1);
    expect(deletes.waiting()).toMatchObject([{ sentAt: now + UNDO_WINDOW_MS }]);
    pass(UNDO_WINDOW_MS);
    await deletes.flush();
    expect(sent).toHaveLength(1);
    expect(await left()).toHaveLength(4);
  });

  test('a page that slept for so long that little of the lease is left sends right when it is shown', async () => {
    deletes.hold(target, ids.slice(0, 1));
    deletes.setHidden(true);
    // No timer runs in a page that is frozen.
    scene.clock.advance(58_000);
    now += 58_000;
    deletes.setHidden(false);
    expect(deletes.waiting()).toMatchObject([{ sentAt: now }]);
    wait(0);
    await deletes.flush();
    expect(await left()).toHaveLength(5);
  });

  test('Undo keeps what stands still, and a delete that is asked for meanwhile stands still too', async () => {
    deletes.setHidden(true);
    deletes.hold(target, ids.slice(0, 1));
    deletes.hold(target, ids.slice(1, 2));
    expect(deletes.undo()).toBe(true);
    expect(deletes.waiting()).toMatchObject([{ ids: [ids[0]], sentAt: undefined, leftMs: UNDO_WINDOW_MS }]);
    deletes.setHidden(false);
    pass(UNDO_WINDOW_MS);
    await deletes.flush();
    expect(sent.map((one) => one.ids)).toEqual([[ids[0]]]);
    expect(timers.size).toBe(0);
  });
});

describe('what cannot wait', () => {
  test('a message cannot wait whose lease ends too soon, is not held here, or is claimed by other work', async () => {
    scene.clock.advance(60_000 - UNDO_NEEDS_MS);
    expect(deletes.hold(target, ids.slice(0, 1))).toBeUndefined();
    expect(deletes.hold(target, ['unknown'])).toBeUndefined();
    expect(deletes.waiting()).toEqual([]);
    expect(claimOf(ids[0])).toBeUndefined();
  });

  test('none of several messages waits where one of them cannot', async () => {
    target.records.claim(ids.slice(0, 1), JOB);
    expect(deletes.hold(target, ids)).toBeUndefined();
    expect(claimOf(ids[1])).toBeUndefined();
  });
});

describe('sending what waits', () => {
  test('sends it at once, of one queue or of all, and settles when it is answered', async () => {
    const other = await scene.fill('others', 1);
    await receive(other, { count: 1, visibilityTimeout: 60 });
    deletes.hold(target, ids.slice(0, 1));
    deletes.hold(other, scene.idsIn('others'));
    await deletes.flush(target.records);
    expect(await left()).toHaveLength(5);
    expect(await scene.textsIn('others')).toHaveLength(1);
    expect(timers.size).toBe(1);
    await deletes.flush();
    expect(await scene.textsIn('others')).toEqual([]);
    expect(timers.size).toBe(0);
  });

  test('waits for what is under way already', async () => {
    const answerDeletes = gateDeletes();
    deletes.hold(target, ids.slice(0, 1));
    wait(UNDO_WINDOW_MS);
    let isOver = false;
    const flushed = deletes.flush(target.records).then(() => (isOver = true));
    await settled();
    expect(isOver).toBe(false);
    answerDeletes();
    await flushed;
    expect(await left()).toHaveLength(5);
  });

  test('sending by number sends one delete, once', async () => {
    const held = deletes.hold(target, ids.slice(0, 1));
    await Promise.all([deletes.send(held?.number ?? 0), deletes.send(held?.number ?? 0)]);
    expect(sent).toHaveLength(1);
  });
});

/** Deletes wait until the gate is opened. */
function gateDeletes() {
  const gate = createDeferred();
  const { account } = target;
  target = {
    ...target,
    account: {
      ...account,
      async deleteMessage(...args) {
        await gate.promise;
        return account.deleteMessage(...args);
      },
    },
  };
  return gate.resolve;
}
