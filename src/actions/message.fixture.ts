import type { Message } from '@/azure/protocol/model';
import type { MessageRow } from '@/messages/message-rows';
import type { Lease } from '@/state/leases/leases';

/** Epoch ms at which these tests take place. */
export const now = Date.parse('2026-11-17T09:41:00Z');
/** A message put there a minute ago. */
export const message = (id: string, change: Partial<Message> = {}): Message => ({
  id,
  insertedAt: new Date(now - 60_000),
  expiresAt: null,
  dequeueCount: 0,
  text: `body of ${id}`,
  ...change,
});
/** The same message, leased for half a minute. */
export const lease = (id: string, change: Partial<Lease> = {}): Lease => ({
  ...message(id),
  receipt: 'r',
  visibleAt: new Date(now + 30_000),
  connectionId: 'harborlane@local',
  queue: 'orders',
  leasedAt: new Date(now),
  total: 30,
  endsAt: new Date(now + 30_000),
  state: 'held',
  holder: 'tab',
  because: undefined,
  ending: undefined,
  isTaken: false,
  ...change,
});
/** A row of a message that nobody has. */
export const row = (id: string, change: Partial<MessageRow> = {}): MessageRow => ({
  id,
  message: message(id),
  lease: undefined,
  claim: undefined,
  elsewhere: undefined,
  hidden: undefined,
  position: 1,
  ahead: 0,
  size: 9,
  ...change,
});
