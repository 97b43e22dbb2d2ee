import type { LeasedMessage, Message } from '@/azure/protocol/model';
import type { Evidence } from './evidence';
import type { Claim, LeaseDoubt, RecordLease, Removal } from './record';

/** A request about one message. */
export type Asked = { change: 'delete' } | { change: 'update'; visibilityTimeout: number; text: string | undefined };

/** Everything that can change a record. */
export type Fact =
  /** A peek or a check shows the message. */
  | { kind: 'peeked'; message: Message; evidence: Evidence }
  /** A receive returned it; `claim` is that of the work, undefined for a person. */
  | { kind: 'received'; message: LeasedMessage; lease: RecordLease; claim: Claim | undefined; evidence: Evidence }
  /** A request was sent. */
  | { kind: 'asked'; asked: Asked; tick: number; at: number }
  /** 204 to Update Message. `receipt` is undefined where the CORS rule hides it. */
  | {
      kind: 'updated';
      asked: Extract<Asked, { change: 'update' }>;
      /** The receipt of the request. */
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
  /** 204 to Delete Message. */
  | { kind: 'deleted'; evidence: Evidence }
  /** The receipt is void, or the message deleted; `afterLostAnswer`: an earlier attempt may have been carried out. */
  | { kind: 'refused'; asked: Asked; used: string; afterLostAnswer: boolean; askedAt: number; evidence: Evidence }
  /** Without a usable response, so it may have been carried out. */
  | { kind: 'unanswered'; asked: Asked; used: string; askedAt: number; evidence: Evidence }
  /** Refused for a reason that is not about the message. */
  | { kind: 'failed'; tick: number; malformed: boolean }
  /** 204 to Clear Messages, or the queue was deleted. */
  | { kind: 'removed'; removal: Removal; evidence: Evidence }
  /** The response to Clear Messages was lost. */
  | { kind: 'maybeCleared'; evidence: Evidence }
  /** A receipt stored over a reload, with its doubt. */
  | { kind: 'restored'; lease: RecordLease; doubt?: LeaseDoubt | undefined }
  /** The connection's clock reached the end of a lease or of a hidden time. */
  | { kind: 'time'; now: number }
  /** Its lease changes the holder. */
  | { kind: 'handed'; holder: 'tab' | 'work' | 'left' }
  /** This tab hid it for a time, which ended the lease. */
  | { kind: 'givenUp'; until: number; evidence: Evidence }
  | { kind: 'claimed'; claim: Claim }
  | { kind: 'unclaimed'; claim: Claim }
  /** A job copied it to another queue and then deleted it. */
  | { kind: 'movedTo'; removal: Removal }
  /** Its text is not needed any more. */
  | { kind: 'textDropped' }
  /** Another tab of this browser changed it. */
  | { kind: 'elsewhere'; news: News; evidence: Evidence };

/** A change of a message, for other tabs. Without receipts. Times are epoch ms by the connection's clock. */
export type News =
  /** `text` when the receive returned another than this tab knew. */
  | { what: 'leased'; endsAt: number; total: number; dequeueCount?: number | undefined; text?: string }
  | { what: 'updated'; endsAt: number; total: number; text: string; dequeueCount?: number | undefined }
  /** `text` when that changed, too. */
  | { what: 'released'; text: string | undefined; dequeueCount?: number | undefined }
  | { what: 'hidden'; until: number; dequeueCount?: number | undefined }
  | { what: 'deleted' };
