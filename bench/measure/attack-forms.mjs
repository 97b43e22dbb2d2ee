// What the relay is asked for by whom it does not know, and where it does not go: alone, and in batches of its lane.

/** Headers in place of those of the server's own page; undefined leaves one out. @type {Record<string, string | undefined>[]} */
export const FOREIGN = [
  { origin: 'https://attacker.example' },
  { origin: 'http://127.0.0.1:1' },
  { origin: 'null' },
  { origin: 'http://localhost' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'none' },
  { 'sec-fetch-site': undefined },
  { 'sec-fetch-dest': 'document' },
  { 'sec-fetch-dest': 'iframe' },
  { 'sec-fetch-dest': 'script' },
  { 'sec-fetch-dest': 'serviceworker' },
  { 'sec-fetch-dest': undefined },
  { host: 'attacker.example' },
  { host: '127.0.0.1' },
  { host: '127.0.0.2:80' },
  { host: 'LOCALHOST:80' },
];

/** What the server's own page sends. @param {number} port */
export const ownHeaders = (port) => ({
  host: `127.0.0.1:${port}`,
  'sec-fetch-site': 'same-origin',
  'sec-fetch-dest': 'empty',
  origin: `http://127.0.0.1:${port}`,
});

/**
 * Addresses with a slash in place of `://`: paths of a known host, and other hosts.
 * @param {{ port: number, account: number }} at
 */
export const badAddresses = ({ port, account }) => [
  ...[
    '/../secret',
    '/a/./b',
    '/%2e%2e/secret',
    '/a%2fb',
    '/a%5cb',
    '/a\\b',
    '//evil.example/',
    '/a//b',
    '@evil.example/a',
    '/a@b',
    '/a%0d%0aHost:%20evil',
    '/a#b',
    '/a?b=\\',
    '/a?b="<',
  ].map((rest) => `http/127.0.0.1:${account}${rest}`),
  `http/user@127.0.0.1:${account}/a`,
  `http/127.0.0.1%3a${account}/a`,
  `http/127.0.0.1:0${account}/a`,
  'http/127.0.0.1:999999/a',
  `http/[::ffff:127.0.0.1]:${account}/a`,
  `ftp/127.0.0.1:${account}/a`,
  'file/etc/passwd',
  `http//127.0.0.1:${account}/a`,
  'http/',
  '',
  `http/127.0.0.1:${port}/relay/`,
  'http/acc.queue.core.windows.net/',
  ...[
    'evilqueue.core.windows.net.attacker.tld',
    'queue.core.windows.net',
    'acc.queue.core.windows.net.',
    'ACC.queue.core.windows.net',
    'acc.blob.core.windows.net',
    'acc.evil.queue.core.windows.net',
    'acc.queue.core.windows.net.evil',
    'acc-queue.core.windows.net',
    'acc.queue.core.windows.net:8080',
    'attacker.example',
    '127.0.0.1.attacker.example',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0.0.0.0',
    '10.0.0.5',
    '169.254.169.254',
  ].map((host) => `https/${host}/?comp=list`),
];
