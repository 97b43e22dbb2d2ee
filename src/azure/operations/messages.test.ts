import { expect, test } from 'vitest';
import { connect } from '../account';
import { importKey } from '../credentials/shared-key';
import { EMULATOR } from '../protocol/emulator';
import { mayHaveSucceeded } from '../wire/retry';

const key = await importKey(EMULATOR.key);

/** An account whose service gives these answers one by one; nothing in place of an answer is a lost one. */
function answering(...replies: (Response | undefined)[]) {
  const fetch = () => {
    const reply = replies.shift();
    return reply ? Promise.resolve(reply) : Promise.reject(new TypeError('Failed to fetch'));
  };
  const endpoint = 'https://contosoq.queue.core.windows.net';
  const connection = { account: 'contosoq', endpoint, credential: { kind: 'key', key } } as const;
  return connect(connection, { fetch, delay: () => Promise.resolve() });
}
const refusal = (status: number, code: string) =>
  new Response(null, { status, headers: { 'x-ms-error-code': code, date: 'Fri, 02 Jan 2026 03:04:05 GMT' } });
const forbidden = () => refusal(403, 'AuthorizationFailure');

// Versions before 2016-05-31 answer without a body, also by a SAS of such a version.
test.each([
  ['no body', null],
  ['an empty list', '<QueueMessagesList />'],
])('a message that is answered by 201 and %s was added, and the error says so', async (_, body) => {
  const error: unknown = await answering(new Response(body, { status: 201 }))
    .sendMessage('orders', { text: 'a' })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'StorageError',
    status: 201,
    message: 'The message was added, but the service described none.',
  });
  expect(mayHaveSucceeded(error)).toBe(true);
});

test('a delete that is repeated after a lost answer and then refused was perhaps never done', async () => {
  const message = { id: 'a', receipt: 'AgAA' };
  const dates: Date[] = [];
  const account = answering(undefined, refusal(404, 'MessageNotFound'));
  const error: unknown = await account
    .deleteMessage('orders', message, { onDate: (date) => dates.push(date) })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'MessageNotFound', afterLostAnswer: true });
  expect(mayHaveSucceeded(error)).toBe(true);
  expect(dates).toEqual([new Date('2026-01-02T03:04:05Z')]);
  await answering(undefined, new Response(null, { status: 204 })).deleteMessage('orders', message);
});

test('a clear that is refused after a call that may have removed a part says so', async () => {
  const late = Array.from({ length: 4 }, () => refusal(500, 'OperationTimedOut'));
  await expect(answering(...late, forbidden()).clearMessages('orders')).rejects.toMatchObject({
    status: 403,
    afterLostAnswer: true,
  });
  await expect(answering(forbidden()).clearMessages('orders')).rejects.toMatchObject({ afterLostAnswer: false });
});

test('a clear that takes several calls tells the date of each', async () => {
  const dates: Date[] = [];
  const done = new Response(null, { status: 204, headers: { date: 'Fri, 02 Jan 2026 03:04:06 GMT' } });
  const late = Array.from({ length: 4 }, () => refusal(500, 'OperationTimedOut'));
  await answering(...late, done).clearMessages('orders', { onDate: (date) => dates.push(date) });
  expect(dates.map((date) => date.getUTCSeconds())).toEqual([5, 6]);
});
