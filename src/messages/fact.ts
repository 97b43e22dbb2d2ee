import type { LeasedMessage, Message } from '@/azure/protocol/model';
import type { Evidence } from './evidence';
import type { Claim, LeaseDoubt, RecordLease, Removal } from './record';

/** What was asked of the service about one message, as far as its answer matters later. */
export type Asked = { change: 'delete' } | { change: 'update'; visibilityTimeout: number; text: string | undefined };

/** What can be learnt of one message. Everything that changes a record is one of these. */
export type Fact =
  /** A peek or a check shows it. */
  | { kind: 'peeked'; message: Message; evidence: Evidence }
  /** A receive gave it to us; `claim` is the work that asked, or undefined when a person did. */
  | { kind: 'received'; message: LeasedMessage; lease: RecordLease; claim: Claim | undefined; evidence: Evidence }
  /** A request went out. */
  | { kind: 'asked'; asked: Asked; tick: number; at: number }
  /** 204 to Update Message. `receipt` is undefined where the CORS rule hides it. */
  | {
      kind: 'updated';
      asked: Extract<Asked, { change: 'update' }>;
      /** The receipt that it was asked with. */
      used: string;
      receipt: string | undefined;
      /** Epoch ms by the connection's clock. */
      endsAt: number;
      /** Epoch ms by the service's clock. */
      visibleAt: number;
      /** Epoch ms by the connection's clock, before the request. */
      askedAt: number;
      evidence: Evidence;
    }
  /** 204 to Delete Message. `removal` says more, where somebody knows more. */
  | { kind: 'deleted'; evidence: Evidence }
  /** The receipt is void, or the message is gone; `afterLostAnswer`: an earlier try of the same call may have been carried out. */
  | { kind: 'refused'; asked: Asked; used: string; afterLostAnswer: boolean; askedAt: number; evidence: Evidence }
  /** No answer, or one that says nothing: it may have been carried out. */
  | { kind: 'unanswered'; asked: Asked; used: string; askedAt: number; evidence: Evidence }
  /** StorageFault for certain, for a reason that says nothing about the message. */
  | { kind: 'failed'; tick: number; malformed: boolean }
  /** 204 to Clear Messages, or the queue is gone. */
  | { kind: 'removed'; removal: Removal; evidence: Evidence }
  /** The answer to Clear Messages was lost. */
  | { kind: 'maybeCleared'; evidence: Evidence }
  /** A receipt that was kept over a reload, with what was not certain about it then. */
  | { kind: 'restored'; lease: RecordLease; doubt?: LeaseDoubt | undefined }
  /** The connection's clock has come to the end of a lease, or of a time for which we hid it. */
  | { kind: 'time'; now: number }
  /** Its lease goes from who has it to another: to a person, or back to nobody. */
  | { kind: 'handed'; holder: 'tab' | 'work' | 'left' }
  /** We hid it for a time, which gave up the lease. */
  | { kind: 'givenUp'; until: number; evidence: Evidence }
  | { kind: 'claimed'; claim: Claim }
  | { kind: 'unclaimed'; claim: Claim }
  /** A job that copied it and then deleted it says where to. */
  | { kind: 'movedTo'; removal: Removal }
  /** Its text is of no more use. */
  | { kind: 'textDropped' }
  /** Another tab of this browser changed it. */
  | { kind: 'elsewhere'; news: News; evidence: Evidence };

/** What one tab tells the others of a message. No receipts. Times are epoch ms by the connection's clock. */
export type News =
  /** `text` where the receive showed another than this tab knew. */
  | { what: 'leased'; endsAt: number; total: number; dequeueCount?: number | undefined; text?: string }
  | { what: 'updated'; endsAt: number; total: number; text: string; dequeueCount?: number | undefined }
  /** `text` when that changed with it. */
  | { what: 'released'; text: string | undefined; dequeueCount?: number | undefined }
  | { what: 'hidden'; until: number; dequeueCount?: number | undefined }
  | { what: 'deleted' };
