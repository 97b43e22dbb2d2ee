/**
 * What the page may load and reach, in one place: the local server sends it as a header, and the build writes it into
 * the page for static hosts that send none. `https:` and loopback are where accounts live; the rest is what the build
 * itself consists of.
 */
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:* http://*.localhost:*",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types queuescope',
];

/** The value of the header `Content-Security-Policy`. */
export const POLICY = DIRECTIVES.join('; ');

/** The same for a `<meta>` element, where browsers ignore `frame-ancestors` and complain of it. */
export const META_POLICY = DIRECTIVES.filter((directive) => !directive.startsWith('frame-ancestors')).join('; ');
