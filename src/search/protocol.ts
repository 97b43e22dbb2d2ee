import type { Step } from '@/azure/bodies/model';
import type { Term } from './filter';
import type { Results, Task } from './task';

/** The decode steps of all bodies, undefined as each text suggests, and of single messages by their ids. */
export type Reading = {
  steps: readonly Step[] | undefined;
  own: readonly (readonly [id: string, steps: readonly Step[] | undefined])[];
};

/** A message sent to the worker, under its slot. Times in epoch ms. */
export type Entry = {
  slot: number;
  id: string;
  /** Absent when unchanged. */
  text?: string;
  insertedAt: number;
  expiresAt: number | null;
  dequeueCount: number;
  size: number;
  /** End of this tab's lease. */
  leaseEnds: number | null;
};

/** `inserted`, `size`, …, or a path of the body: `path:order.total`. */
export type ColumnId = string;
export const PATH = 'path:';

export type Order = { column: ColumnId; descending: boolean };

/** Conditions, which all must hold, and the order of the result. */
export type Query = {
  terms: readonly Term[];
  expressions: readonly string[];
  /** Only messages with this value in a column; `key` is a `Group.key`. */
  picked?: { column: ColumnId; key: string } | undefined;
  sort?: Order | undefined;
  /** Column to count the values of, among the messages that match without `picked`. */
  group?: ColumnId | undefined;
  /** Messages that are not judged, since the worker was ended at them: by an expression, or at all. */
  skipped?: readonly { slot: number; expression: string | undefined }[];
  /** Progress names each message before it is judged, so that the one that the worker is ended at is known. */
  isCareful?: boolean;
  /** True to name the messages of which it is not known whether they match, with the reason. */
  namesUntested?: boolean;
};

export type Group = { key: string; label: string; count: number };
export type Groups = {
  column: ColumnId;
  groups: Group[];
  /** Values and messages beyond `groups`. */
  more: { values: number; messages: number };
};

/** Why an expression fails, for all or for `count` messages; `at` is an offset from 0 in the expression. */
export type ExpressionProblem = {
  expression: string;
  message: string;
  at?: number | undefined;
  slot?: number;
  count?: number;
};

/**
 * Messages of which an expression, or without one the filter, is not known to hold. They stay among those that match.
 * `reason` follows "stopped: ".
 */
export type Unjudged = { expression: string | undefined; reason: string; slots: number[] };

/** Why a message is not judged that the worker was ended at. It may end another time; a counted limit is always the same. */
export const TOOK_TOO_LONG = 'it took too long';

/** Messages that were not read to their end, of which the filter has judged what was read. */
export type PartlyRead = { slot: number; count: number; reason: string };

/** Messages of which nobody knows whether all conditions hold; `reason` is a phrase. */
export type Untested = { reason: string; slot: number };

/** Number of messages that match an expression alone. */
export type ExpressionCount = { expression: string; count: number };

/** Work on one text, or its end. */
export type TaskRequest = { kind: 'task'; task: Task } | { kind: 'drop' };

export type ToWorker =
  | TaskRequest
  | { kind: 'put'; entries: Entry[] }
  | { kind: 'remove'; slots: number[] }
  | { kind: 'steps'; reading: Reading }
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
      /** The slots of the counted messages, of one group after the other, those beyond `groups` last. */
      members?: Uint32Array<ArrayBuffer> | undefined;
      counts: ExpressionCount[];
      problems: ExpressionProblem[];
      unjudged: Unjudged[];
      partlyRead?: PartlyRead | undefined;
      untested?: Untested[] | undefined;
    }
  | { kind: 'failed'; run: number; message: string }
  | TaskAnswer;

/** A task has begun, is done, or was ended: `dropped`, as the page asked, or `broken`, which no text should bring about. */
export type TaskAnswer =
  | { kind: 'working' }
  | { kind: 'done'; result: Results[Task['kind']] }
  | { kind: 'dropped' }
  | { kind: 'broken'; message: string };
