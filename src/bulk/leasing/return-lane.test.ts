import { describe, expect, test } from 'vitest';
import type { Claim } from '@/messages/record';
import { around, type BulkScene, bulkScene, gather, numbered, settled } from '../bulk.fixture';
import type { QueueTarget } from '../requests/queue-target';
import type { LeaseHandle } from './lease-handle';
import { type LeaseOptions, leaseMatching } from './leasing';

const claim: Claim = { kind: 'job', name: 'A job' };

/** A queue of so many messages, and the requests at it in their order: `receive`, `return`, `renew`, `change`. */
async function queueOf(count: number) {
  const scene = bulkScene();
  const target = await scene.fill('orders', count);
  const requests: string[] = [];
  const { account } = target;
  const watched: QueueTarget = {
    ...target,
    account: {
      ...account,
      receiveMessages: (...args) => (requests.push('receive'), account.receiveMessages(...args)),
      updateMessage: (...args) => {
        const [, , { text, visibilityTimeout }] = args;
        requests.push(text === undefined ? (visibilityTimeout === 0 ? 'return' : 'renew') : 'change');
        return account.updateMessage(...args);
      },
    },
  };
  const at = (index: number) => scene.idsIn('orders')[index] ?? '';
  return { scene, target: watched, requests, at, ids: scene.idsIn('orders') };
}

const lease = (target: QueueTarget, options: Partial<LeaseOptions>) =>
  leaseMatching(target, { claim, wanted: () => true, visibilityTimeout: 600, ahead: Infinity, ...options });

const rest = async () => {
  for (let turn = 0; turn < 20; turn++) await settled();
};

/** The whole queue from the front, as another consumer receives it. */
async function orderOf({ account, clock }: BulkScene): Promise<string[]> {
  clock.advance(1000);
  const texts: string[] = [];
  for (let batch = await account.receiveMessages('orders', { count: 32 }); batch.length > 0; ) {
    texts.push(...batch.map(({ text }) => text));
    batch = await account.receiveMessages('orders', { count: 32 });
  }
  return texts;
}

describe('messages that a walk only passed', () => {
  test('go back while the others are worked on, and none before the last receive', async () => {
    const { target, requests, at } = await queueOf(96);
    const leasing = lease(target, { wanted: new Set([at(0), at(70)]), returnedAtATime: 8 });
    expect(await gather(leasing)).toHaveLength(2);
    while (leasing.report.returned < 94) await settled();
    await rest();
    expect(leasing.report).toMatchObject({ received: 96, returned: 94, ended: 'found' });
    expect(requests.slice(0, 3)).toEqual(['receive', 'receive', 'receive']);
    expect(requests.slice(3)).toEqual(Array(94).fill('return'));
    expect(leasing.leasedNow().messages).toBe(2);
    expect(await leasing.close()).toMatchObject({ returned: 96, notReturned: [] });
  });

  test('keep their order: those behind a message that is worked on wait for it', async () => {
    const { scene, target, at } = await queueOf(40);
    const moving = around(target, 'updateMessage', { before: () => scene.clock.advance(1) });
    const leasing = lease(moving, { wanted: new Set([at(3), at(20)]) });
    const [first, second] = await gather(leasing);
    while (leasing.report.returned < 3) await settled();
    await rest();
    expect(leasing.report.returned).toBe(3);
    await first?.delete();
    while (leasing.report.returned < 3 + 16) await settled();
    await rest();
    expect(leasing.report.returned).toBe(3 + 16);
    leasing.done(second as LeaseHandle);
    while (leasing.report.returned < 31) await settled();
    await leasing.close();
    const all = numbered(40).filter((_, index) => index !== 3);
    expect(await orderOf(scene)).toEqual([...all.slice(31), ...all.slice(0, 31)]);
  });

  test('that cannot be returned are tried once more at the end, and not for ever beside the work', async () => {
    const { target, at } = await queueOf(64);
    let tries: number | undefined = 0;
    const broken = around(target, 'updateMessage', {
      before() {
        if (tries === undefined) return;
        tries++;
        throw new Error('Not allowed.');
      },
    });
    const leasing = lease(broken, { wanted: new Set([at(0), at(40)]), returnedAtATime: 8 });
    await gather(leasing);
    await rest();
    // Two rounds of eight, and those that were under way.
    expect(tries).toBeGreaterThanOrEqual(16);
    expect(tries).toBeLessThan(32);
    tries = undefined;
    expect(await leasing.close()).toMatchObject({ returned: 64, notReturned: [] });
  });

  test('are not renewed once they can go back, and those that are worked on are', async () => {
    const { scene, target, requests, at } = await queueOf(64);
    let isStuck = false;
    const stuck = around(target, 'updateMessage', {
      before: () => (isStuck ? new Promise(() => {}) : undefined),
    });
    isStuck = true;
    const leasing = lease(stuck, { wanted: new Set([at(0), at(40)]), returnedAtATime: 8, visibilityTimeout: 60 });
    await gather(leasing);
    isStuck = false;
    await scene.pass(40);
    expect(requests.filter((request) => request === 'renew')).toHaveLength(2);
    leasing.abandon();
  });
});

