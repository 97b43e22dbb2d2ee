import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeAccountSas, makeQueueSas } from '../azure/credentials/sas-generate';
import { readSasToken } from '../azure/credentials/sas-parse';
import { OPERATIONS, sasAllows } from '../azure/credentials/sas-permissions';
import { importKey } from '../azure/credentials/shared-key';
import { CALLS } from './calls.fixture';
import { connectBySas, openSandbox, START } from './open-sandbox.fixture';
import { SANDBOX } from './sandbox-account';

const key = await importKey(SANDBOX.key);
const TERMS = { sv: '2024-11-04', se: '2026-01-03T00:00:00Z' };

/** Nobody here gives user delegation keys. */
const asked = OPERATIONS.filter((operation) => operation !== 'Get User Delegation Key');

/** Which operations a fresh sandbox lets through with a token. */
async function letThrough(token: string) {
  const passed: string[] = [];
  for (const operation of asked) {
    const { sandbox, account } = openSandbox();
    await account.createQueue('orders');
    const message = await account.sendMessage('orders', { text: 'hello' });
    const code = await CALLS[operation](connectBySas(sandbox, token), message).then(
      () => '',
      (error: unknown) => String((error as { code: unknown }).code),
    );
    if (!code.startsWith('Auth')) passed.push(operation);
  }
  return passed;
}

const readAs = (token: string) =>
  asked.filter((operation) => sasAllows(readSasToken(token).fields, operation, START).allowed === true);

const lettersOf = (letters: string) => fc.subarray(letters.split(''), { minLength: 1 }).map((some) => some.join(''));

describe('what the reader says of a signature that the maker made is what the service does', () => {
  test('for the account', async () => {
    await fc.assert(
      fc.asyncProperty(lettersOf('rwdlacup'), lettersOf('sco'), async (sp, srt) => {
        const token = await makeAccountSas(key, SANDBOX.account, { ...TERMS, ss: 'q', srt, sp });
        expect(await letThrough(token)).toEqual(readAs(token));
      }),
      { numRuns: 16 },
    );
  });

  test('for one queue', async () => {
    await fc.assert(
      fc.asyncProperty(lettersOf('raup'), async (sp) => {
        const token = await makeQueueSas(key, SANDBOX.account, 'orders', { ...TERMS, sp });
        expect(await letThrough(token)).toEqual(readAs(token));
      }),
      { numRuns: 8 },
    );
  });

  test('for another queue, and too late', async () => {
    const elsewhere = await makeQueueSas(key, SANDBOX.account, 'returns', { ...TERMS, sp: 'raup' });
    expect(await letThrough(elsewhere)).toEqual([]);
    const late = await makeQueueSas(key, SANDBOX.account, 'orders', { ...TERMS, se: '2026-01-01T00:00:00Z', sp: 'r' });
    expect(await letThrough(late)).toEqual(readAs(late));
    expect(readAs(late)).toEqual([]);
  });
});
