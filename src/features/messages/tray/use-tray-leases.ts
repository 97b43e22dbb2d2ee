import { useMemo, useRef } from 'react';
import { useInterruptedJobs } from '@/state/journal/interrupted-store';
import { records, useAnyRecords } from '@/state/messages/records';
import { nowOf } from '@/state/time/connection-clocks';
import { useDeviceNowAs } from '@/ui/browser/use-now';
import { leasesByQueue, type QueueLeases } from './tray-leases';

/** All that this browser has leased, as it is now. */
export function useTrayLeases(): QueueLeases[] {
  'use no memo';
  useAnyRecords();
  const jobs = useInterruptedJobs();
  const last = useRef<readonly QueueLeases[]>([]);
  // What has ended goes; a change of the records draws this anew.
  const ended = useDeviceNowAs(
    () => last.current.filter(({ ref, nextEnd }) => nextEnd <= nowOf(ref.connectionId)).length,
  );
  let versions = 0;
  for (const { version } of records.queues()) versions += version;
  // oxlint-disable-next-line react/exhaustive-deps -- the records are not React's: their versions stand for them
  const now = useMemo(() => leasesByQueue(records, nowOf, jobs), [ended, versions, jobs]);
  last.current = now;
  return now;
}
