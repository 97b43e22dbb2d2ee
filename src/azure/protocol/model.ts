import type { StorageError } from './errors';
import type { Observe } from './exchange';

/** Names with their values; names keep their case. */
export type Metadata = Readonly<Record<string, string>>;

/** A queue as List Queues returns it; metadata names keep their case. */
export type Queue = { name: string; metadata: Record<string, string> };

/** Response of Get Queue Metadata. `undefined` means the CORS rule hides the header: unknown, never 0. */
export type QueueProperties = {
  approximateMessageCount: number | undefined;
  metadata: Record<string, string> | undefined;
};

/** A message as Peek returns it. */
export type Message = {
  id: string;
  insertedAt: Date;
  /** `null` means never (year 9999 on the wire). */
  expiresAt: Date | null;
  dequeueCount: number;
  /** The exact text, byte for byte; what can be read of it in an `unreadable` message. */
  text: string;
  /** Set when a part of its element cannot be read. */
  unreadable?: Unreadable;
};

/**
 * Why a part of a message cannot be read. A time that cannot be read is an invalid `Date`, and a number is NaN. Such a text is
 * shown and searched, and never written to a queue or a file.
 */
export type Unreadable = {
  /** A sentence: `It holds the character U+000B, which XML does not have.` */
  reason: string;
  /** Its element as the service wrote it, up to 262,144 characters. */
  xml: string;
};

/** A received message: leased by us until `visibleAt`, as `receipt` proves. */
export type LeasedMessage = Message & { receipt: string; visibleAt: Date };

/** A message to send. */
export type Draft = {
  text: string;
  /** Seconds, 1 to 2,147,483,647, or `never`; the service's default is 604,800 (7 days). */
  timeToLive?: number | 'never';
  /** Seconds until receivers can see it, 0 to 604,800 and less than the time to live. */
  visibilityDelay?: number | undefined;
};

/**
 * Response of Put Message; the receipt is valid at once for update and delete. Id and receipt are empty when the service
 * added the message but described none; the times are then those that its rules give, from the time of the response on.
 */
export type SentMessage = { id: string; insertedAt: Date; expiresAt: Date | null; receipt: string; visibleAt: Date };

/** XML of elements that this client does not know, as read, so that writing the others preserves them. */
type Unknown = { unknown?: string };

/** A stored access policy of a queue. Times are ISO 8601 UTC strings as the service gives them. */
export type AccessPolicy = Unknown & { id: string; startsAt?: string; expiresAt?: string; permissions?: string };

export type RetentionPolicy = Unknown & { enabled: boolean; days?: number };
export type LoggingSettings = Unknown & {
  version: string;
  read: boolean;
  write: boolean;
  delete: boolean;
  retention: RetentionPolicy;
};
export type MetricsSettings = Unknown & {
  version: string;
  enabled: boolean;
  includeApis?: boolean;
  retention: RetentionPolicy;
};
export type CorsRule = Unknown & {
  allowedOrigins: string[];
  allowedMethods: string[];
  allowedHeaders: string[];
  exposedHeaders: string[];
  /** Seconds. */
  maxAge: number;
};
export type ServiceProperties = {
  logging?: LoggingSettings;
  hourMetrics?: MetricsSettings;
  minuteMetrics?: MetricsSettings;
  cors?: CorsRule[];
  /** Unknown elements beside the rules; written together with `cors` only. */
  unknownInCors?: string;
};
export type ServiceStats = { status: 'live' | 'bootstrap' | 'unavailable'; lastSyncTime: Date | undefined };

/**
 * Called for each message that cannot be returned, not even as `unreadable`: it has no id or, received, no receipt. Without this
 * function the call fails.
 */
export type OnUnreadable = (error: StorageError, id: string | undefined) => void;

type Cancel = { signal?: AbortSignal | undefined };
export type CallOptions = Cancel & {
  /**
   * Called with the time of the response that ends the call, success or refusal, before the promise settles; not called
   * without a response or when a CORS rule hides its time. To the second, by the service's own clock.
   */
  onDate?: ((date: Date) => void) | undefined;
  /** Called with each attempt of the call, as its start and its end: how many requests it took, and why. */
  observe?: Observe | undefined;
};
/** What identifies a lease. */
export type Receipt = { id: string; receipt: string };

