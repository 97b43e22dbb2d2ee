/** Where an account's queue service answers. Endpoints have no trailing slash. */
export type Endpoint = {
  endpoint: string;
  secondaryEndpoint?: string;
  /** As far as the address tells: a custom domain does not. */
  account?: string;
  /** What follows the account in the address, if a queue was in it. */
  queue?: string;
  /** The address was that of another service (`blob`, `table` …) of the same account. */
  insteadOf?: string;
  /** The address was that of the secondary, which can only be read. */
  fromSecondary?: true;
};

/**
 * `{account}.queue.{suffix}`, and with a DNS zone `{account}.z01.queue.storage.azure.net`; other services likewise. The
 * name of a private link has no certificate of its own, and leads to the same place without that part.
 */
const HOST_STYLE =
  /^(?<account>[a-z0-9]+)(?<secondary>-secondary)?\.(?<zone>z\d+\.)?(?:privatelink\.)?(?<service>queue|blob|table|file|dfs|web)\.(?<suffix>.+)$/;
/** A host with a path behind it, perhaps, of an account in any of Azure's clouds. */
export const HOST_OF_AN_ACCOUNT =
  /^[a-z0-9]{3,24}(?:-secondary)?\.(?:z\d{1,2}\.)?(?:privatelink\.)?(?:queue|blob|table|file|dfs|web)\.(?:core\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net|cloudapi\.de)|storage\.azure\.net)(?:\/[\w-]*)*$/i;
const EMULATOR_PORT = /^1[01][01]0[0-4]$/;

/** The endpoints of an account by its name; `suffix` as in `core.windows.net`. */
export const endpointOf = (account: string, suffix = 'core.windows.net', protocol = 'https'): Endpoint => ({
  endpoint: `${protocol}://${account}.queue.${suffix}`,
  secondaryEndpoint: `${protocol}://${account}-secondary.queue.${suffix}`,
  account,
});

/**
 * Reads a queue service's address, host-style or path-style, with or without a queue behind it. `account` is the name
 * when it is known from elsewhere. Undefined when it is no http(s) address.
 */
export function readEndpoint(address: string, account?: string): Endpoint | undefined {
  const url = toUrl(address);
  if (!url) return undefined;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const host = HOST_STYLE.exec(url.hostname)?.groups;
  // What follows in the address of another service is no queue.
  if (host)
    return { ...hostStyle(url, host), ...(segments[0] && host['service'] === 'queue' && { queue: segments[0] }) };
  if (isPathStyle(url)) return pathStyle(url, segments, account);
  return { endpoint: `${url.origin}${trimmed(url.pathname)}`, ...(account && { account }) };
}

function hostStyle(
  url: URL,
  { account = '', secondary, zone = '', service = '', suffix = '' }: Record<string, string>,
): Endpoint {
  const port = url.port && `:${url.port}`;
  return {
    ...endpointOf(account, `${suffix}${port}`, url.protocol.slice(0, -1)),
    // The second host name of a DNS zone account has the zone in it, too.
    ...(zone && {
      endpoint: `${url.protocol}//${account}.${zone}queue.${suffix}${port}`,
      secondaryEndpoint: `${url.protocol}//${account}-secondary.${zone}queue.${suffix}${port}`,
    }),
    ...(service !== 'queue' && { insteadOf: service }),
    ...(secondary && { fromSecondary: true }),
  };
}

function pathStyle(url: URL, [first, queue]: string[], known?: string): Endpoint {
  const account = first?.replace(/-secondary$/, '') ?? known;
  if (account === undefined) return { endpoint: url.origin };
  return {
    endpoint: `${url.origin}/${account}`,
    secondaryEndpoint: `${url.origin}/${account}-secondary`,
    account,
    ...(queue && { queue }),
    ...(first?.endsWith('-secondary') && { fromSecondary: true }),
  };
}

/** An emulator, reached by an address or a name without a domain: the account is the first part of the path. */
export const isPathStyle = ({ hostname, port }: URL): boolean =>
  !HOST_STYLE.test(hostname) &&
  (!hostname.includes('.') ||
    /^[\d.]+$/.test(hostname) ||
    hostname === 'host.docker.internal' ||
    EMULATOR_PORT.test(port));

function toUrl(address: string): URL | undefined {
  const text = address.includes('://') ? address : `${isLocal(address) ? 'http' : 'https'}://${address}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : undefined;
}

const isLocal = (address: string): boolean => /^(?:localhost|\d+\.\d+\.\d+\.\d+|\[)/i.test(address);

const trimmed = (path: string): string => path.replace(/\/+$/, '');
