import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ConnectionOptions } from 'node:tls';
import { createLane, isLane } from './lane';
import { addressesOf, type Resolve, resolveName } from './relay-address';
import { checkSender, passedHeaders } from './relay-guard';
import { PREFIX, RelayRefusal, readTarget, refusalOf, type Target } from './relay-target';
import { createUpstream, RELAY_LIMITS, SHUT } from './upstream';

/** What the page asks first: whether there is a relay, and whether it goes to an endpoint. */
const QUESTION = '/relay.json';

export type RelayOptions = {
  /** More hosts to go to, as `host` or `host:port`; these may be private ones. */
  hosts?: readonly string[];
  /** Every address of a name. */
  resolve?: Resolve;
  limits?: Partial<typeof RELAY_LIMITS>;
  /** For tests: whose certificates are trusted. */
  tls?: Pick<ConnectionOptions, 'ca'>;
};

/** False when the request is not for the relay; `port` is the one that this server listens on. */
export type Relay = (request: IncomingMessage, response: ServerResponse, port: number) => boolean;

/**
 * Passes requests of this server's own page on to a queue service, and its answers back: one by one, or many at a time by the lane.
 * It signs nothing, adds nothing, keeps nothing and logs nothing. What it refuses is answered with `queuescope-relay`, a word for
 * the reason, and where the way to the host is the reason with `queuescope-relay-way`.
 */
export function createRelay({
  hosts = [],
  resolve = resolveName,
  limits: given = {},
  tls = {},
}: RelayOptions = {}): Relay {
  const limits = { ...RELAY_LIMITS, ...given };
  const named = new Set(hosts.map((host) => host.toLowerCase()));
  const upstream = createUpstream({ limits, tls });
  const lane = createLane({ targetOf, resolve, upstream, limits });

  /** @throws RelayRefusal */
  function targetOf(address: string, port: number): Target {
    const target = readTarget(address, named);
    if (target.kind === 'loopback' && target.port === port) {
      throw new RelayRefusal(403, 'host', 'The relay does not go to itself.');
    }
    return target;
  }

  async function answer(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    const until = new AbortController();
    // The time is the account's, or there is none.
    response.sendDate = false;
    try {
      checkSender(request, port);
      response.once('close', () => response.writableFinished || until.abort());
      if (isLane(request)) return await lane(request, response, { port, signal: until.signal });
      const headers = passedHeaders(request);
      if (request.url?.startsWith(QUESTION)) return tell(response, request.url, port);
      const target = targetOf(request.url ?? '', port);
      const addresses = await addressesOf(target, resolve);
      if (until.signal.aborted) return;
      await upstream.checkService(target, addresses);
      await upstream.passOn(
        {
          method: request.method ?? '',
          headers,
          target,
          addresses,
          // Not a pipeline, which would close the page's connection before it is told why.
          send: (asked, sent) => request.once('end', sent).pipe(asked),
          answered: (status, returned) => response.writeHead(status, { ...returned, ...SHUT }),
        },
        // Nothing is sent once the page has gone away.
        until.signal,
      );
    } catch (error) {
      refuse(request, response, error);
    }
  }

  function tell(response: ServerResponse, url: string, port: number): void {
    const endpoint = new URL(url, 'http://localhost').searchParams.get('endpoint') ?? '';
    let why: string | undefined;
    try {
      targetOf(`${PREFIX}${endpoint.replace('://', '/')}`, port);
    } catch (error) {
      if (!(error instanceof RelayRefusal)) throw error;
      why = error.message;
    }
    const body = JSON.stringify(why === undefined ? { allowed: true } : { allowed: false, why });
    response.writeHead(200, { ...SHUT, 'content-type': 'application/json' }).end(body);
  }

  return (request, response, port) => {
    const { url = '' } = request;
    // A whole address in place of a path is for a proxy, which this is not.
    const isOurs = url.startsWith(PREFIX) || url === QUESTION || url.startsWith(`${QUESTION}?`) || isLane(request);
    if (isOurs) void answer(request, response, port);
    return isOurs;
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    // The rest of a body cannot be told from the next request, and half an answer is none.
    response.destroy();
    return;
  }
  const { status, word, message, way } = refusalOf(error);
  const isWhole = request.complete || request.headers['content-length'] === undefined;
  response.writeHead(status, {
    ...SHUT,
    'content-type': 'text/plain;charset=utf-8',
    'queuescope-relay': word,
    ...(way && { 'queuescope-relay-way': way }),
    ...(!isWhole && { connection: 'close' }),
  });
  response.end(message);
}
