import { CLOUDS } from './clouds.ts';
import { EMULATOR } from './emulator.ts';

/** What follows `queue.` in the host of an account: of each cloud, and of accounts with a DNS zone (`{account}.z01.queue.`…). */
export const CLOUD_SUFFIXES: readonly string[] = Object.values(CLOUDS).map(({ suffix }) => suffix);
export const ZONE_SUFFIX = 'storage.azure.net';

/** Where the sign-in library sends requests for the authority of the cloud in China, by its own table of aliases. */
const CHINA_SIGN_IN = 'https://login.partner.microsoftonline.cn';

/** The addresses of an emulator on this machine, by its port. */
export const emulatorHosts = (port: string): string[] =>
  ['127.0.0.1', 'localhost', '*.localhost'].map((name) => `http://${name}:${port}`);

/**
 * The hosts that every page of Queuescope may reach, as sources of a content policy: queue services and sign-in of Azure's
 * clouds, and the emulator at its usual port. A `*.` stands for one or more parts of a name.
 */
export const KNOWN_HOSTS: readonly string[] = [
  ...[...CLOUD_SUFFIXES, ZONE_SUFFIX].map((suffix) => `https://*.queue.${suffix}`),
  ...Object.values(CLOUDS).map(({ authority }) => authority),
  CHINA_SIGN_IN,
  ...emulatorHosts(new URL(EMULATOR.endpoint).port),
];

/** Characters of an origin that may be added. */
const LONGEST_ORIGIN = 270;

/**
 * The origin of an address, if a content policy can name it alone: http or https, a name or an IPv4 address, and a port.
 * Undefined for anything else, IPv6 addresses included, which a content policy has no form for.
 */
export function addableOrigin(address: string): string | undefined {
  const origin = URL.canParse(address) ? new URL(address).origin : '';
  return isAddableOrigin(origin) ? origin : undefined;
}

/** True for what `addableOrigin` gives: an origin in the one form that has, so nothing in it can end its place in a policy. */
export const isAddableOrigin = (text: string): boolean =>
  text.length <= LONGEST_ORIGIN &&
  /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/.test(text) &&
  URL.canParse(text) &&
  new URL(text).origin === text;

/** The sources of `connect-src` in a content policy; undefined when it has none. */
export function connectSources(policy: string): string[] | undefined {
  const directive = policy.split(';').find((one) => /^\s*connect-src\s/.test(one));
  return directive?.trim().split(/\s+/).slice(1);
}

/**
 * True when one of the sources allows a request to an address, as browsers decide it (CSP 3, 6.7.2.8): `http:` covers https,
 * a source without a port is for the usual one. `'self'` is not looked at.
 */
export function isCovered(sources: readonly string[], address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return sources.some((source) => covers(source, url));
}

function covers(source: string, { protocol, hostname, port }: URL): boolean {
  const [, scheme, wildcard, name = '', wanted] = /^(https?):\/\/(\*\.)?([^:/*]+)(?::(\d+|\*))?$/.exec(source) ?? [];
  if (scheme === undefined || (protocol !== `${scheme}:` && protocol !== 'https:')) return false;
  const isNamed = wildcard ? hostname.endsWith(`.${name}`) : hostname === name;
  const isPort = wanted === '*' || (wanted === usualPort(scheme) ? port === '' : port === (wanted ?? ''));
  return isNamed && isPort;
}

const usualPort = (scheme: string): string => (scheme === 'https' ? '443' : '80');
