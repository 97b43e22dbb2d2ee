import { KNOWN_HOSTS, sourcesFor } from '../../src/azure/protocol/known-hosts.ts';

/**
 * What the page may load and reach, in one place: the local server sends it as a header, and the build writes it into
 * the page for static hosts that send none. What it may reach are the hosts of Azure's clouds, the emulator at its usual port,
 * and the origins that a person added; the rest is what the build itself consists of.
 * @param hosts origins beside the known ones
 */
const directives = (hosts: readonly string[]): string[] => [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  `connect-src ${[...new Set(["'self'", ...KNOWN_HOSTS, ...hosts.flatMap(sourcesFor)])].join(' ')}`,
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types queuescope',
];

/** The value of the header `Content-Security-Policy`. */
export const policyWith = (hosts: readonly string[]): string => directives(hosts).join('; ');

/** The same for a `<meta>` element, where browsers ignore `frame-ancestors` and complain of it. */
export const metaPolicyWith = (hosts: readonly string[]): string =>
  directives(hosts)
    .filter((directive) => !directive.startsWith('frame-ancestors'))
    .join('; ');

const META = /<meta http-equiv="Content-Security-Policy" content="[^"]*/g;

/** What this server writes into the pages of the build, beside that it is there; `usualPort` when the page is at another one. */
type Told = { policy: string; usualPort?: number | undefined };

/**
 * A page of the build with what its server tells it in `<meta>` elements: its policy, which a browser applies beside the header
 * and the page reads, and the usual port.
 */
export const withMeta = (html: string, { policy, usualPort }: Told): string =>
  html.replace(META, () => {
    const port = usualPort === undefined ? '' : `<meta name="queuescope-usual-port" content="${usualPort}" />\n    `;
    return `<meta name="queuescope-server" content="local" />\n    ${port}<meta http-equiv="Content-Security-Policy" content="${policy}`;
  });
