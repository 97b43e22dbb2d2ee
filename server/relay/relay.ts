import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline, Transform } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { hostIn, isQueueService, isRedirect, only, PROBE } from './reach';
import { type Address, addressesOf, type Resolve, resolveName } from './relay-address';
import { checkSender, passedHeaders } from './relay-guard';
import { PREFIX, RelayRefusal, type RelayWay, type RelayWord, readTarget, type Target } from './relay-target';

/** What the page asks first: whether there is a relay, and whether it goes to an endpoint. */
const QUESTION = '/relay.json';

/** Names that come back to the page: what an account says. No cookies, no redirects, no policies of others. */
const RETURNED =
  /^(?:content-type|content-length|content-encoding|date|etag|last-modified|retry-after|server|x-ms-[a-z0-9_-]+)$/;

/** Over those of the page: an answer that were opened as a document could do nothing. */
const SHUT = {
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
 * Passes requests of this server's own page on to a queue service, and its answers back. It signs nothing, adds nothing,
 * keeps nothing and logs nothing. What it refuses is answered with `queuescope-relay`, a word for the reason, and where the way to
 * the host is the reason with `queuescope-relay-way`.
 */
export function createRelay({
  hosts = [],
  resolve = resolveName,
  limits: given = {},
  tls = {},
}: RelayOptions = {}): Relay {
  const limits = { ...RELAY_LIMITS, ...given };
  const named = new Set(hosts.map((host) => host.toLowerCase()));
  const idle = { keepAlive: true, maxSockets: 16, timeout: limits.silence };
  const agents = { 'http:': new HttpAgent(idle), 'https:': new HttpsAgent({ ...idle, ...tls }) };

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
      const headers = passedHeaders(request);
      if (request.url?.startsWith(QUESTION)) return tell(response, request.url, port);
      const target = targetOf(request.url ?? '', port);
      response.once('close', () => response.writableFinished || until.abort());
      const addresses = await addressesOf(target, resolve);
      if (until.signal.aborted) return;
      await checkService(target, addresses);
      // Nothing is sent once the page has gone away.
      await passOn({ request, response, headers, target, addresses }, until.signal);
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

  /** The origins that have answered as a queue service. */
  const services = new Set<string>();

  /**
   * Sees to it that nothing of the page goes to what is no queue service: a host that is not Azure's by its name is sent one
   * GET without credentials first, until it has answered as one.
   * @throws RelayRefusal
   */
  async function checkService(target: Target, addresses: Address[]): Promise<void> {
    const origin = `${target.protocol}//${target.host}`;
    if (target.kind === 'azure' || services.has(origin)) return;
    const { statusCode = 0, headers } = await probe(target, addresses);
    if (isRedirect(statusCode)) throw redirected(target, statusCode, headers.location);
    if (!isQueueService(headers)) throw noService(target);
    if (services.size < MOST_SERVICES) services.add(origin);
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
  function passOn({ request, response, headers, target, addresses }: Passage, signal: AbortSignal): Promise<void> {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise<void>((done, failed) => {
      const fail = (error: unknown) => {
        failed(error);
        upstream.destroy();
      };
      const upstream = send({
        agent: agents[target.protocol],
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: target.path,
        headers: { ...headers, host: target.host },
        lookup: only(addresses),
        timeout: limits.silence,
        signal,
      });
      let hasAnswered = false;
      const late = (ms: number, refusal: RelayRefusal) => setTimeout(() => fail(refusal), ms);
      /** Once it is there, the host may have what was passed on. */
      let way: RelayWay = 'none';
      const connecting = late(limits.connect, noAnswer(target, 'does not answer in time', 'time', 'none'));
      const sending = late(limits.body, new RelayRefusal(408, 'time', 'The body did not come in time.'));
      const whole = late(limits.whole, noAnswer(target, 'does not finish in time', 'time'));
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
          response.writeHead(...headOf(came, target));
        } catch (error) {
          came.resume();
          return fail(error);
        }
        pipeline(came, bounded(limits.answer), response, (error) => (error ? fail(error) : done()));
      });
      // Not a pipeline, which would close the page's connection before it is told why.
      request.once('end', () => clearTimeout(sending)).pipe(upstream);
    });
  }

  return (request, response, port) => {
    const { url = '' } = request;
    // A whole address in place of a path is for a proxy, which this is not.
    const isOurs = url.startsWith(PREFIX) || url === QUESTION || url.startsWith(`${QUESTION}?`);
    if (isOurs) void answer(request, response, port);
    return isOurs;
  };
}

type Passage = {
  request: IncomingMessage;
  response: ServerResponse;
  headers: Record<string, string>;
  target: Target;
  addresses: Address[];
};

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
  { statusCode = 0, headers, rawHeaders }: IncomingMessage,
  target: Target,
): [status: number, headers: Record<string, string | string[]>] {
  if (isRedirect(statusCode)) throw redirected(target, statusCode, headers.location);
  // So that a page cannot look around on this machine: other programs do not answer like this.
  if (target.kind === 'loopback' && headers['x-ms-request-id'] === undefined) throw noService(target);
  const returned = Object.entries(headers).filter(([name, value]) => RETURNED.test(name) && value !== undefined);
  const bearer = bearerIn(rawHeaders);
  return [
    statusCode,
    // Any other challenge would make the browser ask for a password.
    {
      ...(Object.fromEntries(returned) as Record<string, string>),
      ...(bearer !== undefined && { 'www-authenticate': bearer }),
      ...SHUT,
    },
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

/** Breaks off what is larger than any answer of a queue service. @param most bytes */
function bounded(most: number): Transform {
  let left = most;
  return new Transform({
    transform(chunk: Buffer, _, pass) {
      left -= chunk.length;
      if (left < 0) pass(new RelayRefusal(502, 'size', 'The answer is larger than any that a queue service gives.'));
      else pass(null, chunk);
    },
  });
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

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    // The rest of a body cannot be told from the next request, and half an answer is none.
    response.destroy();
    return;
  }
  const { status, word, message, way } =
    error instanceof RelayRefusal ? error : new RelayRefusal(502, 'unreachable', 'The request could not be passed on.');
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
