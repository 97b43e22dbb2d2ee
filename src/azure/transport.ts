import { createClockSkew } from './clock-skew';
import type { Connection } from './connection';
import { StorageError, UnreachableError } from './errors';
import type { Exchange, Observe } from './exchange';
import { type Answer, readError, timeIn } from './read-error';
import { redactor } from './redact';
import { type Call, type SignedRequest, toRequest } from './request';
import { delay, mayHaveWorked, waitBeforeRepeat } from './retry';

export type Send = (call: Call) => Promise<Answer>;
export type Transport = { send: Send; clockSkew: () => number | undefined };

/** What carries requests and who is told. */
export type Wire = {
  /** What carries requests; the sandbox passes its own. */
  fetch?: typeof globalThis.fetch;
  observe?: Observe;
  /**
   * Epoch ms that requests are dated and signed with, asked before each attempt; this device's clock when left out. A
   * clock that is more than 15 minutes off needs the service's time here, and may have to be waited for.
   */
  signingTime?: () => number | Promise<number>;
  /** Epoch ms by the clock that exchanges are dated by and the service's is compared with; this device's when left out. */
  now?: () => number;
  /** Waits between two attempts, in ms; real time when left out. Tests pass one that does not wait. */
  delay?: typeof delay;
};

/** Time and chance, replaced in tests. */
export type Timing = { now: () => number; random: () => number; delay: typeof delay };
const realTiming: Timing = { now: Date.now, random: Math.random, delay };

/** Milliseconds for one attempt: twice what the service gives itself, for answers of 2 MiB on slow lines. */
const PATIENCE = 60_000;

const tab = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, '0')).join(
  '',
);
let lastId = 0;
/** Unique within this tab, and as `x-ms-client-request-id` all but unique within an account's logs. */
const nextId = () => `${tab}-${++lastId}`;

/**
 * The way to one account: build, sign, fetch, observe, repeat, throw. Every attempt is signed afresh, because a
 * signature holds a date.
 * @throws StorageError when the service refuses, UnreachableError when no answer can be read; aborts pass untouched.
 */
export function createTransport(
  connection: Connection,
  { fetch = globalThis.fetch.bind(globalThis), observe = () => {}, signingTime, now: clock, delay: waiting }: Wire = {},
  { now: deviceTime, random, delay: realDelay }: Timing = realTiming,
): Transport {
  const skew = createClockSkew();
  const now = clock ?? deviceTime;
  const wait = waiting ?? realDelay;

  async function send(call: Call): Promise<Answer> {
    const callId = nextId();
    let maybeDone = false;
    for (let attempt = 1; ; attempt++) {
      const { answer, error, finish } = await exchange(call, callId, attempt);
      if (!error) {
        finish();
        return answer;
      }
      const pause = waitBeforeRepeat(error, call.repeatable, attempt, random());
      finish(pause !== undefined);
      if (answer && maybeDone && call.doneWhenRepeated?.includes(answer.status)) return answer;
      if (pause === undefined) throw error;
      maybeDone ||= mayHaveWorked(error);
      await wait(pause, call.signal);
    }
  }

  /** One attempt. `finish` tells the observer how it ended; an abort is told and thrown at once. */
  async function exchange(call: Call, callId: string, attempt: number): Promise<Attempt> {
    call.signal?.throwIfAborted();
    const id = nextId();
    const signedAt = await signingTime?.();
    const startedAt = now();
    const request = await toRequest(call, connection, { now: signedAt ?? startedAt, requestId: id });
    const hide = redactor(request.secrets);
    const record = describe(call, request, hide, { id, callId, attempt, startedAt });
    observe(record);

    const start = performance.now();
    const end = (rest: Partial<Exchange>) => observe({ ...record, duration: performance.now() - start, ...rest });
    let answer: Answer;
    const patience = createPatience(call.signal);
    try {
      const response = await fetch(request.url, toInit(request, patience.signal));
      const { status, statusText, headers } = response;
      answer = { status, statusText, headers, body: await response.text() };
    } catch (cause) {
      if (call.signal?.aborted || isAbort(cause)) {
        end({ failure: { message: 'Cancelled' } });
        throw cause;
      }
      const error = unreachable(call, id, cause);
      return {
        error,
        finish: (willRetry) => end({ failure: { message: error.message }, ...(willRetry && { willRetry }) }),
      };
    } finally {
      patience.end();
    }

    skew.measure(answer.headers.get('date') ?? timeIn(answer.body), startedAt, now());
    const response = {
      status: answer.status,
      statusText: answer.statusText,
      headers: [...answer.headers].map(([name, value]): [string, string] => [name, hide(value)]),
      body: hide(answer.body),
    };
    if (answer.status < 400) return { answer, finish: () => end({ response }) };
    const error = readError({ ...answer, body: response.body }, { exchangeId: id, now: now() });
    const failure = { message: error.message, ...(error.code !== undefined && { code: error.code }) };
    return { answer, error, finish: (willRetry) => end({ response, failure, ...(willRetry && { willRetry }) }) };
  }

  return { send, clockSkew: skew.value };
}

type Finish = (willRetry?: boolean) => void;
type Attempt =
  | { answer: Answer; error?: undefined; finish: Finish }
  | { answer?: Answer; error: StorageError | UnreachableError; finish: Finish };

/** Ends one attempt with the caller's signal or after a while. Unlike `AbortSignal.timeout` it leaves no timer behind. */
function createPatience(signal: AbortSignal | undefined): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException('No answer in time.', 'TimeoutError')), PATIENCE);
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

const unreachable = ({ operation, repeatable }: Call, exchangeId: string, cause: unknown): UnreachableError =>
  new UnreachableError(
    repeatable
      ? `${operation} got no answer that this page can read.`
      : `${operation} got no answer that this page can read. It may have been carried out all the same.`,
    { ambiguous: !repeatable, exchangeId, cause },
  );

function describe(
  call: Call,
  request: SignedRequest,
  hide: (text: string) => string,
  { startedAt, ...ids }: Pick<Exchange, 'id' | 'callId' | 'attempt'> & { startedAt: number },
): Exchange {
  return {
    ...ids,
    operation: call.operation,
    method: request.method,
    url: hide(request.url),
    startedAt: new Date(startedAt),
    request: {
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, hide(value)]),
      ...(call.body !== undefined && { body: hide(call.body) }),
      ...(request.stringToSign !== undefined && { stringToSign: hide(request.stringToSign) }),
    },
  };
}
