import { useMemo } from 'react';
import { useInterruptedJobs } from '@/state/journal/interrupted-store';
import { records, useAnyRecords } from '@/state/messages/records';
import { nowOf } from '@/state/time/connection-clocks';
import { useDeviceNow } from '@/ui/browser/use-now';
import { leasesByQueue, type QueueLeases } from './tray-leases';

/** All that this browser has leased, as it is now. */
export function useTrayLeases(): QueueLeases[] {
  'use no memo';
  useAnyRecords();
  const jobs = useInterruptedJobs();
  // What has ended goes once a second; a change of the records draws this anew.
  const second = useDeviceNow();
  let versions = 0;
  for (const { version } of records.queues()) versions += version;
  // oxlint-disable-next-line react/exhaustive-deps -- the records are not React's: their versions stand for them
  return useMemo(() => leasesByQueue(records, nowOf, jobs), [second, versions, jobs]);
}
