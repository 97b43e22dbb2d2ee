import { expect, test } from 'vitest';
import { connect } from '../azure/account';
import { importKey } from '../azure/shared-key';
import { createClock } from './clock';
import { SANDBOX } from './sandbox-account';
import { createSandbox } from './service';

test('smoke', async () => {
  const clock = createClock();
  const sandbox = createSandbox({ clock, seed: 1 });
  const account = connect(
    { ...SANDBOX, credential: { kind: 'key', key: await importKey(SANDBOX.key) } },
    { fetch: sandbox.fetch, signingTime: clock.now },
  );
  expect(await account.createQueue('orders')).toEqual({ created: true });
  await account.sendMessage('orders', { text: 'hello\r\n' });
  const [m] = await account.receiveMessages('orders');
  expect(m).toMatchObject({ text: 'hello\r\n', dequeueCount: 1 });
  console.log(m, await account.getServiceStats(), sandbox.nextLeaseEnd());
  if (!m) throw new Error();
  await account.deleteMessage('orders', m);
});
