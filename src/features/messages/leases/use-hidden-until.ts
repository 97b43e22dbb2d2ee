import { useRecord } from '@/state/messages/records';
import type { QueueContext } from '../shared/lease-requests';

/** Epoch ms by the connection's clock until which this tab has hidden a message without keeping a lease on it. */
export const useHiddenUntil = ({ account, queue }: Pick<QueueContext, 'account' | 'queue'>, id: string) =>
  useRecord({ connectionId: account.id, queue }, id, (record) =>
    record?.standing.is === 'hidden' ? record.standing.until : undefined,
  );
