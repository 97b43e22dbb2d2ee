import { create } from 'zustand';
import type { LeasedNow } from '@/bulk/leasing/leasing';
import type { LeasingReport, NotReturned } from '@/bulk/leasing/leasing-report';
import type { BrowsedRows } from '@/messages/browsed-rows';
import { isLeasedHere, type QueueRef } from '@/messages/record';
import { nowOf } from '../time/connection-clocks';
import { recordsOf } from './records';

/**
 * The state of a browse of a whole queue. No query, since repeating it would lease the whole queue again.
 * Only the browse itself changes it; the messages are in the records.
 */
export type Browse = QueueRef & {
  /** Rows in the order received. */
  rows: BrowsedRows;
  /** Number of listed messages. */
  listed: number;
  /** `leasing` from the front, then `returning` the messages, then `ended`. */
  phase: 'leasing' | 'returning' | 'ended';
  /** The lesser of its cap and the approximate count; undefined when the count is hidden. */
  expected: number | undefined;
  report: Pick<LeasingReport, 'received' | 'returned' | 'lost' | 'gone' | 'notReturned' | 'maybeHidden' | 'ended'>;
  /** Messages whose leases were handed to the person. */
  kept: number;
  /** True when the leases are to be kept at the end. */
  keep: boolean;
  /** Changes that; while messages are returned, true keeps those that are left. */
  setKeep: (keep: boolean) => void;
  /** Messages a second in this phase. */
  rate: number;
  /** Time of the last change, epoch ms by the connection's clock. */
  at: number;
  /** Why the receiving ended early. */
  failure: unknown;
  /** Ends the receiving; the messages are returned. */
  stop: () => void;
  /** While returning: messages still hidden, and the latest end of their leases (epoch ms). */
  held: LeasedNow | undefined;
  /** Ends the returning: the messages stay hidden until their leases end. */
  abandon: () => void;
};

const store = create<Readonly<Record<string, Browse>>>(() => ({}));
const keyOf = ({ connectionId, queue }: QueueRef) => `${connectionId}/${queue}`;

/** The running browse of a queue, or an ended one that is still shown. */
export const useBrowse = (connectionId: string, queue: string) =>
  store((browses) => browses[keyOf({ connectionId, queue })]);

export const browseOf = (connectionId: string, queue: string) => store.getState()[keyOf({ connectionId, queue })];

export const areBrowsesRunning = (): boolean => Object.values(store.getState()).some(({ phase }) => phase !== 'ended');

export const putBrowse = (browse: Browse) => store.setState({ [keyOf(browse)]: browse });

/** Messages that an ended browse could not return and that are still hidden. */
export function hiddenBy({ connectionId, queue, report }: Browse): NotReturned[] {
  const now = nowOf(connectionId);
  const records = recordsOf(connectionId, queue);
  return report.notReturned.filter(({ id, until }) => {
    const record = records.get(id);
    return until.getTime() > now && record !== undefined && isLeasedHere(record);
  });
}

/** Hidden messages that can still be released. */
export const returnableBy = (browse: Browse) => hiddenBy(browse).filter(({ receipt }) => receipt !== undefined);

/** Drops the rows of an ended browse. */
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

/** Drops the rows of all ended browses, so that a new browse has the memory. */
export const closeEndedBrowses = () =>
  Object.values(store.getState()).forEach(({ connectionId, queue }) => closeBrowse(connectionId, queue));
