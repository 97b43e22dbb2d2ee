import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queueRoute, type Route, readRoute, routePath } from './route';

const read = (address: string) => {
  const at = address.indexOf('?');
  return at < 0 ? readRoute(address, '') : readRoute(address.slice(0, at), address.slice(at + 1));
};

// Any string a URL can carry: a lone surrogate cannot be written as UTF-8.
const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed());
const anyRoute: fc.Arbitrary<Route> = fc.oneof(
  fc.constant<Route>({ screen: 'connect' }),
  fc.constant<Route>({ screen: 'settings' }),
  fc.record({ screen: fc.constant('wire' as const), exchange: fc.option(name, { nil: undefined }) }),
  fc
    .record({
      screen: fc.constant('explorer' as const),
      connectionId: name,
      queue: fc.option(name, { nil: undefined }),
      message: fc.option(name, { nil: undefined }),
      mode: fc.constantFrom('peek' as const, 'receive' as const, 'browse' as const),
      filter: fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
      only: fc.constantFrom(
        undefined,
        ['leased' as const],
        ['leased' as const, 'poison' as const, 'expiring' as const],
      ),
      expressions: fc.option(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), { nil: undefined }),
      picked: fc.option(fc.record({ column: name, key: fc.oneof(fc.constant(''), name) }), { nil: undefined }),
      sort: fc.option(fc.record({ id: fc.constantFrom('size', 'path:a-b'), descending: fc.boolean() }), {
        nil: undefined,
      }),
    })
    .map((place) => Object.assign(place, { message: place.queue && place.message })),
);

test('every place comes back from its address', () => {
  fc.assert(
    fc.property(anyRoute, (route) => {
      expect(read(routePath(route))).toEqual(route);
    }),
  );
});

test('an address is plain ASCII, whatever it names', () => {
  fc.assert(
    fc.property(anyRoute, (route) => {
      expect(routePath(route)).toMatch(/^\/[!-~]*$/);
    }),
  );
});

test('the address of a queue can be read by a person', () => {
  const route: Route = { screen: 'explorer', connectionId: 'harborlane', queue: 'orders', mode: 'peek', filter: '' };
  expect(routePath(route)).toBe('/q/harborlane/orders');
  expect(routePath({ ...route, message: '0b1f6c4e', mode: 'receive', filter: 'deq:>=5' })).toBe(
    '/q/harborlane/orders/0b1f6c4e?mode=receive&filter=deq%3A%3E%3D5',
  );
  expect(
    routePath({
      ...route,
      only: ['poison'],
      expressions: ['total > 100'],
      picked: { column: 'format', key: 'json' },
      sort: { id: 'size', descending: true },
    }),
  ).toBe('/q/harborlane/orders?only=poison&where=total+%3E+100&column=format&value=json&sort=-size');
});

test.each(['/', '', '/nowhere', '/q', '/q//orders', '/connect/more', '/wire/1/2', '/q/a/b/c/d'])(
  '%j names no place',
  (address) => {
    expect(read(address)).toBeUndefined();
  },
);

test('what an address narrows by and nobody knows is left out', () => {
  expect(read('/q/harborlane/orders?only=poison+nonsense&where=&column=format&sort=')).toEqual({
    screen: 'explorer',
    connectionId: 'harborlane',
    queue: 'orders',
    mode: 'peek',
    filter: '',
    only: ['poison'],
  });
});

test('an address cut off in the middle of an escape still names a place', () => {
  expect(read('/q/harborlane/or%C3%')).toMatchObject({ queue: 'or%C3%' });
});

test('a queue is opened at its messages, peeked and not narrowed, and an account at its queues', () => {
  expect(routePath(queueRoute('harborlane', 'orders'))).toBe('/q/harborlane/orders');
  expect(routePath(queueRoute('harborlane'))).toBe('/q/harborlane');
});
