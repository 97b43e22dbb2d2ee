import type { Step } from '@/azure/bodies/model';
import type { Term } from './filter';

/** What the worker keeps of a message, by its slot. Times in epoch ms. */
export type Entry = {
  slot: number;
  id: string;
  /** Left out where it is as before. */
  text?: string;
  insertedAt: number;
  expiresAt: number | null;
  dequeueCount: number;
  size: number;
  /** When our lease on it ends. */
  leaseEnds: number | null;
};

/** `inserted`, `size`, …, or a path of the body: `path:order.total`. */
export type ColumnId = string;
export const PATH = 'path:';

export type Order = { column: ColumnId; descending: boolean };

/** Which messages are meant, and in which order. Everything given must hold. */
export type Query = {
  terms: readonly Term[];
  expressions: readonly string[];
  /** Only messages with this value in a column, as `Group.key` has it. */
  picked?: { column: ColumnId; key: string } | undefined;
  sort?: Order | undefined;
  /** A column to count the values of, among what is left without `picked`. */
  group?: ColumnId | undefined;
};

export type Group = { key: string; label: string; count: number };
export type Groups = {
  column: ColumnId;
  groups: Group[] /** Values and messages beyond those listed. */;
  more: { values: number; messages: number };
};

/** Why an expression says nothing at all, or of some messages; `at` is an offset from 0 in the expression. */
export type ExpressionProblem = {
  expression: string;
  message: string;
  at?: number | undefined;
  slot?: number;
  count?: number;
};

/** How many messages an expression keeps by itself. */
export type ExpressionCount = { expression: string; count: number };

export type ToWorker =
  | { kind: 'put'; entries: Entry[] }
  | { kind: 'remove'; slots: number[] }
  | { kind: 'steps'; steps: readonly Step[] | undefined }
  | { kind: 'run'; run: number; query: Query; now: number };

export type FromWorker =
  | {
      kind: 'progress';
      run: number;
      done: number;
      of: number;
      expression?: string | undefined;
      slot?: number | undefined;
    }
  | {
      kind: 'found';
      run: number;
      slots: Uint32Array<ArrayBuffer>;
      groups?: Groups | undefined;
      counts: ExpressionCount[];
      problems: ExpressionProblem[];
    }
  | { kind: 'failed'; run: number; message: string };
