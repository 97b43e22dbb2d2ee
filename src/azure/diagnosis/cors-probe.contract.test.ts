import { describe, expect, inject, test } from 'vitest';
import { connect } from '../account';
import { importKey } from '../credentials/shared-key';
import type { Connection } from '../protocol/connection';
import { EMULATOR } from '../protocol/emulator';
import { UnreachableError } from '../protocol/errors';
import { type Diagnosis, diagnose } from './diagnose';

const { url } = inject('azurite');
const key = await importKey(EMULATOR.key);

const connectionOf = (account: string, endpoint = url.replace(EMULATOR.account, account)): Connection => ({
  account,
  endpoint,
  credential: { kind: 'key', key },
});

const unanswered = new UnreachableError('List Queues got no answer.', { ambiguous: false });

/** What a diagnosis says in the end. */
async function diagnosisOf(connection: Connection, error: unknown = unanswered) {
  let last: Diagnosis | undefined;
  for await (const diagnosis of diagnose(connection, error)) last = diagnosis;
  return { ...last, kind: last?.verdict?.kind };
}

/** An endpoint with the account in its host name. */
const hostStyle = (account: string) => `http://${account}.queue.localhost:${new URL(url).port}`;

describe('a failure is traced to', () => {
  test('no CORS rule', async () => {
    const { verdict, steps } = await diagnosisOf(connectionOf('norule', hostStyle('norule')));
    expect(verdict).toMatchObject({ kind: 'corsNoRule', needsCorsRule: true });
    expect(steps?.map(({ step, state }) => [step, state])).toEqual([
      ['page', 'ok'],
      ['network', 'ok'],
      ['host', 'ok'],
      ['browserAccess', 'failed'],
    ]);
  });

  test('no CORS rule, by what a call throws after it was repeated', async () => {
    const connection = connectionOf('norule', hostStyle('norule'));
    const error: unknown = await connect(connection)
      .peekMessages('orders')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreachableError);
    expect((await diagnosisOf(connection, error)).kind).toBe('corsNoRule');
  });

  test('a CORS rule without the methods that write', async () => {
    const connection = connectionOf('readonly');
    const error: unknown = await connect(connection)
      .sendMessage('orders', { text: '' })
      .catch((thrown: unknown) => thrown);
    const { verdict } = await diagnosisOf(connection, error);
    expect(verdict).toMatchObject({ kind: 'corsMethodOrHeaders', needsCorsRule: true });
    expect(verdict?.explanation).toContain('PUT, POST, DELETE');
  });

  test('a CORS rule without the headers that a signed request has', async () => {
    const { verdict } = await diagnosisOf(connectionOf('fewheaders'));
    expect(verdict).toMatchObject({ kind: 'corsMethodOrHeaders', needsCorsRule: true });
    expect(verdict?.explanation).toContain('leave out the headers');
  });

  test('an account that is not there, which Azurite refuses without CORS headers', async () => {
    const { verdict } = await diagnosisOf(connectionOf('nobody'));
    expect(verdict).toMatchObject({ kind: 'wrongAccount', title: 'There is no account nobody' });
  });

  test('nothing, when the service answers by now', async () => {
    expect((await diagnosisOf(connectionOf(EMULATOR.account))).verdict).toMatchObject({
      kind: 'unknown',
      explanation: 'The service answers now. Try again.',
    });
  });

  test('a host that does not answer', async () => {
    const closed = 'http://127.0.0.1:1/devstoreaccount1';
    const { verdict } = await diagnosisOf(connectionOf(EMULATOR.account, closed));
    expect(verdict).toMatchObject({ kind: 'unreachable', title: '127.0.0.1:1 does not answer' });
  });

  test('something that is no queue service', async () => {
    expect((await diagnosisOf(connectionOf(EMULATOR.account, location.origin))).kind).toBe('notAzure');
  });

  test('a wrong key', async () => {
    const wrong = await importKey(btoa('x'.repeat(64)));
    const connection: Connection = { ...connectionOf(EMULATOR.account), credential: { kind: 'key', key: wrong } };
    const error: unknown = await connect(connection)
      .peekMessages('orders')
      .catch((thrown: unknown) => thrown);
    const { verdict, steps } = await diagnosisOf(connection, error);
    expect(verdict).toMatchObject({
      kind: 'wrongKey',
      title: 'Azure refused the signature',
      needsCorsRule: false,
    });
    expect(steps?.at(-1)).toMatchObject({
      step: 'credential',
      state: 'failed',
      detail: '403 AuthenticationFailed',
    });
  });
});

describe('where a rule hides the headers', () => {
  const account = connect(connectionOf('hidden'));

  test('the count, the metadata and the clock are unknown, and never 0', async () => {
    await account.createQueue('hidden', { metadata: { owner: 'me' } });
    expect(await account.getQueueProperties('hidden')).toEqual({
      approximateMessageCount: undefined,
      metadata: undefined,
    });
    expect(account.clockSkew()).toBeUndefined();
  });

  test('the new receipt of an update is unknown', async () => {
    await account.createQueue('hidden-receipt');
    const sent = await account.sendMessage('hidden-receipt', { text: 'x' });
    expect(await account.updateMessage('hidden-receipt', sent, { visibilityTimeout: 1 })).toEqual({
      receipt: undefined,
      visibleAt: undefined,
    });
  });

  test('the code of an error comes from its body', async () => {
    await expect(account.peekMessages('nowhere')).rejects.toMatchObject({
      code: 'QueueNotFound',
      status: 404,
      requestId: expect.any(String) as string,
    });
  });
});

test('taking all CORS rules away locks the page out, and hides the answer that says so', async () => {
  const connection = connectionOf('scratch', hostStyle('scratch'));
  await expect(connect(connection).setServiceProperties({ cors: [] })).rejects.toThrow(UnreachableError);
  expect((await diagnosisOf(connection)).kind).toBe('corsNoRule');
});

test('a shared access signature lists and reads without a preflight', async () => {
  // Made by the official client for the emulator's published key; valid until 2099.
  const token =
    'sv=2025-11-05&ss=q&srt=sco&spr=https%2Chttp&st=2026-01-01T00%3A00%3A00Z&se=2099-12-31T23%3A59%3A59Z&sp=rwdlacup&sig=e51Bj09cXsJtDAeMkt29YvZ5qktAvuXGfjFqrxYxCew%3D';
  const account = connect({ account: EMULATOR.account, endpoint: url, credential: { kind: 'sas', token } });
  await account.createQueue('by-sas', { metadata: { owner: 'me' } });
  await account.sendMessage('by-sas', { text: 'hello' });
  expect(await account.peekMessages('by-sas')).toMatchObject([{ text: 'hello' }]);
  const [message] = await account.receiveMessages('by-sas');
  await account.deleteMessage('by-sas', message ?? { id: '', receipt: '' });
  expect(await account.getQueueProperties('by-sas')).toEqual({ approximateMessageCount: 0, metadata: { owner: 'me' } });
});
