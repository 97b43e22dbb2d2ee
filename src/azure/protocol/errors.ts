import type { Credential } from './connection';
import type { OperationName } from './operation-table';

/** The account answered no. Facts only; presentation is somebody else's. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** Service error code such as `QueueNotFound`; from the XML body first, then the header; undefined when neither can be read. */
  readonly code: string | undefined;
  /** HTTP status, 400–599; below 400 when the answer was none that the operation gives. */
  readonly status: number;
  /** `x-ms-request-id`, undefined when hidden by CORS. */
  readonly requestId: string | undefined;
  /** Every extra element of the error body, e.g. `QueryParameterName`, `MaxLimit`, `AuthenticationErrorDetail`. */
  readonly details: Readonly<Record<string, string>>;
  /** Seconds the service asks us to wait, when it said so. */
  readonly retryAfter: number | undefined;
  /** The exchange in the wire log that carried this answer. */
  readonly exchangeId: string | undefined;
  /** What was asked, in the documentation's words. */
  readonly operation: OperationName | undefined;
  /** What it was asked with. */
  readonly credential: Credential['kind'] | undefined;
  /** Ms by which the time in the signature was ahead of the service's, negative when behind; undefined when not known. */
  readonly signedOff: number | undefined;
  /**
   * True when an earlier attempt of the same call may have been carried out: its answer was lost, or was a 5xx other
   * than 503. So a 404 to a Delete that was repeated does not prove who deleted, and no refusal proves that nothing was.
   */
  readonly afterLostAnswer: boolean;
  /** Why, in a sentence, as `Wire.explain` found: which permission is missing. */
  explanation: string | undefined;

  constructor(
    message: string,
    facts: {
      status: number;
      code?: string | undefined;
      requestId?: string | undefined;
      details?: Record<string, string>;
      retryAfter?: number | undefined;
      exchangeId?: string | undefined;
      operation?: OperationName | undefined;
      credential?: Credential['kind'] | undefined;
      signedOff?: number | undefined;
      afterLostAnswer?: boolean;
      cause?: unknown;
    },
  ) {
    super(message, { cause: facts.cause });
    this.signedOff = facts.signedOff;
    this.afterLostAnswer = facts.afterLostAnswer ?? false;
    this.code = facts.code;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.details = facts.details ?? {};
    this.retryAfter = facts.retryAfter;
    this.exchangeId = facts.exchangeId;
    this.operation = facts.operation;
    this.credential = facts.credential;
  }
}

/** No answer that this page can read. The browser hides the reason; `diagnose()` finds the likeliest. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  /**
   * True when the request may have been carried out although no answer arrived: a put, receive, update … whose
   * connection broke. Such a call is never repeated on its own.
   */
  readonly ambiguous: boolean;
  /** As in `StorageError`, of an attempt before the one that this error is of. */
  readonly afterLostAnswer: boolean;
  readonly exchangeId: string | undefined;

  constructor(
    message: string,
    facts: { ambiguous: boolean; afterLostAnswer?: boolean; exchangeId?: string | undefined; cause?: unknown },
  ) {
    super(message, { cause: facts.cause });
    this.ambiguous = facts.ambiguous;
    this.afterLostAnswer = facts.afterLostAnswer ?? false;
    this.exchangeId = facts.exchangeId;
  }
}

/** Nothing was sent, because there is no access token: sign-in ended or was called off, or a new token was not given. */
export class TokenNeededError extends Error {
  override readonly name = 'TokenNeededError';
}

/** StorageFault before anything was sent, because the service's documented rules forbid it. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  /** Which input: `queueName`, `text`, `timeToLive`, … */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** StorageFault before anything was sent: the person at the page said that this account is only to be read. */
export class ReadOnlyError extends Error {
  override readonly name = 'ReadOnlyError';

  readonly operation: OperationName;

  constructor(operation: OperationName) {
    super('This connection is read-only, so nothing was sent.');
    this.operation = operation;
  }
}

/** StorageFault before anything was sent: the connection was forgotten, or is locked again. */
export class NoConnectionError extends Error {
  override readonly name = 'NoConnectionError';

  constructor() {
    super('This connection was forgotten or is locked, so nothing was sent.');
  }
}
