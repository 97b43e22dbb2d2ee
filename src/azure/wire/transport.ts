import type { Connection } from '../protocol/connection';
import {
  InvalidInputError,
  PageBlockedError,
  StorageError,
  TokenNeededError,
  UnreachableError,
} from '../protocol/errors';
import type { Exchange, Observe } from '../protocol/exchange';
import { permissionsFor, READS_SECONDARY } from '../protocol/operation-table';
import type { QueuedInit } from '../relay/lane-fetch';
import { RelayError } from '../relay/relay-fetch';
import { cacheMode } from './cache-mode';
import { createClockSkew } from './clock-skew';
import { type Answer, readable, readError, timeOf } from './error-response';
import type { Network } from './network';
import type { ReadSignatures } from './read-signature';
import { redactor } from './redact-secrets';
import { createIds } from './request-ids';
import { createRequestTimeouts } from './request-timeouts';
import { delay, mayHaveWorked, waitBeforeRepeat } from './retry';
import { type Call, type SignedRequest, toRequest } from './signed-request';
import { isTokenRefused } from './token-refused';
import { readXmlInBrowser, type XmlElement } from './xml';

export type Send = (call: Call) => Promise<Answer>;
export type Transport = { send: Send; clockSkew: () => number | undefined };

/** How requests are sent, timed, checked and observed. */
export type Wire = {
  /** Sends requests; the sandbox passes its own. */
  fetch?: typeof globalThis.fetch;
  /** What reads the XML of answers, its root element or undefined; where there is no browser, it is `readPlainXml`. */
  readXml?: (text: string) => XmlElement | undefined;
  observe?: Observe;
  /**
   * Epoch ms that requests are dated and signed with, called before each attempt; `now` by default. A clock that is more
   * than 15 minutes off needs the service's time here, which may take a request.
   */
  signingTime?: () => number | Promise<number>;
  /** Epoch ms of the clock that dates exchanges and that the service's is compared with; this device's by default. */
  now?: () => number;
  /**
   * Called before each attempt is signed and before it is sent; when it throws, nothing is sent and the caller gets the
   * error. A connection that becomes read-only thereby also stops repeats.
   */
  guard?: (call: Pick<Call, 'operation'>) => void;
  /**
   * Called before each attempt: whether reads go to the secondary endpoint, and where that is when the connection does not
   * say. Operations that change something are then refused.
   */
  secondary?: () => { reads: boolean; endpoint?: string | undefined };
  /** Whether requests get through. While they do not, nothing is sent that changes something. */
  network?: () => Network | undefined;
  /**
   * True where a browser asks the service before it sends headers of ours: repeated reads by key are then signed without any, by
   * `createReadSignatures`.
   */
  hasPreflights?: boolean;
  /** Waits between two attempts; tests replace it. */
  delay?: typeof delay;
  /** 0–1, for the jitter of waits; tests replace it. */
  random?: () => number;
  /** Returns a new id for a call or an attempt; an own source by default. */
  nextId?: () => string;
  /**
   * Explains a refusal in sentences, for `StorageError.explanation`, before it is thrown. May load code.
   */
  explain?: ((error: StorageError) => Promise<string | undefined>) | undefined;
};

/** For one attempt: twice the service's own timeout, for responses of 2 MiB on slow networks. */
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * Sends calls to one account: builds, signs, fetches, observes, repeats, throws. Signs every attempt anew, since a signature
 * contains a date. Once a response is lost, every later failure of the call has `afterLostAnswer`.
 * @throws StorageError when the service refuses, UnreachableError when no answer can be read,
 * PageBlockedError when this page may not reach the host; aborts and parts of the page that did not arrive pass untouched.
 */
