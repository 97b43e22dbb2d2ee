import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { finished, type Writable } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { LANE_REQUESTS } from '../../src/azure/relay/lane-frames';
import { hostIn, isQueueService, isRedirect, only, PROBE } from './reach';
import type { Address } from './relay-address';
import { RelayRefusal, type RelayWay, type RelayWord, type Target } from './relay-target';

/** Names that come back to the page: what an account says. No cookies, no redirects, no policies of others. */
const RETURNED =
  /^(?:content-type|content-length|content-encoding|date|etag|last-modified|retry-after|server|x-ms-[a-z0-9_-]+)$/;

/** Over those of the page: an answer that were opened as a document could do nothing. */
export const SHUT = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** Milliseconds and bytes. A queue service gives itself 30 s; 32 messages of 64 KiB, escaped, stay below the size. */
export const RELAY_LIMITS = {
  probe: 10_000,
  connect: 10_000,
  body: 20_000,
  silence: 60_000,
  whole: 120_000,
  answer: 67_108_864,
};

export type UpstreamOptions = {
  limits: typeof RELAY_LIMITS;
  /** For tests: whose certificates are trusted. */
  tls: Pick<ConnectionOptions, 'ca'>;
};

/** A request that is passed on. */
export type Passage = {
  method: string;
  headers: OutgoingHttpHeaders;
  target: Target;
  addresses: Address[];
  /** Sends the body. `sent` is called with its last byte: until then it may not take longer than `limits.body`. */
  send: (upstream: ClientRequest, sent: () => void) => void;
  /** Takes the status and the headers of the answer, and gives what its body is written to. */
  answered: (status: number, headers: ReturnedHeaders, statusText: string) => Writable;
};

export type ReturnedHeaders = Record<string, string | string[]>;

/** The way to queue services, for all of what this server passes on: it repeats nothing and follows nothing. */
export type Upstream = {
  /**
   * Sees to it that nothing of the page goes to what is no queue service: a host that is not Azure's by its name is sent one
   * GET without credentials first, until it has answered as one.
   * @throws RelayRefusal
   */
  checkService: (target: Target, addresses: Address[]) => Promise<void>;
  /**
   * Settles when the whole answer is with the page; `signal` aborts when the page has gone away.
   * @throws RelayRefusal
   */
  passOn: (passage: Passage, signal: AbortSignal) => Promise<void>;
};

/** Connections beside those of the lane, for what is passed on one by one: more than a browser asks its own server at a time. */
const LONE_SOCKETS = 16;

export function createUpstream({ limits, tls }: UpstreamOptions): Upstream {
  const idle = { keepAlive: true, maxSockets: LANE_REQUESTS + LONE_SOCKETS, timeout: limits.silence };
  const agents = { 'http:': new HttpAgent(idle), 'https:': new HttpsAgent({ ...idle, ...tls }) };
  /** The origins that have answered as a queue service. */
  const services = new Set<string>();
  /** Those that are being asked. */
  const asking = new Map<string, Promise<void>>();

  async function checkService(target: Target, addresses: Address[]): Promise<void> {
    const origin = originOf(target);
    if (target.kind === 'azure' || services.has(origin)) return;
    const known = asking.get(origin) ?? askService(target, addresses).finally(() => asking.delete(origin));
    asking.set(origin, known);
    await known;
  }

  async function askService(target: Target, addresses: Address[]): Promise<void> {
    const { statusCode = 0, headers } = await probe(target, addresses);
    if (isRedirect(statusCode)) throw redirected(target, statusCode, headers.location);
    if (!isQueueService(headers)) throw noService(target);
    if (services.size < MOST_SERVICES) services.add(originOf(target));
  }

  /** Asks for the list of queues without a credential, and leaves the body unread. */
  function probe(target: Target, addresses: Address[]): Promise<IncomingMessage> {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((answered, failed) => {
      const asked = send({
        agent: false,
        ...(target.protocol === 'https:' && tls),
        host: target.hostname,
        port: target.port,
        path: PROBE,
        headers: { host: target.host, accept: 'application/xml' },
        lookup: only(addresses),
      });
      const late = setTimeout(() => asked.destroy(noAnswer(target, 'does not answer in time', 'time')), limits.probe);
      asked.on('error', (error) => failed(reasonOf(error, target, 'none')));
      asked.once('close', () => {
        clearTimeout(late);
        failed(noAnswer(target, 'broke off', 'unreachable'));
      });
      asked.once('response', (came) => {
        answered(came);
        asked.destroy();
      });
      asked.end();
    });
  }

  /** Settles when the whole answer is with the page; `signal` aborts when the page has gone away. */
  function passOn(
    { method, headers, target, addresses, send: sendBody, answered }: Passage,
    signal: AbortSignal,
  ): Promise<void> {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise<void>((done, failed) => {
      let into: Writable | undefined;
      const fail = (error: unknown) => {
        failed(error);
        upstream.destroy();
        into?.destroy();
      };
      const upstream = send({
        agent: agents[target.protocol],
        host: target.hostname,
        port: target.port,
        method,
        path: target.path,
        headers: { ...headers, host: target.host },
        lookup: only(addresses),
        timeout: limits.silence,
        signal,
      });
      let hasAnswered = false;
      const late = (ms: number, refusal: () => RelayRefusal) => setTimeout(() => fail(refusal()), ms);
      /** Once it is there, the host may have what was passed on. */
      let way: RelayWay = 'none';
      const connecting = late(limits.connect, () => noAnswer(target, 'does not answer in time', 'time', 'none'));
      const sending = late(limits.body, () => new RelayRefusal(408, 'time', 'The body did not come in time.'));
      const whole = late(limits.whole, () => noAnswer(target, 'does not finish in time', 'time'));
      const settle = () => [connecting, sending, whole].forEach(clearTimeout);
      const connected = () => {
        way = 'broken';
        clearTimeout(connecting);
      };

      upstream.once('socket', (socket) => {
        if (!socket.connecting) return connected();
        socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
      });
      upstream.once('timeout', () => fail(noAnswer(target, 'fell silent', 'time')));
      // Each of them, since one that nobody hears would end the server.
      upstream.on('error', (error) => fail(reasonOf(error, target, way)));
      upstream.once('close', () => {
        settle();
        // Node ends an unasked change of protocol without an error.
        if (!hasAnswered) fail(noAnswer(target, 'broke off', 'unreachable', way));
      });
      upstream.once('response', (came) => {
        hasAnswered = true;
        came.on('error', fail);
        try {
          into = answered(...headOf(came, target));
        } catch (error) {
          came.resume();
          return fail(error);
        }
        finished(into, (error) => (error ? fail(error) : done()));
        pipeBounded(came, into, limits.answer, fail);
      });
      sendBody(upstream, () => clearTimeout(sending));
    });
  }

  return { checkService, passOn };
}

