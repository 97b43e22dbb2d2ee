import { expect, test } from 'vitest';
import type { LoggedExchange } from '@/state/activity/request-log';
import type { StoredConnection } from '@/state/connections/connections';
import { connectionHealth } from './connection-health';

const connection = { id: 'a', endpoint: 'https://a.queue.core.windows.net', kind: 'key' } as StoredConnection;
const answered = { connectionId: 'a', operation: 'List Queues', response: { status: 200 } } as LoggedExchange;
const silent: LoggedExchange = {
  ...answered,
  operation: 'Peek Messages',
  startedAt: new Date(2026, 0, 1, 9, 41),
  failure: { message: 'No answer.' },
};
delete silent.response;

test('a connection is as well as its newest answer, and that of the secondary endpoint does not count', () => {
  expect(connectionHealth(connection, [answered]).words).toBe('Connected with Shared Key');
  expect(connectionHealth(connection, [silent, answered]).words).toBe('No readable answer since 09:41:00');
  const secondary = { ...silent, operation: 'Get Queue Service Stats' };
  expect(connectionHealth(connection, [secondary, answered]).words).toBe('Connected with Shared Key');
});

test('a refused list counts, unless queues are opened by name there', () => {
  const code = 'AuthorizationPermissionMismatch';
  const refused = { ...answered, response: { status: 403 }, failure: { message: 'No.', code } } as LoggedExchange;
  const peeked = { ...answered, operation: 'Peek Messages' };
  expect(connectionHealth(connection, [refused, peeked]).words).toBe(`Refused: ${code}`);
  const named = { ...connection, openedQueues: ['orders'] };
  expect(connectionHealth(named, [refused, peeked]).words).toBe('Connected with Shared Key');
  expect(connectionHealth(named, [refused]).words).toBe('Not asked yet');
  expect(connectionHealth(named, [{ ...refused, operation: 'Peek Messages' }, peeked]).words).toBe(`Refused: ${code}`);
});

test('what keeps requests from being sent comes before the newest answer, and a busy service is told', () => {
  const of = (missing: Parameters<typeof connectionHealth>[2], exchange = answered, one = connection) =>
    connectionHealth(one, [exchange], missing);
  expect(of({ loss: 'network' })).toEqual({ tone: 'danger', words: 'No network' });
  expect(of({ loss: 'server', isTokenMissing: true }).words).toBe('The local server does not answer');
  expect(of({ isTokenMissing: true }).words).toBe('No access token');
  const signedIn = { ...connection, kind: 'token', signIn: { username: 'ada' } } as StoredConnection;
  expect(of({ isTokenMissing: true }, answered, signedIn)).toEqual({ tone: 'danger', words: 'Signed out' });
  const busy = { ...answered, response: { status: 503 }, failure: { message: 'No.', code: 'ServerBusy' } };
  expect(of({}, busy as LoggedExchange)).toEqual({ tone: 'warn', words: 'Service busy: ServerBusy' });
});
