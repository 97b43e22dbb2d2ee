import { describe, expect, test } from 'vitest';
import { around, bulkScene, failing } from '../bulk.fixture';
import { leaseById, SEARCH_LIMIT } from './lease-by-id';

describe('leasing messages by their ids', () => {
  test('the messages that were found stay leased by the person, and the others are returned', async () => {
    const { fill, idsIn, account, sandbox } = bulkScene();
    const target = await fill('orders', 100);
    const all = idsIn('orders');
    const ids = new Set([all[40] ?? '', all[3] ?? '', 'nowhere']);
    const progress: unknown[] = [];
    const result = await leaseById(target, { ids, visibilityTimeout: 60, onProgress: (told) => progress.push(told) });
    expect(result).toEqual({ found: [all[3], all[40]], missing: ['nowhere'], passed: 98, unreturned: 0 });
    for (const id of result.found) {
      const { lease, claim } = target.records.get(id) ?? {};
      expect({ holder: lease?.holder, claim }).toEqual({ holder: 'tab', claim: undefined });
      await account.deleteMessage('orders', { id, receipt: lease?.receipt ?? '' });
    }
    const { messages = [] } = sandbox.snapshot(['orders']).queues[0] ?? {};
    expect(messages.every(({ visibleAt }) => visibleAt <= sandbox.clock.now())).toBe(true);
    expect(progress.at(-1)).toEqual({ passed: 98, found: 2 });
  });

  test('costs no more messages a dequeue than are ahead of the last of them', async () => {
    const { fill, idsIn, sandbox } = bulkScene();
    const target = await fill('orders', 40);
    const ids = new Set(idsIn('orders').slice(2, 3));
    expect(await leaseById(target, { ids, visibilityTimeout: 60, ahead: 2 })).toMatchObject({ passed: 2 });
    const { messages = [] } = sandbox.snapshot(['orders']).queues[0] ?? {};
    expect(messages.filter(({ dequeueCount }) => dequeueCount > 0)).toHaveLength(3);
  });

  test('receives no more than the usual limit when nobody says', async () => {
    const { fill } = bulkScene();
    const target = await fill('orders', SEARCH_LIMIT + 10);
    const search = { ids: new Set(['nowhere']), visibilityTimeout: 60 };
    expect(await leaseById(target, search)).toMatchObject({ passed: SEARCH_LIMIT });
  });

  test('receives no more than the limit', async () => {
    const { fill, idsIn } = bulkScene();
    const target = await fill('orders', 100);
    const ids = new Set(idsIn('orders').slice(-1));
    const usual = await leaseById(target, { ids, visibilityTimeout: 60, limit: 40 });
    expect(usual).toEqual({ found: [], missing: [...ids], passed: 40, unreturned: 0 });
    // The others have gone to the end of the queue.
    expect(await leaseById(target, { ids, visibilityTimeout: 60, limit: Infinity })).toMatchObject({ found: [...ids] });
    expect(SEARCH_LIMIT).toBe(320);
  });

  test.each([1, 2])(
    'a search that is stopped in batch %d leaves the found messages leased, and reports so',
    async (stopsIn) => {
      const { fill, idsIn, sandbox } = bulkScene();
      const target = await fill('orders', 100);
      const all = idsIn('orders');
      const [wanted = '', far = ''] = [all[3], all[90]];
      const stop = new AbortController();
      let receives = 0;
      const slow = around(target, 'receiveMessages', { before: () => ++receives === stopsIn && stop.abort() });
      const ids = new Set([wanted, far]);
      const result = await leaseById(slow, { ids, visibilityTimeout: 60, signal: stop.signal });
      expect(result).toEqual({ found: [wanted], missing: [far], passed: stopsIn * 32 - 1, unreturned: 0 });
      expect(target.records.get(wanted)).toMatchObject({ lease: { holder: 'tab', state: 'held' }, claim: undefined });
      const { messages = [] } = sandbox.snapshot(['orders']).queues[0] ?? {};
      expect(messages.filter(({ visibleAt }) => visibleAt > sandbox.clock.now()).map(({ id }) => id)).toEqual([wanted]);
    },
  );

  test('throws what a receive throws, after all is given back', async () => {
    const { fill, idsIn, account } = bulkScene();
    const target = await fill('orders', 40);
    const all = idsIn('orders');
    let received = 0;
    const broken = around(target, 'receiveMessages', {
      before() {
        if (++received === 2) throw new Error('Not allowed.');
      },
    });
    const ids = new Set([all[0] ?? '', 'nowhere']);
    await expect(leaseById(broken, { ids, visibilityTimeout: 60 })).rejects.toThrow('Not allowed.');
    expect(await account.receiveMessages('orders', { count: 32, visibilityTimeout: 1 })).toHaveLength(32);
    expect([...target.records.all()].filter(({ claim }) => claim !== undefined)).toEqual([]);
  });

  test('a search has the claim on the messages that it skips, until it ends', async () => {
    const { fill, idsIn } = bulkScene();
    const target = await fill('orders', 2);
    const [id = ''] = idsIn('orders');
    const claims: unknown[] = [];
    const onProgress = () => claims.push(target.records.get(id)?.claim);
    await leaseById(target, { ids: new Set(['nowhere']), visibilityTimeout: 60, onProgress });
    expect(claims[0]).toEqual({ kind: 'job', name: 'A search' });
    expect(target.records.get(id)?.claim).toBeUndefined();
  });

  test('a message whose lease was lost before the search ended is not reported as found', async () => {
    const { fill, idsIn, overtake, account } = bulkScene();
    const target = await fill('orders', 1);
    const ids = new Set(idsIn('orders'));
    const late = around(target, 'receiveMessages', {
      async after() {
        await overtake(61_000, () => account.receiveMessages('orders', { visibilityTimeout: 600 }));
      },
    });
    expect(await leaseById(late, { ids, visibilityTimeout: 60 })).toMatchObject({ found: [] });
  });

  test('a search reports how many messages could not be returned', async () => {
    const { fill, idsIn } = bulkScene();
    const target = await fill('orders', 3);
    const refusing = failing(target, 'updateMessage', new Error('Not allowed.'));
    const ids = new Set(idsIn('orders').slice(-1));
    expect(await leaseById(refusing, { ids, visibilityTimeout: 60 })).toMatchObject({ passed: 2, unreturned: 2 });
    expect([...target.records.leased('left')].map(({ id }) => id)).toEqual(idsIn('orders').slice(0, 2));
    expect([...target.records.leased('tab')].map(({ id }) => id)).toEqual([...ids]);
  });

  test('found messages are leased for the requested time, however long the search took', async () => {
    const { fill, idsIn, clock } = bulkScene();
    const target = await fill('orders', 40);
    const all = idsIn('orders');
    const slow = around(target, 'receiveMessages', { after: () => clock.advance(29_000) });
    await leaseById(slow, { ids: new Set([all[0] ?? '', all[39] ?? '']), visibilityTimeout: 30 });
    for (const id of [all[0] ?? '', all[39] ?? '']) {
      expect((target.records.get(id)?.lease?.endsAt ?? 0) - clock.now()).toBeGreaterThan(14_000);
    }
  });

  test('a search does not touch a message that a job of this tab has', async () => {
    const { fill, idsIn, account, clock } = bulkScene();
    const target = await fill('orders', 2);
    const all = idsIn('orders');
    const claim = { kind: 'job', name: 'Move' } as const;
    await target.account.receiveMessages('orders', { count: 2, visibilityTimeout: 1, claim });
    clock.advance(2000);
    const result = await leaseById(target, { ids: new Set(all), visibilityTimeout: 60 });
    expect(result).toMatchObject({ found: [], missing: all });
    expect(all.map((id) => target.records.get(id)?.claim)).toEqual([claim, claim]);
    expect(await account.peekMessages('orders')).toEqual([]);
  });
});
