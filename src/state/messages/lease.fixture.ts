import type { LeasedMessage } from '@/azure/protocol/model';
import type { RecordLease } from '@/messages/record';
import { nowOf } from '../time/connection-clocks';
import { records } from './records';

type Place = { connectionId: string; queue: string };

/** A message that this tab receives now, for so many seconds, as an answer of the service would tell it. */
export function receiveNow(
  { connectionId, queue }: Place,
  id: string,
  seconds = 30,
  change: Partial<LeasedMessage> = {},
) {
  if (!records.isOpen(connectionId)) return;
  const own = records.of({ connectionId, queue });
  const now = nowOf(connectionId);
  const evidence = own.answeredNow(own.tick(), now, undefined);
  const visibleAt = now + seconds * 1000;
  const message: LeasedMessage = {
    id,
    insertedAt: new Date(now - 60_000),
    expiresAt: null,
    dequeueCount: 1,
    text: `text of ${id}`,
    receipt: `receipt of ${id}`,
    visibleAt: new Date(visibleAt),
    ...change,
  };
  const lease: RecordLease = {
    holder: 'tab',
    receipt: message.receipt,
    total: seconds,
    leasedAt: now,
    endsAt: visibleAt,
    visibleAt,
    clockEvidence: 0,
    evidence,
    state: 'held',
  };
  own.applyTo(id, { kind: 'received', message, lease, claim: undefined, evidence });
}
