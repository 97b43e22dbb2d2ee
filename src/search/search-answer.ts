import type { ExpressionCount, Groups } from './protocol';

/** The part of a grid row that the search uses. */
export type Row = {
  id: string;
  size: number;
  message: { text: string; insertedAt: Date; expiresAt: Date | null; dequeueCount: number };
  lease: { endsAt: Date } | undefined;
};

/**
 * Messages of which an expression, or without one the filter, is not known to hold: they stay among those that match. `reason`
 * follows "stopped: "; `id` is the first of them.
 */
export type NotJudged = {
  expression: string | undefined;
  reason: string;
  id: string | undefined;
  count: number;
  /** True when another try may end otherwise. */
  mayRetry: boolean;
};

/** Why an expression fails, for all messages or some; `id` is the first of them. */
export type ExpressionTrouble = {
  expression: string;
  message: string;
  /** Offset from 0 in the expression. */
  at?: number | undefined;
  id?: string | undefined;
  /** Messages it fails on; undefined when it cannot be compiled. */
  count?: number | undefined;
  /** True when it ran too long; it runs again once it is changed or chosen anew. */
  isStopped?: boolean;
};

export type Answer<R extends Row> = {
  /** Matching rows in the order of the query. */
  rows: R[];
  groups?: Groups | undefined;
  /** The rows of the groups, of one after the other, those beyond `groups` last. */
  members?: readonly R[] | undefined;
  counts: ExpressionCount[];
  troubles: ExpressionTrouble[];
  notJudged: NotJudged[];
  /** Why messages are not judged, by id. */
  unjudged: ReadonlyMap<string, string>;
  /** Of a query that names them: why nobody knows whether messages match, by id, also where they are not among the rows. */
  untested: ReadonlyMap<string, string>;
  /** Messages that were not read to their end: what is behind it is not searched. */
  partlyRead: Pick<NotJudged, 'reason' | 'id' | 'count'> | undefined;
};
