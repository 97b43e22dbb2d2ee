import { expect, test } from 'vitest';
import { connect } from '../account';
import { describeError } from '../diagnosis/failure-text';
import { UnreachableError } from '../protocol/errors';
import type { Exchange } from '../protocol/exchange';
import { RelayError, relayFetch } from './relay-fetch';

const PAGE = 'http://127.0.0.1:5190';
const ADDRESS = "https://acc.queue.core.windows.net/orders/messages?peekonly=true&x=%2B%20'";

test('asks the server of this page for an address of the account, which stays as it was signed', async () => {
  const asked: [string, RequestInit | undefined][] = [];
  const fetch = relayFetch(PAGE, async (input, init) => {
    asked.push([input instanceof Request ? input.url : input.toString(), init]);
    return new Response('<ok/>');
  });

  const answer = await fetch(ADDRESS, { method: 'PUT', headers: { 'x-ms-version': '1' }, mode: 'no-cors' });

  expect(await answer.text()).toBe('<ok/>');
  expect(asked).toEqual([
    [
      "http://127.0.0.1:5190/relay/https/acc.queue.core.windows.net/orders/messages?peekonly=true&x=%2B%20'",
      {
        method: 'PUT',
        headers: { 'x-ms-version': '1' },
        mode: 'same-origin',
        // Else Firefox says `Origin: null`, which the server refuses.
        referrerPolicy: 'strict-origin',
        redirect: 'error',
      },
    ],
  ]);
});

test('a refusal of the relay is told in its words', async () => {
  const refusal = new Response('acc does not answer.', { status: 502, headers: { 'queuescope-relay': 'unreachable' } });
  const thrown: unknown = await relayFetch(PAGE, async () => refusal)(ADDRESS).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(RelayError);
  expect(thrown).toMatchObject({ message: 'acc does not answer.', reached: true });
});

const redirect = () =>
  new Response('acc answers with a redirect (307 to b.example).', {
    status: 502,
    headers: { 'queuescope-relay': 'redirect' },
  });

test('a redirect that the relay met ends the call with its status and host, and may have changed something', async () => {
  let asked = 0;
  const fetch = relayFetch(PAGE, async () => (asked++, redirect()));
  const account = connect(
    {
      account: 'acc',
      endpoint: 'https://acc.queue.core.windows.net',
      credential: { kind: 'sas', token: 'sig=zzzz' },
      relay: true,
    },
    { fetch },
  );

  const error = await account.deleteMessage('orders', { id: 'a', receipt: 'r' }).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ redirected: true, ambiguous: true });
  expect(describeError(error).reason).toBe(
    'acc answers with a redirect (307 to b.example). It is not known whether the change was made.',
  );
  expect(asked).toBe(1);
});

test('a server that is gone is told apart from an account that is', async () => {
  await expect(relayFetch(PAGE, () => Promise.reject(new TypeError('Failed to fetch')))(ADDRESS)).rejects.toMatchObject(
    { name: 'RelayError', reached: false },
  );
});

test('an abort stays an abort', async () => {
  const abort = new DOMException('Aborted', 'AbortError');
  await expect(relayFetch(PAGE, () => Promise.reject(abort))(ADDRESS)).rejects.toBe(abort);
});

test('an error of the account is none of the relay, and exchanges say how they went', async () => {
  const seen: Exchange[] = [];
  const fetch = relayFetch(PAGE, () => Promise.reject(new TypeError('Failed to fetch')));
  const account = connect(
    {
      account: 'acc',
      endpoint: 'https://acc.queue.core.windows.net',
      credential: { kind: 'sas', token: 'sig=zzzz' },
      relay: true,
    },
    { fetch, observe: (exchange) => seen.push(exchange), delay: () => Promise.resolve() },
  );

  await expect(account.peekMessages('orders')).rejects.toThrow(UnreachableError);

  expect(seen[0]).toMatchObject({ relayed: true });
  expect(seen[0]?.url).toMatch(/^https:\/\/acc\.queue\.core\.windows\.net\/orders\/messages/);
});
