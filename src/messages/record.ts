import type { Message } from '@/azure/protocol/model';
import type { Evidence } from './evidence';

/** The properties of a message that never change, and its dequeue count. */
export type MessageFacts = Omit<Message, 'text' | 'unreadable'>;

/** A queue of a connection, by the id of the connection (`Account.id`). */
export type QueueRef = { connectionId: string; queue: string };

/**
 * - `tab`: a person in this tab.
 * - `work`: a job or a browse, as the claim says.
 * - `left`: restored after a reload, or not returned by a job or a browse. It can be released.
 * - `elsewhere`: another tab of this browser.
 */
export type LeaseHolder = 'tab' | 'work' | 'left' | 'elsewhere';

/**
 * - `time`: its time ran out. The receipt works until another consumer receives the message.
 * - `refused`: the service refused the receipt: the receipt is void, or the message deleted.
 * - `seen`: a later response shows the message visible, or received again.
 * - `elsewhere`: another tab of this browser received the message.
 * - `malformed`: the service says that this is no receipt.
 */
export type LeaseEnding = 'time' | 'refused' | 'seen' | 'elsewhere' | 'malformed';

/**
 * Why a running lease or its receipt is not certain: the current receipt is hidden (`hiddenReceipt`), or the response to a
 * change (`lostAnswer`), a delete, a return or a clear of the queue was lost.
 */
export type LeaseDoubt = NonNullable<RecordLease['because']> | 'delete' | 'return' | 'clear';

export type RecordLease = {
  holder: LeaseHolder;
  /** Undefined for `elsewhere`. */
  receipt: string | undefined;
  /** Seconds of the request. */
  total: number;
  /** Epoch ms by the connection's clock, before the request that began or renewed it. */
  leasedAt: number;
  /** Earliest end, epoch ms by the connection's clock. */
  endsAt: number;
  /** Epoch ms by the service's clock: TimeNextVisible, whole seconds. */
  visibleAt: number;
  /**
   * Ms to add to the connection's clock for the service's, by the response of this lease; for connections whose CORS rule hides
   * `Date`.
   */
  clockEvidence: number;
  /** The response of the receive or of the last renewal. */
  evidence: Evidence;
  /**
   * `unknown`: leased, but its current receipt is not known (`because`), so no operation works until the message is visible.
   */
  state: 'held' | 'unknown' | 'ended';
  /** With `unknown`: the CORS rule hides receipts, or the response to a change was lost. */
  because?: 'hiddenReceipt' | 'lostAnswer';
  /** With `ended`. */
  ending?: LeaseEnding;
};

/** How a message was removed. */
export type Removal =
  /** By this tab, with the service's 204. */
  | { how: 'deleted' | 'cleared' | 'queueDeleted' | 'elsewhere' }
  /** Copied to another queue, and deleted here. */
  | { how: 'moved'; to: QueueRef };

export type Standing =
  /** `released`: the response to a person's release of it. */
  | { is: 'there'; released?: Evidence }
  /** Hidden by this tab without a lease, until then (epoch ms by the connection's clock). */
  | { is: 'hidden'; until: number; evidence: Evidence }
  /** `maybeBefore`: it may have been deleted before the queue was cleared. */
  | ({ is: 'deleted'; evidence: Evidence; maybeBefore?: true } & Removal)
  /**
   * Not certain: the response to a delete, a clear or a return was lost, or a receipt was refused. `likely` deleted: the repeat of
   * a delete whose response was lost was refused as well.
   */
  | { is: 'unknown'; since: 'delete' | 'clear' | 'return' | 'refused'; likely?: boolean; evidence: Evidence };

/** Work on a message. Compared by identity. */
export type Claim = {
  kind: 'job' | 'browse' | 'delete';
  /** As a subject: `Move`, `Browse all`, `A delete that waits for Undo`. */
  name: string;
};

/** A request without a response. Lists show its effect; work does not use it. */
export type Pending =
  | {
      kind: 'update';
      /** Of the request. */
      tick: number;
      /** Epoch ms by the connection's clock at which the lease would end; undefined for a return. */
      endsAt: number | undefined;
      /** Seconds. */
      total: number;
      /** With the new text; undefined when the text does not change. */
      message: Message | undefined;
      /** As known at the request. */
      dequeueCount: number | undefined;
    }
  | { kind: 'delete'; tick: number };

/** All that this tab knows of one message. Values are never changed in place. */
export type MessageRecord = {
  readonly id: string;
  /** Undefined for a lease of which only the receipt is known. */
  readonly facts: MessageFacts | undefined;
  /** With the last certain text; undefined when that was dropped. The same object until it changes. */
  readonly message: Message | undefined;
  /** Evidence of the response with the text and the dequeue count of `facts`. Shared by all its messages. */
  readonly source: Evidence | undefined;
  /** True when two overlapping responses show two texts. */
  readonly undecided: boolean;
  /** The text of a change whose response was lost. */
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

/** The message, when its text is certain and whole, for use in a file, a copy or an edit; else undefined. */
export const certainMessage = ({ message, undecided, maybeText }: MessageRecord): Message | undefined =>
  undecided || maybeText !== undefined || message?.unreadable ? undefined : message;

/** True when two readings of a message have one text, read whole in both or for the same reason in neither. */
export const isSameText = (one: Message | undefined, other: Message): boolean =>
  one?.text === other.text && one.unreadable?.reason === other.unreadable?.reason;

/** The message as shown, with its pending text. */
export const shownMessage = ({ pending, message }: MessageRecord): Message | undefined =>
  (pending?.kind === 'update' ? pending.message : undefined) ?? message;

export const isDeleted = ({ standing }: Pick<MessageRecord, 'standing'>): boolean => standing.is === 'deleted';

/** True while this tab has leased the message, also for a job or a browse. */
export const isLeasedHere = ({ lease }: Pick<MessageRecord, 'lease'>): boolean =>
  lease !== undefined && lease.holder !== 'elsewhere' && lease.state !== 'ended';

/** True when it was deleted, most likely was, or a delete is waiting or running: no list shows it. */
export const isLeaving = ({ standing, pending, claim }: MessageRecord): boolean =>
  standing.is === 'deleted' ||
  (standing.is === 'unknown' && standing.likely === true) ||
  pending?.kind === 'delete' ||
  claim?.kind === 'delete';

/** Sentence for a claimed message; undefined for an unclaimed one. */
export const claimedBy = (claim: Claim | undefined): string | undefined => claim && `${claim.name} has this message.`;
