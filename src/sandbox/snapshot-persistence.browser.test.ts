import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClock } from './clock';
import { connectTo, type Opened, openSandbox, START } from './open-sandbox.fixture';
import { createSandbox } from './service';
import { deleteSnapshot, loadSnapshot, type Persistence, persistSandbox } from './snapshot-persistence';

let opened: Opened;
let kept: Persistence | undefined;
let name: string;
let number = 0;

beforeEach(async () => {
  name = `tab/${++number}`;
  opened = openSandbox();
  await opened.account.createQueue('orders');
  await opened.account.sendMessage('orders', { text: 'hello' });
});
afterEach(async () => {
  kept?.stop();
  await deleteSnapshot(name);
});

/** The messages that another page would find. */
async function textsKept(queue = 'orders') {
  const snapshot = await loadSnapshot(name);
  return snapshot?.queues.find((one) => one.name === queue)?.messages.map(({ text }) => text);
}

describe('a sandbox that is kept', () => {
  test('is there at once, and comes back as it was', async () => {
    const { account, sandbox, clock } = opened;
    await account.setServiceProperties({ cors: [] });
    const [message] = await account.receiveMessages('orders', { visibilityTimeout: 60 });
    kept = await persistSandbox(sandbox, name);

    const snapshot = await loadSnapshot(name);
    if (!snapshot || !message) throw new Error('Nothing was kept');
    const after = createSandbox({ clock: createClock() });
    after.restore(snapshot);
    expect(after.clock.now()).toBe(clock.now());
    expect(after.nextLeaseEnd()).toBe(START + 60_000);
    await connectTo(after).deleteMessage('orders', message);
  });

  test('is written again soon after a change', async () => {
    kept = await persistSandbox(opened.sandbox, name);
    await opened.account.sendMessage('orders', { text: 'more' });
    await opened.account.createQueue('other');
    await vi.waitFor(async () => expect(await textsKept()).toEqual(['hello', 'more']), 5000);
    expect(await textsKept('other')).toEqual([]);
    await opened.account.deleteQueue('other');
    await vi.waitFor(async () => expect(await textsKept('other')).toBeUndefined(), 5000);
  });

  test('is written when the page is left', async () => {
    kept = await persistSandbox(opened.sandbox, name);
    await opened.account.clearMessages('orders');
    kept.flush();
    expect(await textsKept()).toEqual([]);
  });

  test('is written a last time when it stops, and then no more', async () => {
    kept = await persistSandbox(opened.sandbox, name);
    await opened.account.sendMessage('orders', { text: 'last' });
    kept.stop();
    await opened.account.clearMessages('orders');
    kept.flush();
    expect(await textsKept()).toEqual(['hello', 'last']);
  });

  test('keeps the pace of its clock', async () => {
    kept = await persistSandbox(opened.sandbox, name);
    opened.clock.setSpeed(60);
    kept.stop();
    expect((await loadSnapshot(name))?.head.clock).toMatchObject({ now: START, paused: true, speed: 60 });
  });

  test('has nothing from before a reset', async () => {
    kept = await persistSandbox(opened.sandbox, name);
    opened.sandbox.reset();
    kept.stop();
    expect(await loadSnapshot(name)).toMatchObject({ head: { queueNames: [] }, queues: [] });
  });

  test('can be deleted by its name, and no other is', async () => {
    kept = await persistSandbox(opened.sandbox, name);
    const other = await persistSandbox(opened.sandbox, `${name}0`);
    kept.stop();
    other.stop();
    await deleteSnapshot(name);
    expect([await loadSnapshot(name), (await loadSnapshot(`${name}0`))?.head.queueNames]).toEqual([
      undefined,
      ['orders'],
    ]);
    await deleteSnapshot(`${name}0`);
  });
});

test('an unused name has no snapshot', async () => {
  expect(await loadSnapshot('nobody')).toBeUndefined();
});
