import { mutationOptions } from '@tanstack/react-query';
import type { Account } from '@/azure/protocol/model';
import { type LeaseSearch, leaseById } from '@/bulk/leasing/lease-by-id';
import { queueTarget } from './queue-target';
import { queueKeys } from './queues';

/** Leases messages by their ids, which also leases and releases others, so that all peeks are stale afterwards. */
export const leaseMessages = (account: Account, queue: string) =>
  mutationOptions({
    mutationKey: queueKeys.one(account, queue),
    mutationFn: (search: LeaseSearch) => leaseById(queueTarget(account, queue), search),
  });