export function createTransport(
  connection: Connection,
  {
    fetch = globalThis.fetch.bind(globalThis),
    readXml = readXmlInBrowser,
    observe = () => {},
    guard = () => {},
    signingTime,
    now = Date.now,
    secondary,
    network: currentNetwork,
    hasPreflights = false,
    delay: wait = delay,
    random = Math.random,
    nextId = createIds(),
    explain,
  }: Wire = {},
): Transport {
  const skew = createClockSkew();
  const timeoutFor = createRequestTimeouts(REQUEST_TIMEOUT_MS);
  let readSignatures: ReadSignatures | undefined;
  let isLoadingReads = false;

  async function send(call: Call): Promise<Answer> {
    const callId = nextId();
    let { afterLostAnswer = false } = call;
    let isRenewed = false;
    for (let attempt = 1; ; attempt++) {
      const { answer, error, token, isReadBySas, finish } = await exchange(call, callId, attempt, afterLostAnswer);
      if (!error) {
        finish();
        reportDate(call, answer);
        return answer;
      }
      if (token !== undefined && !isRenewed && error instanceof StorageError && isTokenRefused(error)) {
        isRenewed = true;
        finish();
        if (!(await isRenewable(token, call.signal))) {
          reportDate(call, answer);
          throw error;
        }
        finish(true);
        continue;
      }
      if (isReadBySas && error instanceof StorageError && error.status === 403) {
        // It tells nothing of the key, which the account knows by headers.
        readSignatures?.refused();
        finish(true);
        continue;
      }
      const pause = waitBeforeRepeat(error, call.repeatable, attempt, random());
      finish(pause !== undefined);
      if (pause === undefined) {
        reportDate(call, answer);
        if (answer && afterLostAnswer && isDone(call, error)) return answer;
        throw error;
      }
      afterLostAnswer ||= mayHaveWorked(error);
      await wait(pause, call.signal);
    }
  }

  /** True once the refused token is replaced; any call can then be repeated, since its refusal precedes the operation. */
  async function isRenewable(refused: string, signal: AbortSignal | undefined): Promise<boolean> {
    const { credential } = connection;
    if (credential.kind !== 'token' || !credential.renewToken) return false;
    try {
      return (await credential.renewToken(refused, signal)) !== refused;
    } catch (error) {
      // The caller gets the refusal, which says more.
      if (error instanceof TokenNeededError) return false;
      throw error;
    }
  }

  /** Makes one attempt. `finish` reports its end to the observer; an abort is reported and thrown at once. */
  async function exchange(call: Call, callId: string, attempt: number, afterLostAnswer: boolean): Promise<Attempt> {
    call.signal?.throwIfAborted();
    guard(call);
    const network = currentNetwork?.();
    if (network && changesSomething(call) && !(await network.isThere())) {
      return { error: unreachable(call, { notSent: true, afterLostAnswer, network }), finish: () => {} };
    }
    const wasThere = network?.loss() === undefined;
    const id = nextId();
    const signingMs = await signingTime?.();
    const startedAt = now();
    const signedAt = signingMs ?? startedAt;
    const [directedCall, directedTo] = directed(call);
    const read = await readSignatures?.for(directedCall, signedAt);
    const signedBy = read ? { ...directedTo, credential: { kind: 'sas', ...read } as const } : directedTo;
    const request = await toRequest(directedCall, signedBy, { now: signedAt, requestId: id });
    // Again, since the signing time or a token prompt may have taken a while.
    guard(call);
    const hide = redactor(request.secrets);
    const record = describe(call, request, hide, {
      id,
      callId,
      attempt,
      startedAt,
      ...(connection.relay && { relayed: true }),
    });
    const tell: Observe = (seen) => {
      observe(seen);
      call.observe?.(seen);
    };
    tell(record);

    let start = performance.now();
    let waited = 0;
    let duration: number | undefined;
    const end = (outcome: Partial<Exchange>) =>
      tell({
        ...record,
        ...(waited >= 1 && { waited, startedAt: new Date(startedAt + waited) }),
        duration: (duration ??= performance.now() - start),
        ...outcome,
      });
    let answer: Answer;
    const timeout = timeoutFor(call.signal);
    const queued = () => {
      timeout.hold();
      return () => {
        timeout.restart();
        waited = performance.now() - start;
        start += waited;
      };
    };
    try {
      const response = await fetch(request.url, toInit(request, timeout.signal, queued));
      if (isRedirect(response)) throw new Redirect();
      const { status, statusText, headers } = response;
      answer = { status, statusText, headers, body: readable(status, await response.text()), readXml };
    } catch (cause) {
      if (call.signal?.aborted || isAbort(cause)) {
        end({ failure: { message: 'Cancelled' } });
        throw cause;
      }
      if (cause instanceof PageBlockedError || isMissingPart(cause)) {
        end({ failure: { message: cause.message } });
        throw cause;
      }
      const isLost = network?.failed(cause) ?? false;
      const notSent = cause instanceof RelayError && cause.notSent;
      const error = unreachable(call, { exchangeId: id, afterLostAnswer, cause, notSent, ...(isLost && { network }) });
      return {
        error,
        finish: (willRetry) => end({ failure: { message: error.message }, ...(willRetry && { willRetry }) }),
      };
    } finally {
      timeout.end();
    }

    network?.answered(wasThere);
    skew.measure(timeOf(answer), startedAt + waited, now());
    // A secret in the response is known only now.
    const secret = call.secretAnswer ? /<Value>([^<]+)</.exec(answer.body)?.[1] : undefined;
    const hideAnswer = secret === undefined ? hide : redactor([...request.secrets, secret]);
    const response = {
      status: answer.status,
      statusText: hide(answer.statusText),
      headers: [...answer.headers].map(([name, value]): [string, string] => [name, hide(value)]),
      body: hideAnswer(answer.body),
    };
    if (answer.status < 400) {
      // The account knows the key now. Until the part is there, and without it, all is signed by headers.
      if (hasPreflights && request.stringToSign !== undefined && !read) void loadReads();
      return { answer, finish: () => end({ response }) };
    }
    const measured = skew.value();
    // A SAS has times of its own, independent of this device's clock.
    const isDated = measured !== undefined && request.stringToSign !== undefined && !read;
    const error = readError(
      { ...answer, statusText: response.statusText, body: response.body },
      {
        exchangeId: id,
        now: now(),
        operation: call.operation,
        credential: connection.credential.kind,
        afterLostAnswer,
        ...(isDated && { signedOffMs: signedAt - startedAt - measured }),
      },
    );
    // What is not there needs no more words than that.
    if (answer.status !== 404) error.explanation = await explain?.(error);
    const failure = { message: error.message, ...(error.code !== undefined && { code: error.code }) };
    const { token } = request;
    return {
      answer,
      error,
      token,
      isReadBySas: read !== undefined,
      finish: (willRetry) => end({ response, failure, ...(willRetry && { willRetry }) }),
    };
  }

  async function loadReads(): Promise<void> {
    const { credential } = connection;
    if (credential.kind !== 'key' || readSignatures || isLoadingReads) return;
    isLoadingReads = true;
    try {
      const { createReadSignatures } = await import('./read-signature');
      readSignatures = createReadSignatures(connection, credential.key);
    } catch {
      // The next read asks for it again.
    }
    isLoadingReads = false;
  }

  /** The call and connection with the endpoint to use: the call's own, or the secondary while reads go there. */
  function directed(call: Call): [Call, Connection] {
    const { reads = false, endpoint } = secondary?.() ?? {};
    if (reads && changesSomething(call)) throw new InvalidInputError('secondaryEndpoint', READ_ONLY);
    const secondaryEndpoint = connection.secondaryEndpoint ?? endpoint;
    return [
      reads ? { ...call, secondary: true } : call,
      secondaryEndpoint === undefined ? connection : { ...connection, secondaryEndpoint },
    ];
  }

  return { send, clockSkew: skew.value };
}

