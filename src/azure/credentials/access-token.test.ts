import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTokenInput, tokenAt } from '../connection-input/access-token-input';
import { toConnection } from '../connection-input/build-connection';
import { audienceProblem, readTokenClaims, timeProblem, tokenIn } from './access-token';
import { TENANT, tokenSaying } from './access-token.fixture';

const NOW = Date.UTC(2026, 0, 2, 3, 0);
const SECONDS = NOW / 1000;
const CLAIMS = {
  aud: 'https://storage.azure.com',
  tid: TENANT,
  upn: 'ada@contoso.example',
  nbf: SECONDS - 60,
  exp: SECONDS + 3000,
};
const TOKEN = tokenSaying(CLAIMS);

describe('a token is found', () => {
  const wrapped = TOKEN.replace(/.{60}/g, '$&\n');
  test.each([
    ['alone', TOKEN],
    ['behind Bearer', `Bearer ${TOKEN}`],
    ['as a header', `authorization: bearer ${TOKEN}`],
    ['cut into lines', wrapped],
    ['in what az prints', JSON.stringify({ accessToken: TOKEN, expiresOn: '2026-01-02 04:00:00', tenant: TENANT })],
    ['in what PowerShell prints', JSON.stringify({ Token: TOKEN, Type: 'Bearer' })],
    ['in an answer of the token endpoint', JSON.stringify({ token_type: 'Bearer', access_token: TOKEN })],
    ['in a setting', `export ACCESS_TOKEN="${TOKEN}"`],
    ['in a command', `curl -H "Authorization: Bearer ${TOKEN}" https://contosoq.queue.core.windows.net/?comp=list`],
  ])('%s', (_, text) => expect(tokenIn(text)).toBe(TOKEN));

  test.each(['', 'contosoq', 'AccountName=a;AccountKey=eyJhbGci', 'eyJhbGciOiJIUzI1NiJ9', '"token": "abc"'])(
    'but not in %j',
    (text) => expect(tokenIn(text)).toBeUndefined(),
  );
});

describe('the claims of a token', () => {
  test('audience, directory, holder and times are read', () => {
    expect(readTokenClaims(TOKEN)).toEqual({
      audience: 'https://storage.azure.com',
      tenant: TENANT,
      who: 'ada@contoso.example',
      startsAt: new Date(NOW - 60_000),
      expiresAt: new Date(NOW + 3_000_000),
    });
  });

  test.each([
    [{ preferred_username: 'grace@contoso.example', oid: '1' }, 'grace@contoso.example'],
    [{ name: 'Zoë Ångström', oid: '1' }, 'Zoë Ångström'],
    [{ appid: 'the-app', oid: '1' }, 'the-app'],
    [{ oid: '1' }, '1'],
    [{}, ''],
  ])('its holder, from %j', (claims, who) => expect(readTokenClaims(tokenSaying(claims))?.who).toBe(who));

  test('nothing but claims of the right kind is taken over', () => {
    const odd = tokenSaying({ aud: ['a'], tid: 7, upn: null, exp: 'soon', nbf: 1e300 });
    expect(readTokenClaims(odd)).toEqual({ audience: '', who: '' });
  });

  test('any three parts are read or are not, without an error', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, value) => {
        for (const middle of [
          text,
          btoa(encodeURIComponent(text)),
          btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)))),
        ]) {
          expect(() => readTokenClaims(`a.${middle}.b`)).not.toThrow();
        }
      }),
    );
  });
});

const problem = (aud: string, account?: string) => audienceProblem({ audience: aud, who: '' }, account);

describe('what a token is for', () => {
  test.each([
    'https://storage.azure.com',
    'https://storage.azure.com/',
    'e406a681-f3d4-42a8-90b6-c2b029497af1',
    'https://contosoq.queue.core.windows.net',
    'https://contosoq.queue.core.chinacloudapi.cn/',
    'https://contosoq.z01.queue.storage.azure.net',
  ])('%s is for queues', (audience) => expect(problem(audience, 'contosoq')).toBeUndefined());

  test.each([
    [
      'https://management.azure.com/',
      'This token is for management.azure.com, and queues need one for storage.azure.com',
    ],
    ['https://contosoq.blob.core.windows.net', 'This token is for contosoq.blob.core.windows.net'],
    ['', 'This token does not say what it is for'],
  ])('%s is not, with the command that gives the right one', (audience, words) => {
    expect(problem(audience)).toContain(words);
    expect(problem(audience)).toContain('az account get-access-token --resource https://storage.azure.com');
  });

  test('one for another account alone is refused', () => {
    expect(problem('https://fabrikamq.queue.core.windows.net', 'contosoq')).toBe(
      'This token is for the account fabrikamq alone, not for contosoq.',
    );
  });
});

test('when it holds is judged by the time given, with room for clocks that differ', () => {
  const claims = { audience: '', who: '', startsAt: new Date(NOW), expiresAt: new Date(NOW + 3600_000) };
  expect(timeProblem(claims, NOW - 4 * 60_000)).toBeUndefined();
  expect(timeProblem(claims, NOW - 6 * 60_000)).toBe('This token is not valid before 2026-01-02 at 03:00 UTC.');
  expect(timeProblem(claims, NOW + 3600_000)).toMatch(/^This token expired on 2026-01-02 at 04:00 UTC\..*az account/);
});

const recognised = (claims: Record<string, unknown> = CLAIMS) => {
  const found = parseTokenInput(tokenSaying(claims), NOW);
  if (found?.kind !== 'token') throw new Error('not recognised');
  return found;
};

const errors = ({ problems }: ReturnType<typeof recognised>) =>
  problems.filter(({ severity }) => severity === 'error').map(({ field }) => field);

describe('a recognised token', () => {
  test('wants to know where it is to be used, by name or by address', async () => {
    expect(errors(recognised())).toEqual(['accountName']);
    const byName = tokenAt(recognised(), 'contosoq', '', NOW);
    const byAddress = tokenAt(recognised(), 'https://contosoq.queue.core.usgovcloudapi.net/', '', NOW);
    expect([byName.endpoint, byAddress.endpoint]).toEqual([
      'https://contosoq.queue.core.windows.net',
      'https://contosoq.queue.core.usgovcloudapi.net',
    ]);
    const { account, credential } = await toConnection(byAddress);
    expect(account).toBe('contosoq');
    if (credential.kind !== 'token') throw new Error('no token');
    expect(await credential.getToken()).toBe(TOKEN);
    expect(credential.renewToken).toBeUndefined();
  });

  test('for one account alone tells where', () => {
    const { account, endpoint, problems } = recognised({ ...CLAIMS, aud: 'https://contosoq.queue.core.windows.net/' });
    expect({ account, endpoint, problems }).toEqual({
      account: 'contosoq',
      endpoint: 'https://contosoq.queue.core.windows.net',
      problems: [],
    });
  });

  test('is not sent over http', () => {
    expect(errors(tokenAt(recognised(), 'http://127.0.0.1:10001/devstoreaccount1', '', NOW))).toEqual(['endpoint']);
  });

  test('that has expired is refused here', () => {
    expect(errors(tokenAt(recognised({ ...CLAIMS, exp: SECONDS - 1 }), 'contosoq', '', NOW))).toEqual(['token']);
  });

  test('whose middle cannot be read is told from other texts', () => {
    const cut = `${TOKEN.slice(0, 20)}.${'%'.repeat(0)}aaaaa.${'b'.repeat(20)}`;
    expect(parseTokenInput(cut, NOW)).toMatchObject({ kind: 'unknown', problems: [{ field: 'token' }] });
  });
});
