import type { Step } from '../planning/steps';
import type { OutcomeKind } from '../requests/outcome';

/** The format of journals; those of another version are told and not read. */
export const JOURNAL_VERSION = 1;

/** Journals kept at a time on this device. */
export const MOST_JOURNALS = 32;
/** Messages that one journal names. Of a job over more, it cannot be said where it stands. */
export const MOST_JOURNALED = 100_000;
/** Characters of one journal: what a job over `MOST_JOURNALED` messages takes, with some renewals. */
export const MOST_CHARACTERS = 64_000_000;

/** What a job did, named as in the list of jobs. */
export const JOURNAL_KINDS = [
  'move',
  'copy',
  'redrive',
  'requeue',
  'undoMove',
  'undoText',
  'delete',
  'clear',
  'visibility',
  'text',
  'send',
  'addAgain',
  'import',
  'export',
  'browse',
] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** A queue of a connection: ids and names, no secret. */
export type JournalQueue = { connectionId: string; queue: string };

/**
 * What a job is, as written before it begins. Ids, names, numbers and steps: no text of a message, no text that replaces one, no
 * key.
 */
export type JournalHead = {
  version: typeof JOURNAL_VERSION;
  id: string;
  kind: JournalKind;
  steps: readonly Step[];
  noun: 'message' | 'queue';
  /** Names the queues, as in the list of jobs. */
  where: string;
  /** The queue that it concerns: that of its messages, or that which it adds to. */
  from: JournalQueue;
  /** The queue that it adds to. */
  to?: JournalQueue | undefined;
  /** Keys of what was chosen: ids of messages, names of queues. Absent for a whole queue, and where they are numbered. */
  ids?: readonly string[] | undefined;
  /** Items of the whole, about for a queue; absent where that is not known. */
  total?: number | undefined;
  /** Epoch ms by the service's clock: messages inserted then or later are not meant. */
  insertedBefore?: number | undefined;
  /** The filter that chose them, as a phrase that follows "where". */
  filter?: string | undefined;
  /** Messages worked on at most, and those that are left alone: for a part of a whole queue. */
  most?: number | undefined;
  except?: readonly string[] | undefined;
  /** Messages received at most. */
  cap?: number | undefined;
  concurrency?: number | undefined;
  perSecond?: number | undefined;
  returnedAtATime?: number | undefined;
  /** Seconds, with the step `hide`. */
  seconds?: number | undefined;
  /** Epoch ms by the clock of the connection. */
  startedAt: number;
};

/** A lease as received: id, receipt, its end (epoch ms by the connection's clock). */
export type JournaledLease = readonly [id: string, receipt: string, until: number];

/**
 * What is about to be sent, and what was answered, in their order. `key` names an item: the id of a message, a row, a copy or a
 * queue; times are epoch ms by the connection's clock; `text` is a fingerprint. An intention without an answer may have been
 * carried out.
 */
export type JournalEvent =
  | readonly ['continued', at: number]
  /** What is inserted at this time (by the service's clock) or later is not meant. */
  | readonly ['insertedBefore', time: number]
  | readonly ['receiving', call: number, messages: number, until: number]
  | readonly ['received', call: number, leases: readonly JournaledLease[]]
  | readonly ['notReceived', call: number]
  /** Received on the way, and not meant. */
  | readonly ['passed', ids: readonly string[]]
  /** `until` is now for a message that is returned. */
  | readonly ['updating', key: string, until: number, text: string]
  /** An empty receipt: hidden by the CORS rule. */
  | readonly ['updated', key: string, receipt: string, until: number]
  | readonly ['notUpdated', key: string, isVoid: boolean]
  | readonly ['sending', key: string, text: string]
  | readonly ['sent', key: string, copy: string, receipt: string, until: number]
  | readonly ['notSent', key: string]
  | readonly ['takingBack', key: string]
  | readonly ['takenBack', key: string]
  | readonly ['notTakenBack', key: string]
  | readonly ['deleting', key: string]
  | readonly ['deleted', key: string]
  | readonly ['notDeleted', key: string, isVoid: boolean]
  /** What the job reports of it; `code` is that of the service's refusal, or empty. */
  | readonly ['ended', key: string, outcome: OutcomeKind, code: string];

/** A journal as read from the storage. */
export type Journal = {
  head: JournalHead;
  events: readonly JournalEvent[];
  /** Of the last write, epoch ms by the connection's clock. */
  writtenAt: number;
};

/** Where journals are. Each call settles once it is durable, and rejects when it cannot be. */
export type JournalStorage = {
  begin: (id: string, head: string) => Promise<void>;
  /** `part` counts from 1. */
  append: (id: string, part: number, text: string) => Promise<void>;
  forget: (id: string) => Promise<void>;
};
