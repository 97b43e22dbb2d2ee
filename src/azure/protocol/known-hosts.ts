import { CLOUDS } from './clouds.ts';
import { EMULATOR } from './emulator.ts';

/** What follows `queue.` in the host of an account: of each cloud, and of accounts with a DNS zone (`{account}.z01.queue.`…). */
export const CLOUD_SUFFIXES: readonly string[] = Object.values(CLOUDS).map(({ suffix }) => suffix);
export const ZONE_SUFFIX = 'storage.azure.net';

/** Where the sign-in library sends requests for the authority of the cloud in China, by its own table of aliases. */
const CHINA_SIGN_IN = 'https://login.partner.microsoftonline.cn';

/**
 * The sources of a content policy for an origin that may be reached: with `http:` also `https:`, and on this machine the other way
 * round, so that a diagnosis can ask by the other scheme. Chromium does not let `http:` stand for `https:` where a port is named.
 */
export const sourcesFor = (origin: string): string[] => {
  const [scheme, rest = ''] = origin.split('//');
  const isHere = /^(?:127\.0\.0\.1|(?:\*\.)?localhost)(?::|$)/.test(rest);
  return scheme === 'http:' || isHere ? [`http://${rest}`, `https://${rest}`] : [origin];
};

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
  ...emulatorHosts(new URL(EMULATOR.endpoint).port).flatMap(sourcesFor),
];
