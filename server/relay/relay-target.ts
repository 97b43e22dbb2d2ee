import { isIP } from 'node:net';
import { CLOUD_SUFFIXES, ZONE_SUFFIX } from '../../src/azure/protocol/known-hosts';

/** Where a request of the page is to go. */
export type Target = {
  protocol: 'http:' | 'https:';
  /** Without brackets. */
  hostname: string;
  port: number;
  /** As the header `Host` has it. */
  host: string;
  /** With the query, as it was sent: it is signed. */
  path: string;
  /** Why it is allowed. */
  kind: 'azure' | 'loopback' | 'named';
};

export type RelayWord =
  | 'foreign'
  | 'malformed'
  | 'host'
  | 'address'
  | 'unreachable'
  | 'answer'
  | 'redirect'
  | 'size'
  | 'time';

/**
 * What is wrong with the way to a host: there is `none`, so that nothing was passed on, or it broke, so that the host may have what
 * was passed on.
 */
export type RelayWay = 'none' | 'broken';

/** A request that the relay does not pass on; `word` and `way` tell the page why, `status` is for who asks by hand. */
export class RelayRefusal extends Error {
  readonly status: number;
  readonly word: RelayWord;
  readonly way: RelayWay | undefined;

  constructor(status: number, word: RelayWord, message: string, way?: RelayWay) {
    super(message);
    this.status = status;
    this.word = word;
    this.way = way;
  }
}

/** The refusal that an error is told as. */
export const refusalOf = (error: unknown): RelayRefusal =>
  error instanceof RelayRefusal ? error : new RelayRefusal(502, 'unreachable', 'The request could not be passed on.');

/** What is in front of the account's own path. */
export const PREFIX = '/relay/';

/** Accounts of each cloud, and those with a DNS zone. A closed list: a name that ends alike is another's. */
const AZURE = [...CLOUD_SUFFIXES.map((suffix) => `queue.${suffix}`), `z\\d{1,2}.queue.${ZONE_SUFFIX}`].map(
  (end) => new RegExp(`^[a-z0-9]{3,24}(?:-secondary)?\\.${end.replaceAll('.', '\\.')}$`),
);
const LOOPBACK = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Scheme, host with an optional port, path, query; nothing in them that two readers could read in two ways. */
const FORM = /^\/relay\/(https?)\/([a-z0-9.-]+|\[::1\])(?::([1-9]\d{0,4}))?((?:\/[\w$-]*)*)(\?[!$-;=?-Z_a-z~]*)?$/;

/**
 * Reads the target of a request and decides whether the relay goes there.
 * @param target as it came: a path, never a whole address
 * @param named hosts that were named at start, as `host` or `host:port`
 * @throws RelayRefusal
 */
export function readTarget(target: string, named: ReadonlySet<string>): Target {
  const [, scheme, name = '', portText, path = '', query = ''] = FORM.exec(target) ?? [];
  if (scheme === undefined || path.includes('//')) {
    throw new RelayRefusal(400, 'malformed', 'The address is not one that this relay can read.');
  }
  const usual = scheme === 'https' ? 443 : 80;
  const port = portText === undefined ? usual : Number(portText);
  const host = portText === undefined ? name : `${name}:${portText}`;
  const kind = kindOf({ scheme, name, port, host, usual }, named);
  if (!kind || port > 65_535) {
    throw new RelayRefusal(
      403,
      'host',
      `The relay does not go to ${host}: start it with --relay-host ${host} to allow it.`,
    );
  }
  const protocol = scheme === 'https' ? 'https:' : 'http:';
  return { protocol, hostname: name.replace(/^\[|\]$/g, ''), port, host, path: `${path || '/'}${query}`, kind };
}

type Address = { scheme: string; name: string; port: number; host: string; usual: number };

function kindOf({ scheme, name, port, host, usual }: Address, named: ReadonlySet<string>): Target['kind'] | undefined {
  if (named.has(host) || (port === usual && named.has(name))) return 'named';
  if (LOOPBACK.test(name)) return name.startsWith('127.') && isIP(name) === 0 ? undefined : 'loopback';
  return scheme === 'https' && port === usual && AZURE.some((pattern) => pattern.test(name)) ? 'azure' : undefined;
}
