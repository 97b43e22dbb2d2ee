import type { Message } from '@/azure/protocol/model';
import type { Evidence } from './evidence';

/** What never changes in the life of a message, and how often it was received. */
export type MessageFacts = Omit<Message, 'text'>;

/** A queue of a connection, by the id of the connection (`Account.id`). */
export type QueueRef = { connectionId: string; queue: string };

/**
 * - `tab`: received by a person in this tab, to be worked with.
 * - `work`: a job or a browse has it, as the claim says.
 * - `left`: restored after a reload, or not returned by a job or a browse. It can be released.
 * - `elsewhere`: another tab of this browser has it.
 */
export type LeaseHolder = 'tab' | 'work' | 'left' | 'elsewhere';

/**
 * - `time`: its time ran out. The receipt works on until somebody receives the message.
 * - `refused`: the service refused the receipt: the receipt is void, or the message is gone.
 * - `seen`: a later answer shows the message visible, or received again.
 * - `elsewhere`: another tab of this browser received the message.
 * - `malformed`: the service says that this is no receipt.
 */
export type LeaseEnding = 'time' | 'refused' | 'seen' | 'elsewhere' | 'malformed';

/**
 * Why a lease that has not ended may not be what its receipt says: the receipt that works now is hidden, or the answer to
 * something was lost: to a change (`lostAnswer`), to a delete, to a return, or to a clear of the queue.
 */
export type LeaseDoubt = NonNullable<RecordLease['because']> | 'delete' | 'return' | 'clear';

export type RecordLease = {
  holder: LeaseHolder;
  /** Undefined where it is not ours to know: `elsewhere`. */
  receipt: string | undefined;
  /** Seconds that the lease was asked for. */
  total: number;
  /** Epoch ms by the connection's clock, before the request that began or renewed it. */
  leasedAt: number;
  /** Epoch ms by the connection's clock: it ends no sooner than that. */
  endsAt: number;
  /** Epoch ms by the service's clock: TimeNextVisible, whole seconds. */
  visibleAt: number;
  /**
   * Ms to add to the connection's clock for the service's, as the answer that leased it implies; for connections whose
   * CORS rule hides `Date`.
   */
  clockEvidence: number;
  /** The answer that gave it, or its last renewal. */
  evidence: Evidence;
  /**
   * `unknown`: hidden by us, but the receipt that works now is not known (`because`), so nothing can be done with it until
   * the message shows again.
   */
  state: 'held' | 'unknown' | 'ended';
  /** With `unknown`: the CORS rule hides receipts, or the answer to a change was lost. */
  because?: 'hiddenReceipt' | 'lostAnswer';
  /** With `ended`. */
  ending?: LeaseEnding;
};

/** What became of a message that is not there any more. */
export type Removal =
  /** By this tab, with the service's 204. */
  | { how: 'deleted' | 'cleared' | 'queueDeleted' | 'elsewhere' }
  /** Copied to another queue, and deleted here. */
  | { how: 'moved'; to: QueueRef };

export type Standing =
  /** `released`: the answer by which a person made it visible, whether or not a list shows it since. */
  | { is: 'there'; released?: Evidence }
  /** Hidden by us without a lease to work with, until then (epoch ms by the connection's clock). */
  | { is: 'hidden'; until: number; evidence: Evidence }
  /** `maybeBefore`: nobody could say whether it was still there when the queue was cleared. */
  | ({ is: 'deleted'; evidence: Evidence; maybeBefore?: true } & Removal)
  /**
   * Nobody can say: the answer to a delete, a clear or a return was lost, or a receipt was refused. `likely` deleted: the repeat
   * of a delete whose answer was lost found the receipt void or the message gone.
   */
  | { is: 'unknown'; since: 'delete' | 'clear' | 'return' | 'refused'; likely?: boolean; evidence: Evidence };

/** Who works on a message. Compared by identity. */
export type Claim = {
  kind: 'job' | 'browse' | 'delete';
  /** As a subject: `Move`, `Browse all`, `A delete that waits for Undo`. */
  name: string;
};

/** A change that was asked for and not answered. It is shown, and never used. */
export type Pending =
  | {
      kind: 'update';
      /** Of the request, which the answer clears. */
      tick: number;
      /** Epoch ms by the connection's clock at which the lease would end; undefined for a return. */
      endsAt: number | undefined;
      /** Seconds. */
      total: number;
      /** As it would be: undefined when the text stays. */
      message: Message | undefined;
      /** As it was known when it was asked for. */
      dequeueCount: number | undefined;
    }
  | { kind: 'delete'; tick: number };

/** All that this tab knows of one message. Values are never changed in place. */
export type MessageRecord = {
  readonly id: string;
  /** Undefined for a lease of which only the receipt is known. Has no text once that was let go of. */
  readonly facts: MessageFacts | undefined;
  /** With the last text that is certain. The same object for as long as nothing of it changes. */
  readonly message: Message | undefined;
  /** The answer that the text came from, which showed the dequeue count of `facts`. Shared by all messages of an answer. */
  readonly source: Evidence | undefined;
  /** True when two answers that overlapped show two texts, and nobody can say which is the newer. */
  readonly undecided: boolean;
  /** The text that a change would have given it whose answer was lost. */
  readonly maybeText: string | undefined;
  readonly lease: RecordLease | undefined;
  readonly standing: Standing;
  readonly pending: Pending | undefined;
  readonly claim: Claim | undefined;
};

export const emptyRecord = (id: string): MessageRecord => ({
  id,
  facts: undefined,
  message: undefined,
  source: undefined,
  undecided: false,
  maybeText: undefined,
  lease: undefined,
  standing: { is: 'there' },
  pending: undefined,
  claim: undefined,
});

/** A message whose text may be used: in a file, a copy, an edit. Undefined when nobody can say what its text is. */
export const certainMessage = ({ message, undecided, maybeText }: MessageRecord): Message | undefined =>
  undecided || maybeText !== undefined ? undefined : message;

/** A message as it is shown: with what was asked for and not answered yet. */
export const shownMessage = ({ pending, message }: MessageRecord): Message | undefined =>
  (pending?.kind === 'update' ? pending.message : undefined) ?? message;

export const isDeleted = ({ standing }: Pick<MessageRecord, 'standing'>): boolean => standing.is === 'deleted';

/** True while we hide the message from others by a lease, whoever of us works with it. */
export const isLeasedHere = ({ lease }: Pick<MessageRecord, 'lease'>): boolean =>
  lease !== undefined && lease.holder !== 'elsewhere' && lease.state !== 'ended';

/** True when it was deleted, is being deleted, or most likely is: such a message is in no list. */
export const isLeaving = ({ standing, pending, claim }: MessageRecord): boolean =>
  standing.is === 'deleted' ||
  (standing.is === 'unknown' && standing.likely === true) ||
  pending?.kind === 'delete' ||
  claim?.kind === 'delete';

/** Why nobody else may work on it, as a sentence; undefined when it is free. */
export const claimedBy = (claim: Claim | undefined): string | undefined => claim && `${claim.name} has this message.`;