export const originOf = ({ protocol, host }: Target): string => `${protocol}//${host}`;

/** Origins to remember; further ones are asked again each time. */
const MOST_SERVICES = 256;

const noService = ({ host }: Target) =>
  new RelayRefusal(502, 'answer', `What answers at ${host} is not a queue service.`);

function redirected(target: Target, status: number, location: string | undefined): RelayRefusal {
  const where = hostIn(location, target);
  return new RelayRefusal(
    502,
    'redirect',
    `${target.host} answers with a redirect (${status}${where && ` to ${where}`}), which the relay does not follow.`,
  );
}

/** @throws RelayRefusal for a redirect, and for what no queue service says */
function headOf(
  { statusCode = 0, statusMessage = '', headers, rawHeaders }: IncomingMessage,
  target: Target,
): [status: number, headers: ReturnedHeaders, statusText: string] {
  if (isRedirect(statusCode)) throw redirected(target, statusCode, headers.location);
  // So that a page cannot look around on this machine: other programs do not answer like this.
  if (target.kind === 'loopback' && headers['x-ms-request-id'] === undefined) throw noService(target);
  const returned = Object.entries(headers).filter(([name, value]) => RETURNED.test(name) && value !== undefined);
  const bearer = bearerIn(rawHeaders);
  return [
    statusCode,
    {
      ...(Object.fromEntries(returned) as ReturnedHeaders),
      // Any other challenge would make the browser ask for a password.
      ...(bearer !== undefined && { 'www-authenticate': bearer }),
    },
    statusMessage,
  ];
}

/** A challenge for a token with its parameters, up to where another challenge might begin. */
const BEARER = /^Bearer(?: +[\w-]+=(?:"[^"]*"|[^\s",]+),?)+/i;

/** The first challenge for a token, without what else the account offers; @param raw names and values in turn */
function bearerIn(raw: readonly string[]): string | undefined {
  const challenges = raw.filter((_, at) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === 'www-authenticate');
  for (const challenge of challenges) {
    const [bearer] = BEARER.exec(challenge) ?? [];
    if (bearer !== undefined) return bearer.replace(/,$/, '');
  }
  return undefined;
}

/**
 * Hands an answer on, and breaks off one that is larger than any of a queue service. Without `pipeline`, which makes an error for
 * each answer that goes well. @param most bytes
 */
function pipeBounded(came: IncomingMessage, into: Writable, most: number, fail: (error: RelayRefusal) => void): void {
  let left = most;
  came.on('data', ({ length }: Buffer) => {
    left -= length;
    if (left >= 0) return;
    came.unpipe(into);
    fail(new RelayRefusal(502, 'size', 'The answer is larger than any that a queue service gives.'));
  });
  came.pipe(into);
}

const noAnswer = ({ host }: Target, how: string, word: RelayWord, way?: RelayWay) =>
  new RelayRefusal(504, word, `${host} ${how}.`, way);

function reasonOf(error: NodeJS.ErrnoException, { host }: Target, way: RelayWay): Error {
  if (error instanceof RelayRefusal || error.name === 'AbortError') return error;
  const { code = 'no connection' } = error;
  const isCertificate = /CERT|SIGNED|ALTNAME|TLS|SSL|VERIFY/.test(code);
  const why = isCertificate ? 'has no certificate that this machine trusts' : 'does not answer';
  // A host that is there and not trusted is no lack of a network.
  return new RelayRefusal(502, 'unreachable', `${host} ${why} (${code}).`, isCertificate ? undefined : way);
}
