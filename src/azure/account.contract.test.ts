import { expect, inject, test } from 'vitest';
import { connect } from './account';
import { EMULATOR } from './emulator';
import { importKey } from './shared-key';

test('smoke', async () => {
  const { url, account } = inject('azurite');
  const a = connect({ account, endpoint: url, credential: { kind: 'key', key: await importKey(EMULATOR.key) } });
  await a.createQueue('smoke', { metadata: { a1: 'one', a_b: 'two', ab: 'x' } });
  await a.sendMessage('smoke', { text: 'hello <b> & \r\n' });
  expect((await a.peekMessages('smoke'))[0]?.text).toBe('hello <b> & \r\n');
  for await (const page of a.listQueues())
    expect(page).toEqual([{ name: 'smoke', metadata: { a1: 'one', a_b: 'two', ab: 'x' } }]);
  expect(await a.getQueueProperties('smoke')).toMatchObject({ approximateMessageCount: 1 });
  expect(Math.abs(a.clockSkew() ?? 1e9)).toBeLessThan(1500);
});