/** A connected queue service: one method per REST operation. Made by `connect`. */
export type Account = {
  /** As `accountId`: stable over reloads, safe in a URL and a query key, no secret. */
  readonly id: string;
  /** Account name. */
  readonly name: string;
  readonly endpoint: string;
  /** The one queue that the credential is for; undefined when it is for the account. */
  readonly onlyQueue: string | undefined;
  /**
   * Milliseconds to add to this device's clock to get the service's, measured from `Date` response headers and
   * the times in refusals; undefined until a response had one.
   */
  clockSkew(): number | undefined;

  /** Queues in name order, page by page (up to 5,000 a page); stops when a marker repeats. */
  listQueues(options?: Pick<CallOptions, 'signal' | 'observe'> & { prefix?: string }): AsyncGenerator<Queue[]>;
  getServiceProperties(options?: Cancel): Promise<ServiceProperties>;
  /** An absent section does not change, a present one is replaced whole; `cors: []` removes all rules. */
  setServiceProperties(properties: ServiceProperties, options?: Cancel): Promise<void>;
  /** Read from the secondary endpoint. */
  getServiceStats(options?: Cancel): Promise<ServiceStats>;
  /**
   * Returns a key to sign shared access signatures with in the name of the token's user, valid for at most 7 days. For
   * connections by token only. Its value is a secret.
   */
  getUserDelegationKey(span: { startsAt: Date; expiresAt: Date }, options?: Cancel): Promise<UserDelegationKey>;
  /** `created: false` when a queue of that name and metadata already existed. */
  createQueue(queue: string, options?: Cancel & { metadata?: Record<string, string> }): Promise<{ created: boolean }>;
  deleteQueue(queue: string, options?: Cancel): Promise<void>;
  getQueueProperties(queue: string, options?: Pick<CallOptions, 'signal' | 'observe'>): Promise<QueueProperties>;
  /** Replaces all metadata of the queue. */
  setQueueMetadata(queue: string, metadata: Record<string, string>, options?: Cancel): Promise<void>;
  getAccessPolicies(queue: string, options?: Cancel): Promise<AccessPolicy[]>;
  setAccessPolicies(queue: string, policies: AccessPolicy[], options?: Cancel): Promise<void>;
  /**
   * Versions before 2016-05-31 describe no message, also by a SAS of such a version: `SentMessage` has no receipt then.
   * @throws StorageError with status 201 when the message was added but its description cannot be read.
   */
  sendMessage(queue: string, draft: Draft, options?: CallOptions): Promise<SentMessage>;
  /**
   * Leases up to `count` (1–32, default 1) messages for `visibilityTimeout` seconds (1–604,800, default 30); raises their
   * dequeue counts. All of them may have the same receipt; only the id is unique.
   */
  receiveMessages(
    queue: string,
    options?: CallOptions & { count?: number; visibilityTimeout?: number; onUnreadable?: OnUnreadable },
  ): Promise<LeasedMessage[]>;
  /** Peeks up to `count` (1–32, default 32) visible messages from the front; changes nothing. */
  peekMessages(
    queue: string,
    options?: CallOptions & {
      count?: number;
      onUnreadable?: OnUnreadable;
    },
  ): Promise<Message[]>;
  /**
   * Hides the message for `visibilityTimeout` seconds from now (0–604,800; 0 makes it visible at once) and, when `text`
   * is given, replaces its text. Voids the old receipt. `undefined` fields: hidden by the CORS rule. `receiptRefusal` reads
   * what a refusal says of the receipt.
   */
  updateMessage(
    queue: string,
    message: Receipt,
    change: { visibilityTimeout: number; text?: string },
    options?: CallOptions,
  ): Promise<{ receipt: string | undefined; visibleAt: Date | undefined }>;
  /**
   * Repeats itself when its response is lost. A refusal of the repeat (`afterLostAnswer` of the error) does not prove that
   * the message was deleted before, since a void receipt is refused with the same code.
   */
  deleteMessage(queue: string, message: Receipt, options?: CallOptions): Promise<void>;
  /** Takes several calls for a large queue, each of which calls `onDate`. */
  clearMessages(queue: string, options?: CallOptions): Promise<void>;
};

/** Response of Get User Delegation Key; times as the service wrote them. */
export type UserDelegationKey = {
  signedObjectId: string;
  signedTenantId: string;
  signedStartsOn: string;
  signedExpiresOn: string;
  signedService: string;
  signedVersion: string;
  signedDelegatedUserTenantId?: string;
  /** The decoded bytes of `Value`; a secret. */
  value: Uint8Array<ArrayBuffer>;
};
