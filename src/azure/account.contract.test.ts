import { describe, expect, inject, test } from 'vitest';
import { accountContract } from './account-contract.fixture';
import { importKey } from './credentials/shared-key';
import type { Connection } from './protocol/connection';
import { EMULATOR } from './protocol/emulator';
import { createTransport } from './wire/transport';

const { url } = inject('azurite');
const connection: Connection = {
  account: EMULATOR.account,
  endpoint: url,
  secondaryEndpoint: `${url}-secondary`,
  credential: { kind: 'key', key: await importKey(EMULATOR.key) },
};

describe('Azurite', () => {
  accountContract({ connection, cutsCharacters: true });

  test('refuses what it cannot parse without code and body, and the refusal still has a message', async () => {
    const { send } = createTransport(connection);
    const error: unknown = await send({
      operation: 'Peek Messages',
      method: 'GET',
      path: '/any-queue/messages',
      repeatable: true,
      query: { peekonly: 'true', numofmessages: 0 },
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'StorageError',
      status: 400,
      code: undefined,
      message: expect.stringMatching(/^The service answered 400: \S/) as string,
    });
  });
});
