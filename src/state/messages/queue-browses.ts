import { create } from 'zustand';
import type { LeasedNow } from '@/bulk/leasing/leasing';
import type { LeasingReport, NotReturned } from '@/bulk/leasing/leasing-report';
import type { BrowsedRows } from '@/messages/browsed-rows';
import { isLeasedHere, type QueueRef } from '@/messages/record';
import { nowOf } from '../time/connection-clocks';
import { recordsOf } from './records';

/**
 * What a browse of a whole queue has listed, and how it stands. No query: to repeat it is to lease the whole queue again.
 * Written only by the browse itself; the messages are the records'.
 */
export type Browse = QueueRef & {
  /** In the order they came, each as it is known now; nothing once nobody looks at them any more. */
  rows: BrowsedRows;
  /** So many messages it has listed. */
  listed: number;
  /** `leasing` from the front, then `returning` what is held, then `ended`. */
  phase: 'leasing' | 'returning' | 'ended';
  /** What it is about to see: its cap or the approximate count, whichever is less; undefined when the count is hidden. */
  expected: number | undefined;
  report: Pick<LeasingReport, 'received' | 'returned' | 'lost' | 'gone' | 'notReturned' | 'maybeHidden' | 'ended'>;
  /** Messages whose leases were kept, as asked for. */
  kept: number;
  /** Messages a second in this phase. */
  rate: number;
  /** Epoch ms by the connection's clock: when it was last changed. */
  at: number;
  /** Why the receiving ended early. */
  failure: unknown;
  /** Ends the receiving; what is held is returned. */
  stop: () => void;
  /** While it returns: how many are still hidden, and until when (epoch ms) if they were left so. */
  held: LeasedNow | undefined;
  /** Ends the returning: what is held stays hidden until its leases end. */
  abandon: () => void;
};

const store = create<Readonly<Record<string, Browse>>>(() => ({}));
const keyOf = ({ connectionId, queue }: QueueRef) => `${connectionId}/${queue}`;

/** The browse of a queue that runs, or whose rows or troubles are still shown. */
export const useBrowse = (connectionId: string, queue: string) =>
  store((browses) => browses[keyOf({ connectionId, queue })]);

export const browseOf = (connectionId: string, queue: string) => store.getState()[keyOf({ connectionId, queue })];

export const putBrowse = (browse: Browse) => store.setState({ [keyOf(browse)]: browse });

/** What an ended browse left hidden, until it shows by itself or somebody released it. */
export function hiddenBy({ connectionId, queue, report }: Browse): NotReturned[] {
  const now = nowOf(connectionId);
  const records = recordsOf(connectionId, queue);
  return report.notReturned.filter(({ id, until }) => {
    const record = records.get(id);
    return until.getTime() > now && record !== undefined && isLeasedHere(record);
  });
}

/** What it could still return. */
export const returnableBy = (browse: Browse) => hiddenBy(browse).filter(({ receipt }) => receipt !== undefined);

/** Lets go of the rows of an ended browse. */
export function closeBrowse(connectionId: string, queue: string) {
  const browse = browseOf(connectionId, queue);
  if (browse?.phase !== 'ended') return;
  browse.rows.close();
  recordsOf(connectionId, queue).pin('browse', undefined);
  store.setState(
    (browses) => Object.fromEntries(Object.entries(browses).filter(([key]) => key !== keyOf(browse))),
    true,
  );
}

/** Only one queue's rows are kept: a new browse lets go of those that have ended. */
export const closeEndedBrowses = () =>
  Object.values(store.getState()).forEach(({ connectionId, queue }) => closeBrowse(connectionId, queue));
