import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  generateQueueSASQueryParameters,
  QueueSASPermissions,
  SASProtocol,
  StorageSharedKeyCredential,
} from '@azure/storage-queue';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMULATOR } from '../protocol/emulator';
import {
  accountSasText,
  makeAccountSas,
  makeQueueSas,
  makeUserDelegationSas,
  queueSasText,
  sasTime,
  userDelegationSasText,
} from './sas-generate';
import vectors from './sas-vectors.json';
import { importKey, keyBytes } from './shared-key';

type Vector = (typeof vectors)[number];

/** Text and token of a published vector, made by the maker. */
async function made({ kind, account, key, queue = '', params, userDelegationKey }: Vector) {
  if (kind === 'account') {
    const all = { ss: '', srt: '', ...params };
    const token = await makeAccountSas(await importKey(key ?? ''), account, all);
    return { stringToSign: accountSasText(account, all), sasToken: token };
  }
  if (!userDelegationKey) {
    const token = await makeQueueSas(await importKey(key), account, queue, params);
    return { stringToSign: queueSasText(account, queue, params), sasToken: token };
  }
  const delegated = { ...userDelegationKey, value: keyBytes(userDelegationKey.value) ?? new Uint8Array() };
  const token = await makeUserDelegationSas(delegated, account, queue, params);
  return { stringToSign: userDelegationSasText(account, queue, params, delegated), sasToken: token };
}

test.each(vectors)('$name is made exactly', async (vector) => {
  const { stringToSign, sasToken, signature } = vector;
  expect(await made(vector)).toEqual({ stringToSign, sasToken });
  expect(new URLSearchParams(sasToken).get('sig')).toBe(signature);
});

test('letters come out in the order that the service demands', async () => {
  const key = await importKey(EMULATOR.key);
  const fields = { sv: '2024-11-04', se: '2099-01-01T00:00:00Z' };
  const account = await makeAccountSas(key, 'contosoq', { ...fields, sp: 'pucaldwr', ss: 'q', srt: 'sco' });
  expect(new URLSearchParams(account).get('sp')).toBe('rwdlacup');
  const queue = await makeQueueSas(key, 'contosoq', 'orders', { ...fields, sp: 'pura' });
  expect(new URLSearchParams(queue).get('sp')).toBe('raup');
});

const lettersOf = (letters: string) => fc.subarray(letters.split(''), { minLength: 1 }).map((some) => some.join(''));

describe('the official client makes the same', () => {
  const credential = new StorageSharedKeyCredential('contosoq', EMULATOR.key);
  const date = fc.date({ min: new Date('2025-01-01'), max: new Date('2098-01-01'), noInvalidDate: true });
  const part = fc.integer({ min: 0, max: 255 });
  const address = fc.tuple(part, part, part, part).map((parts) => parts.join('.'));
  const terms = fc.record({
    sv: fc.constantFrom('2019-02-02', '2020-12-06', '2024-11-04', '2025-11-05'),
    startsOn: fc.option(date, { nil: undefined }),
    expiresOn: date,
    range: fc.option(fc.record({ start: address, end: fc.option(address, { nil: undefined }) }), { nil: undefined }),
    protocol: fc.option(fc.constantFrom(SASProtocol.Https, SASProtocol.HttpsAndHttp), { nil: undefined }),
  });

  type Terms = typeof terms extends fc.Arbitrary<infer Value> ? Value : never;

  const toFields = ({ sv, startsOn, expiresOn, range, protocol }: Terms) => ({
    sv,
    se: sasTime(expiresOn),
    ...(startsOn && { st: sasTime(startsOn) }),
    ...(range && { sip: range.end === undefined ? range.start : `${range.start}-${range.end}` }),
    ...(protocol && { spr: protocol }),
  });
  const toOptions = ({ sv, startsOn, expiresOn, range, protocol }: Terms) => ({
    version: sv,
    expiresOn,
    ...(startsOn && { startsOn }),
    ...(range && { ipRange: { start: range.start, ...(range.end !== undefined && { end: range.end }) } }),
    ...(protocol && { protocol }),
  });

  test('for an account', async () => {
    const key = await importKey(EMULATOR.key);
    await fc.assert(
      fc.asyncProperty(terms, lettersOf('rwdlacup'), lettersOf('sco'), async (some, sp, srt) => {
        const theirs = generateAccountSASQueryParameters(
          {
            ...toOptions(some),
            permissions: AccountSASPermissions.parse(sp),
            services: AccountSASServices.parse('q').toString(),
            resourceTypes: AccountSASResourceTypes.parse(srt).toString(),
          },
          credential,
        ).toString();
        expect(await makeAccountSas(key, 'contosoq', { ...toFields(some), sp, srt, ss: 'q' })).toBe(theirs);
      }),
      { numRuns: 100 },
    );
  });

  test('for a queue, with and without a stored access policy', async () => {
    const key = await importKey(EMULATOR.key);
    const queueName = fc.stringMatching(/^[a-z0-9]{3,20}$/);
    const policy = fc.option(fc.string({ minLength: 1, maxLength: 64 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(terms, lettersOf('raup'), queueName, policy, async (some, sp, queue, si) => {
        const theirs = generateQueueSASQueryParameters(
          {
            ...toOptions(some),
            queueName: queue,
            permissions: QueueSASPermissions.parse(sp),
            ...(si !== undefined && { identifier: si }),
          },
          credential,
        ).toString();
        const fields = { ...toFields(some), sp, ...(si !== undefined && { si }) };
        expect(await makeQueueSas(key, 'contosoq', queue, fields)).toBe(theirs);
      }),
      { numRuns: 100 },
    );
  });
});
