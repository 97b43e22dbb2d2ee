import { useRecord } from '@/state/records';
import type { LeaseDesk } from './lease-actions';

/** Epoch ms by the connection's clock until which this tab has hidden a message without keeping a lease on it. */
export const useHiddenUntil = ({ account, queue }: Pick<LeaseDesk, 'account' | 'queue'>, id: string) =>
  useRecord({ connectionId: account.id, queue }, id, (record) =>
    record?.standing.is === 'hidden' ? record.standing.until : undefined,
  );
