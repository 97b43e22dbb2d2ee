import { expect, test } from 'vitest';
import { around, bulkScene } from '../bulk.fixture';
import { receive } from '../work/lease-actions';
import { keepAlive } from './keep-alive';
import { LeaseHandle } from './lease-handle';

test('leases are renewed when half of them is over, and what is not held any more is left alone', async () => {
  const { fill, idsIn, pass } = bulkScene();
  const from = await fill('orders', 2);
  await receive(from, { count: 2, visibilityTimeout: 60 });
  let renewed = 0;
  const target = around(from, 'updateMessage', { after: () => renewed++ });
  const handles = new Map(
    idsIn('orders').map((id) => [id, new LeaseHandle({ target, claim: undefined, canRenew: true }, id)]),
  );
  const [first] = handles.values();
  let asked = 0;
  if (first) Object.assign(first, { renew: async () => asked++ > 0 });
  await from.account.deleteMessage('orders', { id: first?.id ?? '', receipt: first?.receipt ?? '' });
  const stop = new AbortController();
  const renewing = keepAlive(handles, {
    target,
    visibilityTimeout: () => 60,
    roundTrip: () => 0,
    concurrency: 8,
    isNeeded: () => true,
    signal: stop.signal,
  });
  await pass(25);
  expect(renewed).toBe(0);
  await pass(5);
  expect(renewed).toBe(1);
  await pass(25);
  expect(renewed).toBe(1);
  await pass(5);
  expect([renewed, asked]).toEqual([2, 0]);
  stop.abort();
  await renewing;
});
