import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { CertificateFault, Reach } from '../../src/azure/diagnosis/reach';
import { type Address, addressesOf, type Resolve, resolveName } from './relay-address';
import { checkSender } from './relay-guard';
import { PREFIX, RelayRefusal, readTarget, type Target } from './relay-target';

/** Where the page asks what is at an address that it cannot reach. */
const QUESTION = '/reach.json';

/** What a host that is not Azure's by its name is asked first. */
export const PROBE = '/?comp=list';

/** Milliseconds until a host is given up. */
const PATIENCE_MS = 5000;

/** Questions that are answered at a time. */
const MOST_AT_ONCE = 2;

/** Characters of a detail: names of a certificate or of a host, which the host itself chooses. */
const MOST_DETAIL = 200;

export type ReachOptions = {
  /** Origins that the page may reach beside Azure's and those of this machine; asked at each question. */
  allowed?: () => readonly string[];
  resolve?: Resolve;
  patience?: number;
  /** For tests: whose certificates are trusted. */
  tls?: Pick<ConnectionOptions, 'ca'>;
};

/**
 * Tells this server's own page what is at an address that the page itself cannot reach, since a browser shows one failure for
 * all causes. One GET without a credential, of which the status and the headers are looked at; where that tells nothing of the
 * scheme, one handshake or one GET by the other scheme. False when the request is not for it; `port` is the one that this server
 * listens on.
 */
export function createReach({
  allowed = () => [],
  resolve = resolveName,
  patience = PATIENCE_MS,
  tls = {},
}: ReachOptions = {}) {
  let running = 0;

  async function answer(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    try {
      checkSender(request, port);
      if (request.method !== 'GET') throw new RelayRefusal(405, 'malformed', 'This is asked by GET.');
      if (running >= MOST_AT_ONCE) throw new RelayRefusal(429, 'time', 'Another question of this kind is under way.');
      const target = targetOf(request.url ?? '', port);
      running++;
      try {
        const found = await reachOf(target);
        response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(JSON.stringify(found));
      } finally {
        running--;
      }
    } catch (error) {
      if (response.headersSent || response.destroyed) return;
      const { status, message } =
        error instanceof RelayRefusal ? error : new RelayRefusal(500, 'unreachable', 'It could not be asked.');
      response.writeHead(status, { 'content-type': 'text/plain;charset=utf-8', 'cache-control': 'no-store' });
      response.end(message);
    }
  }

  /** @throws RelayRefusal for an address that the page may not reach, and for this server itself */
  function targetOf(url: string, port: number): Target {
    const address = new URL(url, 'http://localhost').searchParams.get('endpoint') ?? '';
    const [, scheme, host = ''] = /^(https?):\/\/([^/?#@\\]+)/i.exec(address) ?? [];
    if (scheme === undefined) throw new RelayRefusal(400, 'malformed', 'That is no address.');
    const named = new Set(allowed().flatMap((origin) => (URL.canParse(origin) ? new URL(origin).host : [])));
    const target = readTarget(`${PREFIX}${scheme.toLowerCase()}/${host.toLowerCase()}/`, named);
    if (target.kind === 'loopback' && target.port === port)
      throw new RelayRefusal(403, 'host', 'This server does not ask itself.');
    return target;
  }

  /** A name that no resolver answers for in time has no address either. */
  const lateName = () =>
    new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error('No address came in time.')), patience).unref(),
    );

  async function reachOf(target: Target): Promise<Reach> {
    let addresses: Address[];
    try {
      addresses = await addressesOf(target, (hostname) => Promise.race([resolve(hostname), lateName()]));
    } catch (error) {
      if (!(error instanceof RelayRefusal)) throw error;
      return { cause: error.word === 'address' ? 'privateAddress' : 'noName' };
    }
    const found = await ask(target, addresses);
    if (target.kind === 'azure' || !(await speaksOtherScheme(target, addresses, found))) return found;
    return { cause: 'otherScheme' };
  }

  /** Asks for the list of queues without a credential, and leaves the body unread. */
  function ask(target: Target, addresses: Address[]): Promise<Reach> {
    const isTls = target.protocol === 'https:';
    return new Promise((tell) => {
      const asked = (isTls ? httpsRequest : httpRequest)({
        agent: false,
        ...(isTls && tls),
        host: target.hostname,
        port: target.port,
        path: PROBE,
        headers: { host: target.host, accept: 'application/xml' },
        lookup: only(addresses),
      });
      const late = setTimeout(() => {
        tell({ cause: 'timedOut' });
        asked.destroy();
      }, patience);
      asked.on('error', (error) => tell(causeOfError(error)));
      asked.once('close', () => {
        clearTimeout(late);
        tell({ cause: 'closed' });
      });
      asked.once('response', ({ statusCode = 0, headers }) => {
        tell(causeOfAnswer(statusCode, headers, target));
        asked.destroy();
      });
      asked.end();
    });
  }

  /** Where the answer is one that a service gives when it is spoken to by the other scheme: whether it takes that. */
  async function speaksOtherScheme(target: Target, addresses: Address[], { cause, detail }: Reach): Promise<boolean> {
    if (target.protocol === 'https:') {
      if (cause !== 'notHttp' && cause !== 'closed') return false;
      const other = await ask({ ...target, protocol: 'http:' }, addresses);
      return other.cause === 'queueService' || other.cause === 'notQueueService' || other.cause === 'otherService';
    }
    const isLikely = cause === 'closed' || cause === 'notHttp' || (cause === 'notQueueService' && detail === '400');
    return isLikely && handshakes(target, addresses);
  }

  /** True when TLS is spoken there, whatever the certificate. Nothing is sent but the handshake. */
  function handshakes({ hostname, port }: Target, addresses: Address[]): Promise<boolean> {
    return new Promise((tell) => {
      const socket = connectTls({
        host: hostname,
        port,
        ...(isIP(hostname) === 0 && { servername: hostname }),
        // Whether it is TLS at all, and nothing is said.
        rejectUnauthorized: false,
        lookup: only(addresses),
        timeout: patience,
      });
      const end = (isTls: boolean) => {
        tell(isTls);
        socket.destroy();
      };
      socket.once('secureConnect', () => end(true));
      socket.once('timeout', () => end(false));
      socket.on('error', () => end(false));
    });
  }

  return (request: IncomingMessage, response: ServerResponse, port: number): boolean => {
    const isOurs = request.url === QUESTION || request.url?.startsWith(`${QUESTION}?`) === true;
    if (isOurs) void answer(request, response, port);
    return isOurs;
  };
}

