import { errorMessage, StorageError } from '@/azure/protocol/errors';
import { csvRow, guardedCell } from '../files/csv';
import type { LeasingReport } from '../leasing/leasing-report';
import type { Outcome, OutcomeKind } from '../requests/outcome';
import type { JobState } from './job-state';
import type { Counts } from './progress';

export type ReportedTrouble = { item: string; kind: OutcomeKind; reason: string; code?: string; requestId?: string };

/** The report of a job as plain data, without message texts and receipts. */
export type JobReport = {
  state: JobState;
  startedAt: string;
  endedAt?: string;
  counts: Counts;
  /** Items of the total that were never started. Absent when the total is not known. */
  notStarted?: number;
  /** Why the job failed. */
  error?: string;
  /** Every outcome other than `done`. */
  troubles: ReportedTrouble[];
  leasing?: Pick<
    LeasingReport,
    'received' | 'wanted' | 'passed' | 'missing' | 'returned' | 'hidden' | 'lost' | 'gone'
  > & {
    /** Messages whose dequeue count was raised and that were not deleted. */
    raised: number;
    notReturned: { id: string; until: string; reason: string }[];
    maybeHidden: { messages: number; until: string }[];
  };
};

/** What `writeReport` reads of a job. */
type ReportedJob<Item, Value> = {
  state: JobState;
  counts: Counts;
  outcomes: readonly Outcome<Item, Value>[];
  error: unknown;
  leasing: LeasingReport | undefined;
  startedAt: Date;
  endedAt: Date | undefined;
  notStarted: number | undefined;
  name: (item: Item) => string;
};

export function writeReport<Item, Value>(job: ReportedJob<Item, Value>): JobReport {
  const { startedAt, endedAt, notStarted, error, leasing, name } = job;
  return {
    state: job.state,
    startedAt: startedAt.toISOString(),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    counts: { ...job.counts },
    ...(notStarted !== undefined && { notStarted }),
    ...(error !== undefined && { error: errorMessage(error) }),
    troubles: job.outcomes.map(({ item, kind, reason = '', error: cause }) => ({
      item: name(item),
      kind,
      reason,
      ...(cause instanceof StorageError && cause.code !== undefined && { code: cause.code }),
      ...(cause instanceof StorageError && cause.requestId !== undefined && { requestId: cause.requestId }),
    })),
    ...(leasing && { leasing: leasingSummary(leasing) }),
  };
}

const leasingSummary = ({
  raised,
  notReturned,
  maybeHidden,
  requests: _1,
  ended: _2,
  insertedBefore: _3,
  ...counts
}: LeasingReport) => ({
  ...counts,
  raised: raised.size,
  notReturned: notReturned.map(({ id, until, reason }) => ({ id, until: until.toISOString(), reason })),
  maybeHidden: maybeHidden.map(({ messages, until }) => ({ messages, until: until.toISOString() })),
});

/** Writes the troubles of a report as CSV (RFC 4180), one a row, for spreadsheets: no cell is a formula. */
export const reportCsv = ({ troubles }: JobReport): string =>
  [
    csvRow(['item', 'outcome', 'reason', 'code', 'requestId']),
    ...troubles.map(({ item, kind, reason, code = '', requestId = '' }) =>
      csvRow([item, kind, reason, code, requestId].map(guardedCell)),
    ),
  ].join('');
