import {
  createFrameReader,
  type Frame,
  FrameProblem,
  LANE,
  LANE_LIMITS,
  LANE_REQUESTS,
  writeFrame,
} from './lane-frames';
import { TO_OWN_SERVER } from './own-server';
import { addressOf, RelayError, refusalIn, relayFetch } from './relay-fetch';

/** Batches under way at a time: a browser has six connections to one host, and other requests of the page need some. */
const BATCHES = 4;
/** Requests that go one by one before others are gathered: what a person does waits for no batch. */
const LONE = 2;
/** Writes that wait are few while more than so many times as many requests are under way: they wait for others, this long at most. */
const FEW = 4;
const HELD_MS = 8;
/** Bytes of a whole answer at most, as the relay bounds it. */
const LARGEST_ANSWER = 67_108_864;
/** Answers that have no body, and take none (https://fetch.spec.whatwg.org/#null-body-status). */
const WITHOUT_BODY = new Set([204, 205, 304]);

type Options = {
  fetch?: typeof globalThis.fetch;
  /** How a request goes that needs no batch. */
  relay?: typeof globalThis.fetch;
};

/** What a caller may give besides: `queued` is called where the request has to wait for its turn, and what it gives once that comes. */
export type QueuedInit = RequestInit & { queued?: () => () => void };

/**
 * Makes a `fetch` that sends requests through the relay at `origin`, this page's own: one by one as `relayFetch` does, and many at a
 * time in batches by its lane. It repeats nothing. A request whose batch breaks off before its answer came fails as one over a
 * broken connection; one whose signal aborts before its batch began is never sent.
 * @throws RelayError instead of a TypeError when the network fails
 */
export function laneFetch(
  origin: string,
  { fetch = globalThis.fetch.bind(globalThis), relay = relayFetch(origin, fetch) }: Options = {},
): typeof globalThis.fetch {
  const waiting: Waiting[] = [];
  let lone = 0;
  let batches = 0;
  let underWay = 0;
  let isFlushing = false;
  let held: ReturnType<typeof setTimeout> | undefined;

  async function alone(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> {
    lone++;
    try {
      return await relay(input, init);
    } finally {
      lone--;
    }
  }

  /**
   * Sends once the caller has gone on, so that requests of the same moment share a batch; and where few writes wait beside many requests
   * that are under way, a little later, since few large batches cost less work than many small ones. A read waits for no others: all
   * work on what a receive brings begins with its answer.
   */
  async function flush(): Promise<void> {
    if (isFlushing || waiting.length === 0) return;
    if (waiting.length * FEW < underWay && !waiting.some(({ method }) => method === 'GET')) {
      held ??= setTimeout(sendAll, HELD_MS);
      return;
    }
    isFlushing = true;
    await Promise.resolve();
    isFlushing = false;
    sendAll();
  }

  function sendAll(): void {
    clearTimeout(held);
    held = undefined;
    while (waiting.length > 0 && batches < BATCHES && underWay < LANE_REQUESTS) void send(nextBatch());
  }

  /** Takes as many of those that wait as one batch may have. */
  function nextBatch(): Batch {
    const batch: Batch = [];
    let bytes = 0;
    for (
      let next = waiting[0];
      next && underWay + batch.length < LANE_REQUESTS && batch.length < LANE_LIMITS.requests;
      next = waiting[0]
    ) {
      const frame = writeFrame(
        { n: batch.length, method: next.method, url: next.url, headers: next.headers },
        next.body,
      );
      if (batch.length > 0 && bytes + frame.length > LANE_LIMITS.bytes) break;
      waiting.shift();
      next.begin();
      bytes += frame.length;
      batch.push({ call: next, frame, answer: undefined });
    }
    return batch;
  }

  /** Never rejects. */
  async function send(batch: Batch): Promise<void> {
    batches++;
    underWay += batch.length;
    const open = new Set(batch);
    const gone = new AbortController();
    const look = () => void ([...open].every(({ call }) => call.isAborted()) && gone.abort());
    for (const { call } of batch) call.onAbort(look);
    try {
      const reader = await post(batch, gone.signal);
      for await (const frame of reader) {
        // More than all that was asked for is no answer of this server.
        if (open.size === 0) break;
        const { n } = frame.head;
        const part = typeof n === 'number' ? batch[n] : undefined;
        if (!part || !open.has(part) || !take(part, frame)) continue;
        open.delete(part);
        underWay--;
        if (open.size === 0) batches--;
        else look();
        void flush();
      }
      throw new RelayError(BROKEN, { reached: false });
    } catch (error) {
      for (const { call } of open) call.fail(error);
    }
    if (open.size > 0) batches--;
    underWay -= open.size;
    void flush();
  }

  async function post(batch: Batch, signal: AbortSignal): Promise<AsyncGenerator<Frame>> {
    const body = joined(batch.map(({ frame }) => frame));
    const init = { ...TO_OWN_SERVER, method: 'POST', redirect: 'error', cache: 'no-store', signal, body } as const;
    const response = await reachServer(() => fetch(origin + LANE, init));
    const refusal = await refusalIn(response);
    if (refusal) throw refusal;
    return framesOf(response);
  }

  return (input, init) => {
    const isIdle = lone < LONE && waiting.length === 0 && batches === 0;
    if (isIdle || !isPlain(init) || init?.signal?.aborted) return alone(input, init);
    return new Promise((resolve, reject) => {
      const call = createWaiting(input, init, { resolve, reject }, () => waiting.splice(waiting.indexOf(call), 1));
      waiting.push(call);
      void flush();
    });
  };
}

/** True without a body, and for one of bytes: whatever the client sends. */
const isPlain = (init: RequestInit | undefined): boolean => init?.body == null || init.body instanceof Uint8Array;

const BROKEN = 'The local server that relays requests does not answer.';
const UNREADABLE = 'The local server that relays requests answered in a way that cannot be read.';

/** @throws RelayError, and aborts untouched */
async function reachServer<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof DOMException) throw cause;
    throw new RelayError(BROKEN, { reached: false, cause });
  }
}

