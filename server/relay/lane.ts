import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import {
  createFrameReader,
  type Frame,
  FrameProblem,
  LANE,
  LANE_LIMITS,
  LANE_REQUESTS,
  type LaneAnswer,
  writeFrame,
} from '../../src/azure/relay/lane-frames';
import { type Address, addressesOf, type Resolve } from './relay-address';
import { checkedHeaders, checkFraming, malformed } from './relay-guard';
import { PREFIX, RelayRefusal, refusalOf, type Target } from './relay-target';
import { originOf, type RELAY_LIMITS, type ReturnedHeaders, SHUT, type Upstream } from './upstream';

/** Bytes of an answer that go to the page in one frame. */
const PIECE = 65_536;

export type LaneOptions = {
  /** @throws RelayRefusal */
  targetOf: (address: string, port: number) => Target;
  resolve: Resolve;
  upstream: Upstream;
  limits: typeof RELAY_LIMITS;
};

type Batch = { port: number; signal: AbortSignal };

export const isLane = ({ url }: IncomingMessage): boolean => url === LANE;

/**
 * Passes many requests of one request of the page on at a time, and each answer back as it comes. Whatever the relay asks of a
 * request holds for each of a batch: what one is refused for ends no other. It repeats nothing; what has not begun when the page
 * goes away is never sent. Called for what comes from the server's own page alone.
 */
export function createLane({ targetOf, resolve, upstream, limits }: LaneOptions) {
  const enter = createGates(LANE_REQUESTS);

  /** @throws RelayRefusal for what is no batch: nothing of it is passed on */
  return async function answer(request: IncomingMessage, response: ServerResponse, batch: Batch): Promise<void> {
    const frames = await readBatch(request, limits.body);
    if (batch.signal.aborted) return;
    response.writeHead(200, { ...SHUT, 'content-type': 'application/octet-stream' });
    response.flushHeaders();
    // Each of its answers may wait for the page.
    setMaxListeners(4 * LANE_LIMITS.requests, response, batch.signal);
    const addresses = createAddressBook(resolve);
    const write = createWriter(response);
    await Promise.all(frames.map((frame, n) => pass(frame, n, { ...batch, write, addresses })));
    response.end();
  };

  /** Never rejects: what goes wrong with one request is told of that one. */
  async function pass({ head, body }: Frame, n: number, { port, signal, write, addresses }: Passing): Promise<void> {
    try {
      const { method, url, pairs } = requestIn(head);
      const headers = checkedHeaders(method, [...pairs, ['content-length', String(body.length)]]);
      // As a browser does it: a write without a body says that it has none.
      if (body.length === 0 && method !== 'PUT' && method !== 'POST') delete headers['content-length'];
      const target = targetOf(PREFIX + url.replace('://', '/'), port);
      const found = await addresses(target);
      const leave = await enter(originOf(target), signal);
      try {
        await upstream.checkService(target, found);
        await upstream.passOn(
          {
            method,
            headers,
            target,
            addresses: found,
            send(asked, sent) {
              sent();
              asked.end(body);
            },
            answered: (status, returned, statusText) => answerWriter(write, { n, status, statusText, returned }),
          },
          signal,
        );
      } finally {
        leave();
      }
    } catch (error) {
      if (signal.aborted) return;
      const { word, way, message } = refusalOf(error);
      write(writeFrame({ n, refused: word, way }, Buffer.from(message)), () => {});
    }
  }
}

/** Calls `then` when the page takes more. */
type Write = (frame: Uint8Array, then: () => void) => void;

type Passing = Batch & { write: Write; addresses: (target: Target) => Promise<Address[]> };

