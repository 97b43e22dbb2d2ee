import type { Credential } from './connection';
import type { OperationName } from './operation-table';

/** The message of any thrown value. */
export const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The service refused a request. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** Service error code such as `QueueNotFound`; from the XML body first, then the header; undefined when neither can be read. */
  readonly code!: string | undefined;
  /** HTTP status, 400–599; below 400 when the response was not one of the operation. */
  readonly status!: number;
  /** `x-ms-request-id`; undefined when hidden by CORS. */
  readonly requestId!: string | undefined;
  /** Every extra element of the error body, e.g. `QueryParameterName`, `MaxLimit`, `AuthenticationErrorDetail`. */
  readonly details!: Readonly<Record<string, string>>;
  /** From `Retry-After`; undefined without one. */
  readonly retryAfterSeconds!: number | undefined;
  /** The exchange with this response in the wire log. */
  readonly exchangeId!: string | undefined;
  readonly operation!: OperationName | undefined;
  readonly credential!: Credential['kind'] | undefined;
  /** How far the time in the signature was ahead of the service's, negative when behind; undefined when not known. */
  readonly signedOffMs!: number | undefined;
  /**
   * True when an earlier attempt of the same call may have been carried out: its response was lost, or was a 5xx other
   * than 503. A 404 to a repeated Delete then does not prove who deleted, and a refusal does not prove that nothing happened.
   */
  readonly afterLostAnswer!: boolean;
  /** True when a web page came in place of the service's answer, as from a proxy or a sign-in page. */
  readonly isWebPage!: boolean;
  /** Sentences from `Wire.explain`: which permission is missing, or what else the details of the refusal tell. */
  explanation!: string | undefined;

  constructor(message: string, { cause, ...facts }: StorageErrorFacts) {
    super(message, { cause });
    Object.assign(this, { details: {}, afterLostAnswer: false, isWebPage: false, ...facts });
  }
}

type StorageErrorFacts = Pick<StorageError, 'status'> & Partial<Omit<StorageError, keyof Error>> & { cause?: unknown };

/** What is missing between this page and a service: the network, or the local server that relays requests. */
export type NetworkLoss = 'network' | 'server';

/** Whether requests get through to one service. */
export type NetworkState = {
  /** What is missing; undefined while requests get through, as far as is known. */
  loss: () => NetworkLoss | undefined;
  /** Resolves once nothing is missing; rejects with the reason of the signal. */
  back: (signal?: AbortSignal) => Promise<void>;
  /** Calls `changed` whenever `loss` changes; returns a function that ends that. */
  subscribe: (changed: () => void) => () => void;
};

/** A request without a readable response, redirects included. The browser hides the reason; `diagnose()` finds the likeliest. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  /**
   * True when the request may have been carried out although no response arrived: a put, receive, update … whose
   * connection broke. The transport never repeats such a call.
   */
  readonly ambiguous!: boolean;
  /** True when the response was a redirect, which is neither followed nor repeated. */
  readonly redirected!: boolean;
  /** What was missing; where it went missing meanwhile, the request may have been carried out. Undefined: nothing, as far as is known. */
  readonly loss!: NetworkLoss | undefined;
  /** True when the last attempt was not sent. An earlier one may have been: `afterLostAnswer`. */
  readonly notSent!: boolean;
  /** The network that is missing. */
  readonly network!: NetworkState | undefined;
  /** As in `StorageError`. */
  readonly afterLostAnswer!: boolean;
  readonly exchangeId!: string | undefined;

  constructor(message: string, { cause, ...facts }: UnreachableErrorFacts) {
    super(message, { cause });
    Object.assign(this, { redirected: false, notSent: false, afterLostAnswer: false, ...facts });
  }
}

type UnreachableErrorFacts = Pick<UnreachableError, 'ambiguous'> &
  Partial<Omit<UnreachableError, keyof Error>> & { cause?: unknown };

/** Nothing was sent, because the content policy of this page does not allow the host. */
export class PageBlockedError extends Error {
  override readonly name = 'PageBlockedError';
  /** The address of the request, or its origin. */
  readonly address: string;

  constructor(address: string, options?: ErrorOptions) {
    super(`This page may not reach ${new URL(address).host}, so nothing was sent.`, options);
    this.address = address;
  }
}

/** Nothing was sent, because there is no access token: sign-in failed or was cancelled, or no new token was supplied. */
export class TokenNeededError extends Error {
  override readonly name = 'TokenNeededError';
}

/** Nothing was sent, because the input breaks a documented rule of the service. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  /** Which input: `queueName`, `text`, `timeToLive`, … */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** Nothing was sent, because the connection is read-only. */
export class ReadOnlyError extends Error {
  override readonly name = 'ReadOnlyError';

  readonly operation: OperationName;

  constructor(operation: OperationName) {
    super('This connection is read-only, so nothing was sent.');
    this.operation = operation;
  }
}

/** Nothing was sent, because the connection was forgotten or is locked. */
export class NoConnectionError extends Error {
  override readonly name = 'NoConnectionError';

  constructor() {
    super('This connection was forgotten or is locked, so nothing was sent.');
  }
}
