import { afterEach, expect, test } from 'vitest';
import { createClock } from '@/sandbox/clock';
import { createSandbox } from '@/sandbox/service';
import { persistSandbox } from '@/sandbox/snapshot-persistence';
import { forgetConnection, loadConnections } from '@/state/connections/connections';
import { addSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import { accountFor } from './use-account';

afterEach(() => forgetConnection(SANDBOX_ID));

test('the first request to a sandbox that another tab keeps is dated by the clock that it was moved to', async () => {
  await loadConnections();
  const clock = createClock();
  clock.advance(2 * 3_600_000);
  const { stop } = await persistSandbox(createSandbox({ clock, seed: 1 }), 'device');
  stop();
  await addSandbox('device');

  const account = accountFor(SANDBOX_ID);
  await account?.createQueue('mine');
  expect(Math.abs(account?.clockSkew() ?? Infinity)).toBeLessThan(5000);
});
