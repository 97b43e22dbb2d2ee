import { describe, expect, test } from 'vitest';
import { bulkScene } from '@/bulk/bulk.fixture';
import { receive } from '@/bulk/work/lease-actions';
import { restoreLeases } from '@/messages/stored-leases';
import { leasesByQueue, leasesInAll } from './tray-leases';

async function scene() {
  const made = bulkScene();
  const orders = await made.fill('orders', 5);
  const invoices = await made.fill('invoices', 3);
  const now = () => made.clock.now();
  return { ...made, orders, invoices, all: () => leasesByQueue(made.records, now) };
}

describe('the leases of this browser', () => {
  test('are by queue, next to end first, and so are the queues', async () => {
    const { orders, invoices, all, clock } = await scene();
    await receive(orders, { count: 2, visibilityTimeout: 300 });
    await receive(orders, { count: 1, visibilityTimeout: 100 });
    await receive(invoices, { count: 1, visibilityTimeout: 60 });
    expect(all().map(({ ref, rows }) => [ref.queue, rows.map(({ lease }) => lease?.total)])).toEqual([
      ['invoices', [60]],
      ['orders', [100, 300, 300]],
    ]);
    expect(leasesInAll(all())).toMatchObject({ messages: 4, next: { endsAt: all()[0]?.nextEnd } });
    expect((all()[0]?.nextEnd ?? 0) - clock.now()).toBeGreaterThan(59_000);
  });

  test('are gone when they end, and the queue with the last of them', async () => {
    const { orders, invoices, all, clock } = await scene();
    await receive(orders, { count: 1, visibilityTimeout: 300 });
    await receive(invoices, { count: 1, visibilityTimeout: 60 });
    clock.advance(60_000);
    expect(all().map(({ ref }) => ref.queue)).toEqual(['orders']);
    clock.advance(240_000);
    expect(all()).toEqual([]);
    expect(leasesInAll([])).toEqual({ messages: 0, next: undefined });
  });

  test('tell those of work and of before a reload apart, which are a line each', async () => {
    const { orders, records, all, clock } = await scene();
    const [first, second] = await receive(orders, { count: 3, visibilityTimeout: 300 });
    orders.records.claim([first?.id ?? '', second?.id ?? ''], { kind: 'job', name: 'Redrive' });
    const { ref } = orders.records;
    const left = { ...ref, id: 'before', receipt: 'r', endsAt: clock.now() + 90_000 };
    restoreLeases(records, [left], () => clock.now());
    expect(all()).toMatchObject([
      {
        ref: { queue: 'orders' },
        messages: 4,
        rows: [{ position: 1 }],
        work: [{ name: 'Redrive', messages: 2 }],
        left: [{ id: 'before' }],
        nextEnd: clock.now() + 90_000,
      },
    ]);
  });

  test('do not hold what is deleted, or waits for its delete', async () => {
    const { orders, all } = await scene();
    const [first, second, third] = await receive(orders, { count: 3, visibilityTimeout: 300 });
    if (!first) throw new Error('nothing received');
    await orders.account.deleteMessage('orders', first);
    orders.records.claim([second?.id ?? ''], { kind: 'delete', name: 'A delete' });
    expect(all().flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual([third?.id]);
  });
});
