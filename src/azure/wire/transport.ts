import type { Connection } from '../protocol/connection';
import { InvalidInputError, StorageError, TokenNeededError, UnreachableError } from '../protocol/errors';
import type { Exchange, Observe } from '../protocol/exchange';
import { permissionsFor, READS_SECONDARY } from '../protocol/operation-table';
import { createClockSkew } from './clock-skew';
import { type Answer, readError, timeOf } from './error-response';
import type { XmlElement } from './fast-xml';
import { redactor } from './redact-secrets';
import { createIds } from './request-ids';
import { delay, mayHaveWorked, waitBeforeRepeat } from './retry';
import { bodyOf, type Call, type SignedRequest, toRequest } from './signed-request';
import { isTokenRefused } from './token-refused';
import { readXmlInBrowser } from './xml';

export type Send = (call: Call) => Promise<Answer>;
export type Transport = { send: Send; clockSkew: () => number | undefined };

/** What carries requests and who is told. */
export type Wire = {
  /** What carries requests; the sandbox passes its own. */
  fetch?: typeof globalThis.fetch;
  /** What reads the XML of answers, its root element or undefined; where there is no browser, it is `readPlainXml`. */
  readXml?: (text: string) => XmlElement | undefined;
  observe?: Observe;
  /**
   * Epoch ms that requests are dated and signed with, asked before each attempt; this device's clock when left out. A
   * clock that is more than 15 minutes off needs the service's time here, and may have to be waited for.
   */
  signingTime?: () => number | Promise<number>;
  /** Epoch ms by the clock that exchanges are dated by and the service's is compared with; this device's when left out. */
  now?: () => number;
  /**
   * Asked before each attempt is signed and before it is sent; what it throws is what the caller gets, and nothing is
   * sent. So a change of mind (a connection that is now only to be read) also stops what was going to be repeated.
   */
  guard?: (call: Pick<Call, 'operation'>) => void;
  /**
   * Asked before each attempt: whether reads go to the read-only endpoint for now, and where that is when the connection
   * does not say. While they do, what changes something is refused here.
   */
  secondary?: () => { reads: boolean; endpoint?: string | undefined };
  /** Waits between two attempts, in ms; real time when left out. Tests pass one that does not wait. */
  delay?: typeof delay;
  /** Ids of calls and attempts, each given once; the account has a source of its own when left out. */
  nextId?: () => string;
  /**
   * Asked of a refusal with status 403 before it is thrown: why, in a sentence, for `StorageError.explanation`. It may load
   * what it needs for that.
   */
  explain?: ((error: StorageError) => Promise<string | undefined>) | undefined;
};

/** Time and chance, replaced in tests. */
export type Timing = { now: () => number; random: () => number; delay: typeof delay };
const realTiming: Timing = { now: Date.now, random: Math.random, delay };

/** Milliseconds for one attempt: twice what the service gives itself, for answers of 2 MiB on slow lines. */
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * The way to one account: build, sign, fetch, observe, repeat, throw. Every attempt is signed afresh, because a
 * signature holds a date. Once an answer is lost, every failure of the same call says so, whatever came in between.
 * @throws StorageError when the service refuses, UnreachableError when no answer can be read; aborts pass untouched.
 */