/** The frames of an answer as they come. @throws RelayError where it breaks off, or is none */
async function* framesOf({ body }: Response): AsyncGenerator<Frame> {
  const pieces = body?.getReader();
  const frames = createFrameReader(LANE_LIMITS.piece);
  try {
    for (;;) {
      const piece = await reachServer(async () => pieces?.read());
      if (!piece || piece.done) return;
      yield* frames.read(piece.value);
    }
  } catch (cause) {
    throw cause instanceof FrameProblem ? new RelayError(UNREADABLE, { reached: true, cause }) : cause;
  } finally {
    // What is still to come of it is not looked at.
    pieces?.cancel().catch(() => {});
  }
}

type Part = { call: Waiting; frame: Uint8Array<ArrayBuffer>; answer: Answer | undefined };
type Batch = Part[];
type Answer = { init: ResponseInit; pieces: Uint8Array<ArrayBuffer>[]; bytes: number };

/** Takes a frame for a request; true when that was its last. */
function take(part: Part, { head, body }: Frame): boolean {
  const { call } = part;
  try {
    if (typeof head['refused'] === 'string') {
      const way = typeof head['way'] === 'string' ? head['way'] : null;
      call.fail(new RelayError(new TextDecoder().decode(body), { reached: true, word: head['refused'], way }));
      return true;
    }
    const answer = (part.answer ??= { init: initOf(head), pieces: [], bytes: 0 });
    const { init, pieces } = answer;
    answer.bytes += body.length;
    if (answer.bytes > LARGEST_ANSWER) throw new FrameProblem('An answer of the lane is too long.');
    if (body.length > 0) pieces.push(body);
    if (head['more'] === true) return false;
    call.answer(new Response(WITHOUT_BODY.has(init.status ?? 0) ? null : joined(pieces), init));
  } catch (cause) {
    call.fail(new RelayError(UNREADABLE, { reached: true, cause }));
  }
  return true;
}

/** Bytes in one piece: a Blob is kept by another process of the browser, which costs more than the request. */
function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const initOf = ({ status, statusText, headers }: Frame['head']): ResponseInit => ({
  status: Number(status),
  statusText: String(statusText),
  headers: headers as [string, string][],
});

/** A request that waits for its batch, and then for its answer. */
type Waiting = {
  method: string;
  url: string;
  headers: [name: string, value: string][];
  body: Uint8Array | undefined;
  /** It is in a batch now. */
  begin: () => void;
  isAborted: () => boolean;
  onAbort: (listener: () => void) => void;
  answer: (response: Response) => void;
  fail: (error: unknown) => void;
};

type Settle = { resolve: (response: Response) => void; reject: (error: unknown) => void };

function createWaiting(
  input: RequestInfo | URL,
  { method = 'GET', headers, body, signal, queued }: QueuedInit = {},
  { resolve, reject }: Settle,
  leave: () => void,
): Waiting {
  let hasBegun = false;
  const sent = queued?.();
  let listener: (() => void) | undefined;
  const abort = () => {
    reject(signal?.reason);
    if (hasBegun) listener?.();
    else leave();
  };
  signal?.addEventListener('abort', abort, { once: true });
  const settled = () => signal?.removeEventListener('abort', abort);
  return {
    method,
    url: addressOf(input),
    headers: [...new Headers(headers)],
    body: body instanceof Uint8Array ? body : undefined,
    begin() {
      hasBegun = true;
      sent?.();
    },
    isAborted: () => signal?.aborted === true,
    onAbort: (told) => (listener = told),
    answer(response) {
      settled();
      resolve(response);
    },
    fail(error) {
      settled();
      reject(error);
    },
  };
}
