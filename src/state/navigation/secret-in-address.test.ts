import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Route, routePath } from './route';
import { withoutSecrets } from './secret-in-address';

const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const SIG =
  'sv=2026-02-06&ss=q&srt=sco&sp=rl&se=2036-01-01T00:00Z&sig=Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9v%2BmFyYmF6Zm9vYmE%3D';
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL3N0b3JhZ2UifQ.c2lnbmF0dXJlLW9mLWl0';
const SECRETS = [
  KEY,
  `DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net`,
  `QueueEndpoint=https://harborlane.queue.core.windows.net/;SharedAccessSignature=${SIG}`,
  `https://harborlane.queue.core.windows.net/?${SIG}`,
  `?${SIG}`,
  TOKEN,
  `Bearer ${TOKEN}`,
  `harborlane ${KEY}`,
  `{"accountKey":"${KEY}"}`,
];
const CORES = [KEY, 'Zm9vYmFyYmF6Zm9v', TOKEN];
const holdsCore = (address: string) => {
  const layers = [address];
  for (let round = 0; round < 4; round += 1)
    layers.push(decodeURIComponent((layers.at(-1) ?? '').replaceAll('+', ' ')));
  layers.push(decodeURIComponent(address));
  return layers.some((layer) => CORES.some((core) => layer.includes(core)));
};

const EXPLORER = { screen: 'explorer', connectionId: 'harborlane', queue: 'orders', mode: 'peek', filter: '' } as const;
const ROUTES: [string, (text: string) => Route][] = [
  ['the filter', (filter) => ({ ...EXPLORER, filter })],
  ['an expression', (text) => ({ ...EXPLORER, expressions: ['total > 1', text] })],
  ['a column', (text) => ({ ...EXPLORER, picked: { column: text, key: 'x' } })],
  ['a picked value', (text) => ({ ...EXPLORER, picked: { column: 'path:a', key: JSON.stringify(text) } })],
  ['the order', (text) => ({ ...EXPLORER, sort: { id: `path:${text}`, descending: true } })],
  ['the message', (message) => ({ ...EXPLORER, message })],
  ['the queue', (queue) => ({ ...EXPLORER, queue })],
  ['the connection', (connectionId) => ({ ...EXPLORER, connectionId })],
  ['an exchange', (exchange) => ({ screen: 'wire', exchange })],
];

test.each(ROUTES)('no secret is in the address, whichever it is, in %s', (_, route) => {
  for (const secret of SECRETS) {
    const { address, secret: found } = withoutSecrets(routePath(route(secret)));
    expect({ address, holds: holdsCore(address) }).toEqual({ address, holds: false });
    expect(found).toContain(CORES.find((core) => secret.includes(core)) ?? 'sig=');
  }
});

test('the rest of the address stays as it was', () => {
  const route: Route = {
    ...EXPLORER,
    message: '0b1f',
    filter: KEY,
    expressions: ['total > 1', TOKEN],
    only: ['poison'],
  };
  const { address } = withoutSecrets(routePath(route));
  expect(address).toBe(routePath({ ...route, filter: '', expressions: ['total > 1'] }));
});

test.each([
  ['written as it is', (secret: string) => `/q/harborlane/orders?filter=${secret}`],
  ['as a query of its own', (secret: string) => `/connect?${secret}`],
  ['as the path', (secret: string) => `/${secret}`],
  ['in the path', (secret: string) => `/q/${secret}/orders`],
  ['escaped twice', (secret: string) => `/connect?text=${encodeURIComponent(encodeURIComponent(secret))}`],
  ['escaped in the path', (secret: string) => `/connect/${encodeURIComponent(secret)}`],
])('a link with a secret %s is found and cleaned', (_, link) => {
  for (const secret of SECRETS) {
    const { address, secret: found } = withoutSecrets(link(secret));
    expect({ secret, isFound: found !== undefined }).toEqual({ secret, isFound: true });
    expect({ address, holds: holdsCore(address) }).toEqual({ address, holds: false });
  }
});

test.each([
  'deq:>=5',
  'sig=',
  'sig=abc',
  'signature',
  'eyJvcmRlciI6eyJpZCI6MTIzNDU2Nzg5MCwidG90YWwiOjEyLjV9fQ==',
  'eyJvcmRlciI6.x',
  'AccountKey',
  'AccountKey=',
  btoa('a message in Base64 that is longer than a key would be, with two marks at its end: 123'),
  'a'.repeat(64),
  '0b1f6c4e-9d7a-4c56-8f0e-1a2b3c4d5e6f',
])('%j is no secret', (text) => {
  for (const [, route] of ROUTES) {
    const path = routePath(route(text));
    expect(withoutSecrets(path)).toEqual({ address: path, secret: undefined });
  }
});

test('what is left of any address holds no secret, so that cleaning it again changes nothing', () => {
  const piece = fc.oneof(fc.constantFrom(...SECRETS, ...SECRETS.map((one) => encodeURIComponent(one))), fc.string());
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('/', '?', '&', '=', '&a=', '%'), piece), { maxLength: 6 }),
      (pieces) => {
        const { address } = withoutSecrets(`/${pieces.flat().join('')}`);
        expect(withoutSecrets(address)).toEqual({ address, secret: undefined });
      },
    ),
  );
});

test('a long address is no reason to stand still', () => {
  for (const piece of ['%2525', 'A', '/a', '&a=b', 'sig=&', '+', 'eyJa.', 'AccountKey='])
    expect(withoutSecrets(`/q/a?filter=${piece.repeat(100_000)}`).secret).toBeUndefined();
});