/** @throws RelayRefusal for what is no batch, is too large, or does not come in time */
async function readBatch(request: IncomingMessage, patience: number): Promise<Frame[]> {
  if (request.method !== 'POST') throw new RelayRefusal(405, 'malformed', 'The lane is asked by POST.');
  checkFraming(request.headers);
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (!(length > 0)) throw malformed('A batch has a length.');
  if (length > LANE_LIMITS.bytes) throw new RelayRefusal(413, 'size', 'A batch of the lane has 4 MiB at most.');
  const late = setTimeout(() => request.destroy(), patience);
  try {
    const reader = createFrameReader(LANE_LIMITS.bytes);
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const frames: Frame[] = [];
    // One by one: a batch of empty frames has a million of them.
    for (const frame of reader.read(Buffer.concat(pieces))) {
      if (frames.push(frame) <= LANE_LIMITS.requests) continue;
      throw new RelayRefusal(413, 'size', `A batch of the lane has ${LANE_LIMITS.requests} requests at most.`);
    }
    if (!reader.isEmpty()) throw new FrameProblem('A batch of the lane ends within a request.');
    return frames;
  } catch (error) {
    throw error instanceof FrameProblem ? malformed(error.message) : error;
  } finally {
    clearTimeout(late);
  }
}

const isPair = (pair: unknown): pair is [string, string] =>
  Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');

/** @throws RelayRefusal where the head of a frame is not one of a request */
function requestIn({ method, url, headers }: Frame['head']) {
  if (typeof method !== 'string' || typeof url !== 'string' || !Array.isArray(headers) || !headers.every(isPair)) {
    throw malformed('A request of a batch has a method, an address and headers.');
  }
  if (headers.some(([name]) => name.toLowerCase() === 'content-length')) {
    throw malformed('The length of a body in a batch is that of its bytes.');
  }
  return { method, url, pairs: headers };
}

/** Looks each name up once a batch, and checks where it leads. */
function createAddressBook(resolve: Resolve): Passing['addresses'] {
  const known = new Map<string, Promise<Address[]>>();
  return (target) => {
    const key = `${target.kind} ${target.hostname}`;
    const found = known.get(key) ?? addressesOf(target, resolve);
    known.set(key, found);
    return found;
  };
}

/** Lets so many at a time through to each origin, the others in their order. */
function createGates(limit: number) {
  const gates = new Map<string, { running: number; waiting: Set<() => void> }>();

  /** Resolves with what lets the next one through. @throws what aborts the signal */
  return async function enter(origin: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const gate = gates.get(origin) ?? { running: 0, waiting: new Set() };
    gates.set(origin, gate);
    if (gate.running < limit) gate.running++;
    else await turn(gate.waiting, signal);
    return () => {
      const [next] = gate.waiting;
      if (next) return next();
      gate.running--;
      if (gate.running === 0) gates.delete(origin);
    };
  };
}

/** Waits until it is let through, or until the signal aborts. */
function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      waiting.delete(go);
      signal.removeEventListener('abort', drop);
    };
    const go = () => {
      end();
      resolve();
    };
    const drop = () => {
      end();
      reject(signal.reason as Error);
    };
    waiting.add(go);
    signal.addEventListener('abort', drop);
  });
}

/** Writes frames to the page; those of one moment go as one piece. */
function createWriter(response: ServerResponse): Write {
  let isCorked = false;
  // Without a listener, a page that goes away in the middle would end the server.
  response.on('error', () => {});
  return (frame, then) => {
    if (response.destroyed) return;
    if (!isCorked) {
      isCorked = true;
      response.cork();
      setImmediate(() => {
        isCorked = false;
        response.uncork();
      });
    }
    if (response.write(frame)) then();
    else response.once('drain', then);
  };
}

type Head = { n: number; status: number; statusText: string; returned: ReturnedHeaders };

/** Writes an answer in frames, the usual small one in a single frame, at the pace of the page. */
function answerWriter(send: Write, { n, status, statusText, returned }: Head): Writable {
  const headers = Object.entries(returned).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  let head: LaneAnswer = { n, status, statusText, headers };
  let pieces: Buffer[] = [];
  let length = 0;

  function write(more: boolean, then: () => void): void {
    send(writeFrame(more ? { ...head, more } : head, Buffer.concat(pieces)), then);
    head = { n };
    pieces = [];
    length = 0;
  }

  return new Writable({
    write(piece: Buffer, _, then) {
      pieces.push(piece);
      length += piece.length;
      if (length < PIECE) then();
      else write(true, then);
    },
    final: (then) => write(false, then),
  });
}
