import { StorageError } from '@/azure/protocol/errors';
import { csvRow } from '../files/csv';
import type { LeasingReport } from '../leasing/leasing-report';
import { errorMessage } from '../requests/error-message';
import type { Outcome, OutcomeKind } from '../requests/outcome';
import type { JobState } from './job-state';
import type { Counts } from './progress';

export type ReportedTrouble = { item: string; kind: OutcomeKind; reason: string; code?: string; requestId?: string };

/** What a job did and did not do, as plain data. Holds no message text and no receipt that deletes. */
export type JobReport = {
  state: JobState;
  startedAt: string;
  endedAt?: string;
  counts: Counts;
  /** Of the total: never begun. Absent when the total is not known. */
  notStarted?: number;
  /** Why the job failed. */
  error?: string;
  /** Everything that is not simply done. */
  troubles: ReportedTrouble[];
  leasing?: Pick<
    LeasingReport,
    'received' | 'wanted' | 'passed' | 'missing' | 'returned' | 'hidden' | 'lost' | 'gone'
  > & {
    /** Messages whose dequeue count went up and that are still there. */
    raised: number;
    notReturned: { id: string; until: string; reason: string }[];
    maybeHidden: { messages: number; until: string }[];
  };
};

export function writeReport<Item, Value>({
  state,
  counts,
  outcomes,
  error,
  leasing,
  startedAt,
  endedAt,
  notStarted,
  name,
}: {
  state: JobState;
  counts: Counts;
  outcomes: readonly Outcome<Item, Value>[];
  error: unknown;
  leasing: LeasingReport | undefined;
  startedAt: Date;
  endedAt: Date | undefined;
  notStarted: number | undefined;
  name: (item: Item) => string;
}): JobReport {
  return {
    state,
    startedAt: startedAt.toISOString(),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    counts: { ...counts },
    ...(notStarted !== undefined && { notStarted }),
    ...(error !== undefined && { error: errorMessage(error) }),
    troubles: outcomes.map(({ item, kind, reason = '', error: cause }) => ({
      item: name(item),
      kind,
      reason,
      ...(cause instanceof StorageError && cause.code !== undefined && { code: cause.code }),
      ...(cause instanceof StorageError && cause.requestId !== undefined && { requestId: cause.requestId }),
    })),
    ...(leasing && { leasing: inBrief(leasing) }),
  };
}

const inBrief = ({ received, wanted, passed, missing, returned, hidden, lost, gone, ...rest }: LeasingReport) => ({
  received,
  wanted,
  passed,
  missing,
  returned,
  hidden,
  lost,
  gone,
  raised: rest.raised.size,
  notReturned: rest.notReturned.map(({ id, until, reason }) => ({ id, until: until.toISOString(), reason })),
  maybeHidden: rest.maybeHidden.map(({ messages, until }) => ({ messages, until: until.toISOString() })),
});

/** The troubles of a report as CSV (RFC 4180), one a row. */
export const reportCsv = ({ troubles }: JobReport): string =>
  [
    csvRow(['item', 'outcome', 'reason', 'code', 'requestId']),
    ...troubles.map(({ item, kind, reason, code = '', requestId = '' }) =>
      csvRow([item, kind, reason, code, requestId]),
    ),
  ].join('');