/** The addresses that were checked, in place of a second look at the name. */
export const only =
  (addresses: Address[]): LookupFunction =>
  (_, { all }, tell) => {
    const [first] = addresses;
    if (all) tell(null, addresses);
    else tell(null, first?.address ?? '', first?.family);
  };

/** Services of storage, and of its emulators, by what they say they are. */
const SERVICE = /^(?:Windows-Azure|Azurite)-(Queue|Blob|Table|File)/;

/** True for an answer of a queue service, a refusal included; others of storage differ by this header alone. */
export const isQueueService = (headers: IncomingHttpHeaders): boolean =>
  headers['x-ms-request-id'] !== undefined && (serviceIn(headers) ?? 'queue') === 'queue';

const serviceIn = ({ server = '' }: IncomingHttpHeaders): string | undefined =>
  SERVICE.exec(String(server))?.[1]?.toLowerCase();

export const isRedirect = (status: number): boolean => status < 200 || (status >= 300 && status < 400);

/** The host that a redirect leads to; empty where it cannot be read. The rest of the address may hold a secret. */
export function hostIn(location: string | undefined, { protocol, host }: Pick<Target, 'protocol' | 'host'>): string {
  const base = `${protocol}//${host}`;
  return location !== undefined && URL.canParse(location, base) ? new URL(location, base).host : '';
}

/** What an answer to `PROBE` tells. */
export function causeOfAnswer(
  status: number,
  headers: IncomingHttpHeaders,
  target: Pick<Target, 'protocol' | 'host'>,
): Reach {
  if (isQueueService(headers)) return { cause: 'queueService' };
  const service = serviceIn(headers);
  if (service !== undefined && service !== 'queue') return { cause: 'otherService', detail: service };
  const isOfProxy = headers['proxy-authenticate'] !== undefined || (status >= 500 && headers.via !== undefined);
  if (status === 407 || isOfProxy) return { cause: 'proxy', detail: String(status) };
  if (isRedirect(status)) return { cause: 'redirected', detail: cut(hostIn(headers.location, target)) };
  return { cause: 'notQueueService', detail: String(status) };
}

const BY_CODE: Record<string, Reach['cause']> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timedOut',
  ENOTFOUND: 'noName',
  EAI_AGAIN: 'noName',
  EHOSTUNREACH: 'noRoute',
  ENETUNREACH: 'noRoute',
  ENETDOWN: 'noRoute',
  EADDRNOTAVAIL: 'noRoute',
  EACCES: 'noRoute',
  EPERM: 'noRoute',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
};

const CERTIFICATE_FAULTS: Record<string, CertificateFault> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'selfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknownAuthority',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'notYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrongName',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknownAuthority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknownAuthority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknownAuthority',
};

/** What the error of a request without an answer tells; by its code, as Node and OpenSSL name it. */
export function causeOfError(error: Error & { code?: string; cert?: { subjectaltname?: string } }): Reach {
  const { code = '', cert } = error;
  const known = BY_CODE[code];
  if (known) return { cause: known };
  const fault = CERTIFICATE_FAULTS[code] ?? (/CERT|VERIFY|ISSUER|CRL/.test(code) ? 'notTrusted' : undefined);
  if (fault) {
    const names = fault === 'wrongName' ? (cert?.subjectaltname ?? '').replaceAll(/\b(?:DNS|IP Address):/g, '') : '';
    return { cause: 'certificate', detail: cut(`${fault} ${names}`.trim()) };
  }
  // OpenSSL says so of an answer that is no TLS; Node's reader says HPE of one that is no HTTP.
  return { cause: /^(?:EPROTO|ERR_SSL_|HPE_)/.test(code) ? 'notHttp' : 'closed' };
}

const cut = (text: string): string => text.slice(0, MOST_DETAIL);
