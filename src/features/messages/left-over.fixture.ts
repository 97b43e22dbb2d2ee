import { restoreLeases } from '@/messages/stored-leases';
import { records } from '@/state/messages/records';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { nowOf } from '@/state/time/connection-clocks';
import type { SandboxScreen } from './sandbox-screen.fixture';

/** Adds so many messages that the page before this one leased for ten minutes, as a reload knows them; gives their ids. */
export async function leftOver({ session, queue }: SandboxScreen, count: number, into = queue): Promise<string[]> {
  const { account, clock } = session;
  const endsAt = clock.now() + 600_000;
  const others = await account.receiveMessages(into, { count: 32, visibilityTimeout: 600 });
  for (let index = 0; index < count; index++) await account.sendMessage(into, { text: `left ${index}` });
  const left = await account.receiveMessages(into, { count, visibilityTimeout: 600 });
  for (const other of others) await account.updateMessage(into, other, { visibilityTimeout: 0 });
  restoreLeases(
    records,
    left.map(({ id, receipt }) => ({ connectionId: SANDBOX_ID, queue: into, id, receipt, endsAt })),
    nowOf,
  );
  return left.map(({ id }) => id);
}
