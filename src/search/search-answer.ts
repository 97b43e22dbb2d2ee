import type { ExpressionCount, Groups } from './protocol';

/** A row of the grid, as far as a search looks at it. */
export type Row = {
  id: string;
  size: number;
  message: { text: string; insertedAt: Date; expiresAt: Date | null; dequeueCount: number };
  lease: { endsAt: Date } | undefined;
};

/** Why an expression says nothing, or nothing of some messages; `id` is the first of them. */
export type ExpressionTrouble = {
  expression: string;
  message: string;
  /** Offset from 0 in the expression. */
  at?: number | undefined;
  id?: string | undefined;
  /** Messages it fails on; undefined where it fails altogether. */
  count?: number | undefined;
  /** It ran too long and is not tried again until it is changed or chosen anew. */
  isStopped?: boolean;
};

export type Answer<R extends Row> = {
  /** Rows that are meant, in the order asked for. */
  rows: R[];
  groups?: Groups | undefined;
  counts: ExpressionCount[];
  troubles: ExpressionTrouble[];
};
