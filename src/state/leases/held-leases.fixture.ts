import { allLeases, type Lease } from './leases';

/** Leases of one queue that can be worked with now. */
export const currentLeases = (connectionId: string, queue: string): Lease[] =>
  allLeases().filter((lease) => lease.connectionId === connectionId && lease.queue === queue && lease.state === 'held');