async function change(handles: readonly LeaseHandle[]): Promise<void> {
  for (const handle of handles) await handle.changeText(`${handle.message?.text}!`);
}

describe('a text that is changed', () => {
  test('goes back with its change once nothing is received any more', async () => {
    const { target, requests, scene, at } = await queueOf(40);
    const leasing = lease(target, { wanted: new Set([at(0), at(38)]), returnedAtATime: 8 });
    await change(await gather(leasing));
    await leasing.close();
    expect(requests.filter((request) => request === 'change')).toHaveLength(2);
    expect(requests.filter((request) => request === 'return')).toHaveLength(38);
    expect(requests).not.toContain('renew');
    expect(leasing.report).toMatchObject({ returned: 40, lost: [], notReturned: [] });
    expect((await scene.textsIn('orders')).filter((text) => text.endsWith('!'))).toHaveLength(2);
    expect(await orderOf(scene)).toHaveLength(40);
  });

  test('stays leased while more is received, so that it does not come round again', async () => {
    const { target, requests } = await queueOf(64);
    const leasing = lease(target, { returnedAtATime: 8, ahead: 0 });
    const seen = new Set<string>();
    for await (const handle of leasing) {
      expect(seen.has(handle.id)).toBe(false);
      seen.add(handle.id);
      await change([handle]);
    }
    await leasing.close();
    expect(seen.size).toBe(64);
    expect(requests.filter((request) => request === 'receive')).toHaveLength(3);
  });

  test('waits until all is found where that saves its return, unless the texts that wait are too many', async () => {
    const { target, requests } = await queueOf(64);
    const leasing = lease(target, { returnedAtATime: 8, yieldsAtEnd: true });
    for await (const handle of leasing) await change([handle]);
    await leasing.close();
    expect(requests).toEqual([...Array(3).fill('receive'), ...Array(64).fill('change')]);

    const scene = bulkScene();
    const long = await scene.fill('orders', Array<string>(80).fill('x'.repeat(60_000)));
    const few = leaseMatching(long, {
      claim,
      wanted: () => true,
      visibilityTimeout: 600,
      ahead: Infinity,
      yieldsAtEnd: true,
      mostWaiting: 1_000_000,
    });
    await few[Symbol.asyncIterator]().next();
    expect(few.report).toMatchObject({ received: 32, ended: undefined });
    await few.close();
  });
});

describe('receiving', () => {
  test('stands still while held, and goes on where it was', async () => {
    const { target, requests } = await queueOf(96);
    const leasing = lease(target, {});
    leasing.hold(true);
    const coming = gather(leasing);
    await rest();
    expect(requests).toEqual([]);
    leasing.hold(false);
    expect(await coming).toHaveLength(96);
    await leasing.close();
  });

  test('ends when told, and what waits is still given', async () => {
    const { target, requests } = await queueOf(96);
    const leasing = lease(target, { ahead: 32 });
    const items = leasing[Symbol.asyncIterator]();
    await items.next();
    await rest();
    const received = requests.length;
    leasing.stop();
    let given = 1;
    for (let next = await items.next(); !next.done; next = await items.next()) given++;
    expect(requests).toHaveLength(received);
    expect(given).toBe(received * 32);
    await leasing.close();
  });

  test('of a device that slept does not make leases last for days', async () => {
    const { target, scene } = await queueOf(40);
    const asleep = around(target, 'receiveMessages', { after: () => scene.clock.advance(86_400_000) });
    const measured: number[] = [];
    const leasing = lease(asleep, {
      visibilityTimeout: (roundTrip) => {
        measured.push(roundTrip);
        return 60;
      },
    });
    await gather(leasing);
    expect(Math.max(...measured)).toBe(2000);
    await leasing.close();
  });
});
