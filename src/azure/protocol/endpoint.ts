import { urlOf } from './decode-uri.ts';
import { EMULATOR } from './emulator';

/** The endpoints of an account's queue service, without trailing slashes. */
export type Endpoint = {
  endpoint: string;
  secondaryEndpoint?: string;
  /** As far as the address tells: a custom domain does not. */
  account?: string;
  /** The queue in the address, if there was one. */
  queue?: string;
  /** The service (`blob`, `table` …) that the address was of, when not the queue service. */
  insteadOf?: string;
  /** True when the address was that of the read-only secondary. */
  fromSecondary?: true;
};

/**
 * `{account}.queue.{suffix}`, and with a DNS zone `{account}.z01.queue.storage.azure.net`; other services likewise. The
 * host of a private link has no certificate of its own and is the same endpoint without `privatelink`.
 */
const HOST_STYLE =
  /^(?<account>[a-z0-9]+)(?<secondary>-secondary)?\.(?<zone>z\d+\.)?(?:privatelink\.)?(?<service>queue|blob|table|file|dfs|web)\.(?<suffix>.+)$/;
/** A host of an account in any of Azure's clouds, with or without a path. */
export const HOST_OF_AN_ACCOUNT =
  /^[a-z0-9]{3,24}(?:-secondary)?\.(?:z\d{1,2}\.)?(?:privatelink\.)?(?:queue|blob|table|file|dfs|web)\.(?:core\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net|cloudapi\.de)|storage\.azure\.net)(?:\/[\w-]*)*$/i;
/** Names inside of container networks and clusters, and of services that lead to a port of a developer's machine. */
const LOCAL_OR_TUNNEL =
  /^(?:host\.docker\.internal|gateway\.docker\.internal)$|\.(?:local|localhost|svc|ngrok(?:-free)?\.(?:app|dev|io)|devtunnels\.ms|app\.github\.dev|gitpod\.io|trycloudflare\.com|loca\.lt|ts\.net|lhr\.life|serveo\.net)$/;
const EMULATOR_PORT = /^1[01][01]0[0-4]$/;

/** The endpoints of an account by its name; `suffix` as in `core.windows.net`, `zone` as in `z01.`. */
export const endpointOf = (account: string, suffix = 'core.windows.net', protocol = 'https', zone = ''): Endpoint => ({
  endpoint: `${protocol}://${account}.${zone}queue.${suffix}`,
  secondaryEndpoint: `${protocol}://${account}-secondary.${zone}queue.${suffix}`,
  account,
});

/**
 * Parses a queue service's address, host-style or path-style, with or without a queue. `account` is the name where the
 * address does not have it. Undefined for other text than an http(s) address.
 */
export function readEndpoint(address: string, account?: string): Endpoint | undefined {
  const url = toUrl(address);
  if (!url) return undefined;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const host = HOST_STYLE.exec(url.hostname)?.groups;
  // The path of another service's address is no queue.
  if (host)
    return { ...hostStyle(url, host), ...(segments[0] && host['service'] === 'queue' && { queue: segments[0] }) };
  if (isPathStyle(url) || isAccountInPath(segments[0], account)) return pathStyle(url, segments, account);
  return { endpoint: `${url.origin}${trimmed(url.pathname)}`, ...(account && { account }) };
}

/** The address of a queue, where `readEndpoint` gives both back; else the endpoint alone, as at most custom domains. */
export function addressWith(endpoint: string, queue: string | undefined): string {
  const address = `${endpoint}/${queue}`;
  const read = queue === undefined ? undefined : readEndpoint(address);
  return read?.endpoint === endpoint && read.queue === queue ? address : endpoint;
}

function hostStyle(
  url: URL,
  { account = '', secondary, zone = '', service = '', suffix = '' }: Record<string, string>,
): Endpoint {
  return {
    ...endpointOf(account, suffix + (url.port && `:${url.port}`), url.protocol.slice(0, -1), zone),
    ...(service !== 'queue' && { insteadOf: service }),
    ...(secondary && { fromSecondary: true }),
  };
}

function pathStyle(url: URL, [first, queue]: string[], knownAccount?: string): Endpoint {
  const account = first?.replace(/-secondary$/, '') ?? knownAccount;
  if (account === undefined) return { endpoint: url.origin };
  return {
    endpoint: `${url.origin}/${account}`,
    secondaryEndpoint: `${url.origin}/${account}-secondary`,
    account,
    ...(queue && { queue }),
    ...(first?.endsWith('-secondary') && { fromSecondary: true }),
  };
}

/** True when the path of a custom domain begins with the account that the text names, or with the account of every emulator. */
const isAccountInPath = (segment: string | undefined, account: string | undefined): boolean =>
  segment !== undefined && (segment === account || segment === EMULATOR.account);

/** True for an emulator, by an IP address or a name without a domain: the account is the first part of its path. */
export const isPathStyle = ({ hostname, port }: URL): boolean =>
  !HOST_STYLE.test(hostname) &&
  (!hostname.includes('.') || /^[\d.]+$/.test(hostname) || LOCAL_OR_TUNNEL.test(hostname) || EMULATOR_PORT.test(port));

function toUrl(address: string): URL | undefined {
  const text = address.includes('://') ? address : `${isLocal(address) ? 'http' : 'https'}://${address}`;
  const url = urlOf(text);
  return url && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : undefined;
}

const isLocal = (address: string): boolean => /^(?:localhost|\d+\.\d+\.\d+\.\d+|\[)/i.test(address);

const trimmed = (path: string): string => path.replace(/\/+$/, '');