export function createTransport(
  connection: Connection,
  {
    fetch = globalThis.fetch.bind(globalThis),
    readXml = readXmlInBrowser,
    observe = () => {},
    guard = () => {},
    signingTime,
    now: clock,
    secondary,
    delay: waiting,
    nextId = createIds(),
    explain,
  }: Wire = {},
  { now: deviceTime, random, delay: realDelay }: Timing = realTiming,
): Transport {
  const skew = createClockSkew();
  const now = clock ?? deviceTime;
  const wait = waiting ?? realDelay;

  async function send(call: Call): Promise<Answer> {
    const callId = nextId();
    let { afterLostAnswer = false } = call;
    let isRenewed = false;
    for (let attempt = 1; ; attempt++) {
      const { answer, error, token, finish } = await exchange(call, callId, attempt, afterLostAnswer);
      if (!error) {
        finish();
        tellDate(call, answer);
        return answer;
      }
      if (token !== undefined && !isRenewed && error instanceof StorageError && isTokenRefused(error)) {
        isRenewed = true;
        finish();
        if (!(await isRenewable(token, call.signal))) {
          tellDate(call, answer);
          throw error;
        }
        finish(true);
        continue;
      }
      const pause = waitBeforeRepeat(error, call.repeatable, attempt, random());
      finish(pause !== undefined);
      if (pause === undefined) {
        tellDate(call, answer);
        if (answer && afterLostAnswer && isDone(call, error)) return answer;
        throw error;
      }
      afterLostAnswer ||= mayHaveWorked(error);
      await wait(pause, call.signal);
    }
  }

  /** True once there is another token in place of a refused one. Such a refusal comes before anything is done: any call can be repeated. */
  async function isRenewable(refused: string, signal: AbortSignal | undefined): Promise<boolean> {
    const { credential } = connection;
    if (credential.kind !== 'token' || !credential.renewToken) return false;
    try {
      return (await credential.renewToken(refused, signal)) !== refused;
    } catch (error) {
      // The refusal says more than that nobody had another token.
      if (error instanceof TokenNeededError) return false;
      throw error;
    }
  }

  /** One attempt. `finish` tells the observer how it ended; an abort is told and thrown at once. */
  async function exchange(call: Call, callId: string, attempt: number, afterLostAnswer: boolean): Promise<Attempt> {
    call.signal?.throwIfAborted();
    guard(call);
    const id = nextId();
    const asked = await signingTime?.();
    const startedAt = now();
    const signedAt = asked ?? startedAt;
    const request = await toRequest(...directed(call), { now: signedAt, requestId: id });
    // Again, since a clock or a person with the next token may have been waited for, and nothing is sent before this.
    guard(call);
    const hide = redactor(request.secrets);
    const record = describe(call, request, hide, {
      id,
      callId,
      attempt,
      startedAt,
      ...(connection.relay && { relayed: true }),
    });
    observe(record);

    const start = performance.now();
    let duration: number | undefined;
    const end = (rest: Partial<Exchange>) =>
      observe({ ...record, duration: (duration ??= performance.now() - start), ...rest });
    let answer: Answer;
    const patience = createPatience(call.signal);
    try {
      const response = await fetch(request.url, toInit(request, patience.signal));
      const { status, statusText, headers } = response;
      answer = { status, statusText, headers, body: await response.text(), readXml };
    } catch (cause) {
      if (call.signal?.aborted || isAbort(cause)) {
        end({ failure: { message: 'Cancelled' } });
        throw cause;
      }
      const error = unreachable(call, { exchangeId: id, afterLostAnswer, cause });
      return {
        error,
        finish: (willRetry) => end({ failure: { message: error.message }, ...(willRetry && { willRetry }) }),
      };
    } finally {
      patience.end();
    }

    skew.measure(timeOf(answer), startedAt, now());
    // A key in the answer is known only now.
    const secret = call.secretAnswer ? /<Value>([^<]+)</.exec(answer.body)?.[1] : undefined;
    const hideAnswer = secret === undefined ? hide : redactor([...request.secrets, secret]);
    const response = {
      status: answer.status,
      statusText: hide(answer.statusText),
      headers: [...answer.headers].map(([name, value]): [string, string] => [name, hide(value)]),
      body: hideAnswer(answer.body),
    };
    if (answer.status < 400) return { answer, finish: () => end({ response }) };
    const measured = skew.value();
    // A SAS brings times of its own, so that this device's clock is not in it.
    const isDated = measured !== undefined && request.stringToSign !== undefined;
    const error = readError(
      { ...answer, statusText: response.statusText, body: response.body },
      {
        exchangeId: id,
        now: now(),
        operation: call.operation,
        credential: connection.credential.kind,
        afterLostAnswer,
        ...(isDated && { signedOff: signedAt - startedAt - measured }),
      },
    );
    if (answer.status === 403) error.explanation = await explain?.(error);
    const failure = { message: error.message, ...(error.code !== undefined && { code: error.code }) };
    const { token } = request;
    return { answer, error, token, finish: (willRetry) => end({ response, failure, ...(willRetry && { willRetry }) }) };
  }

  /** Where the call goes: as it says, or to the read-only endpoint for now. */
  function directed(call: Call): [Call, Connection] {
    const { reads = false, endpoint } = secondary?.() ?? {};
    if (reads && changesSomething(call)) throw new InvalidInputError('secondaryEndpoint', READ_ONLY);
    const known = connection.secondaryEndpoint ?? endpoint;
    return [
      reads ? { ...call, secondary: true } : call,
      known === undefined ? connection : { ...connection, secondaryEndpoint: known },
    ];
  }

  return { send, clockSkew: skew.value };
}

const changesSomething = ({ operation }: Call): boolean => permissionsFor(operation).changes;

const READ_ONLY = `Not sent. ${READS_SECONDARY}. Go back to the primary first.`;

type Finish = (willRetry?: boolean) => void;
type Attempt =
  | { answer: Answer; error?: undefined; token?: undefined; finish: Finish }
  | { answer?: Answer; error: StorageError | UnreachableError; token?: string | undefined; finish: Finish };

/** Ends one attempt with the caller's signal or after a while. Unlike `AbortSignal.timeout` it leaves no timer behind. */
function createPatience(signal: AbortSignal | undefined): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new DOMException('No answer in time.', 'TimeoutError')),
    REQUEST_TIMEOUT_MS,
  );
  return {
    signal: signal ? AbortSignal.any([signal, controller.signal]) : controller.signal,
    end: () => clearTimeout(timer),
  };
}

const toInit = ({ method, headers, body }: SignedRequest, signal: AbortSignal): RequestInit => ({
  method,
  headers,
  // The service's answers are never to be stored, and a changing query in place of this would defeat the preflight cache.
  cache: 'no-store',
  ...(body && { body }),
  signal,
});

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

const isDone = ({ doneWhenRepeated }: Call, error: StorageError | UnreachableError): boolean =>
  error instanceof StorageError && error.code !== undefined && (doneWhenRepeated?.includes(error.code) ?? false);

function tellDate({ onDate }: Call, answer: Answer | undefined): void {
  const date = new Date(onDate && answer ? (timeOf(answer) ?? '') : '');
  if (!Number.isNaN(date.getTime())) onDate?.(date);
}

const unreachable = (
  { operation, repeatable }: Call,
  facts: { exchangeId: string; afterLostAnswer: boolean; cause: unknown },
): UnreachableError =>
  new UnreachableError(
    repeatable
      ? `${operation} got no answer that this page can read.`
      : `${operation} got no answer that this page can read. It may have been carried out all the same.`,
    { ambiguous: !repeatable, ...facts },
  );

function describe(
  call: Call,
  request: SignedRequest,
  hide: (text: string) => string,
  { startedAt, ...ids }: Pick<Exchange, 'id' | 'callId' | 'attempt' | 'relayed'> & { startedAt: number },
): Exchange {
  const body = bodyOf(call);
  return {
    ...ids,
    operation: call.operation,
    method: request.method,
    url: hide(request.url),
    startedAt: new Date(startedAt),
    request: {
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, hide(value)]),
      ...(body !== undefined && { body: hide(body) }),
      ...(request.stringToSign !== undefined && { stringToSign: hide(request.stringToSign) }),
    },
  };
}