const changesSomething = ({ operation }: Call): boolean => permissionsFor(operation).changes;

const READ_ONLY = `Not sent. ${READS_SECONDARY}. Go back to the primary first.`;

type Finish = (willRetry?: boolean) => void;
type Attempt =
  | { answer: Answer; error?: undefined; token?: undefined; isReadBySas?: undefined; finish: Finish }
  | {
      answer?: Answer;
      error: StorageError | UnreachableError;
      token?: string | undefined;
      isReadBySas?: boolean;
      finish: Finish;
    };

const toInit = (
  { method, headers, body }: SignedRequest,
  signal: AbortSignal,
  queued: NonNullable<QueuedInit['queued']>,
): QueuedInit => ({
  method,
  headers,
  cache: cacheMode(method),
  // A signature is for one host alone, and so is the message in the body.
  redirect: 'manual',
  ...(body && { body }),
  signal,
  queued,
});

/** A cause of UnreachableError. */
class Redirect extends Error {
  override readonly name = 'Redirect';
}

/** A browser hides everything of a redirect but that it is one; Node shows its status. */
const isRedirect = ({ type, status }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400);

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** True for a part of the page that did not arrive (`PartError`), as one of the sandbox: nothing was sent. */
const isMissingPart = (error: unknown): error is Error => error instanceof Error && error.name === 'PartError';

const isDone = ({ doneWhenRepeated }: Call, error: StorageError | UnreachableError): boolean =>
  error instanceof StorageError && error.code !== undefined && (doneWhenRepeated?.includes(error.code) ?? false);

function reportDate({ onDate }: Call, answer: Answer | undefined): void {
  const date = new Date(onDate && answer ? (timeOf(answer) ?? '') : '');
  if (!Number.isNaN(date.getTime())) onDate?.(date);
}

type UnreachableFacts = {
  exchangeId?: string;
  afterLostAnswer: boolean;
  cause?: unknown;
  notSent: boolean;
  network?: Network | undefined;
};

const LOSSES = { network: 'there is no network', server: 'the local server does not answer' } as const;

function unreachable(call: Call, facts: UnreachableFacts): UnreachableError {
  const { cause, notSent, afterLostAnswer, network } = facts;
  const redirected = cause instanceof Redirect || (cause instanceof RelayError && cause.redirected);
  const what = notSent
    ? 'was not sent'
    : redirected
      ? 'was answered with a redirect, which is not followed'
      : 'got no answer that this page can read';
  // What answered the redirect may have passed the request on.
  const ambiguous = notSent ? afterLostAnswer : redirected ? changesSomething(call) : !call.repeatable;
  const loss = network?.loss();
  const why = loss === undefined ? '' : `: ${LOSSES[loss]}`;
  const may = ambiguous
    ? ` It may ${loss === undefined ? 'have been carried out all the same' : 'or may not have been carried out'}.`
    : '';
  return new UnreachableError(`${call.operation} ${what}${why}.${may}`, {
    ambiguous,
    redirected,
    loss,
    ...facts,
  });
}

function describe(
  call: Call,
  request: SignedRequest,
  hide: (text: string) => string,
  { startedAt, ...ids }: Pick<Exchange, 'id' | 'callId' | 'attempt' | 'relayed'> & { startedAt: number },
): Exchange {
  const { text } = request;
  return {
    ...ids,
    operation: call.operation,
    method: request.method,
    url: hide(request.url),
    startedAt: new Date(startedAt),
    request: {
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, hide(value)]),
      ...(text !== undefined && { body: hide(text) }),
      ...(request.stringToSign !== undefined && { stringToSign: hide(request.stringToSign) }),
    },
  };
}
