import { describe, expect, test } from 'vitest';
import type { Connection, Credential } from '../protocol/connection';
import { StorageError } from '../protocol/errors';
import { readError } from '../wire/error-response';
import { refusalKind } from './classify-refusal';
import { type VerdictKind, verdict } from './verdict-text';

const SAS: Credential = { kind: 'sas', token: 'sv=2024-11-04&sig=x' };
const KEY: Credential = { kind: 'key', key: {} as CryptoKey };
const TOKEN: Credential = { kind: 'token', getToken: () => Promise.resolve('') };

const at = (endpoint: string, credential: Credential = KEY): Connection => ({
  account: 'harborlane',
  endpoint,
  credential,
});
const CLOUD = 'https://harborlane.queue.core.windows.net';

/** What a refusal is told as. */
function told(code: string, detail: string, credential: Credential, endpoint = CLOUD) {
  const error = new StorageError('In the service’s own words.', {
    status: 403,
    code,
    details: detail === '' ? {} : { AuthenticationErrorDetail: detail },
  });
  const { details, message: reason } = error;
  return verdict(refusalKind(error, 0, credential.kind), {
    connection: at(endpoint, credential),
    origin: 'http://localhost:5190',
    reason,
    details,
  });
}

describe('a refusal is told with its cause and the next step', () => {
  test.each<[code: string, detail: string, credential: Credential, title: string, words: string]>([
    ['AuthorizationFailure', '', KEY, 'The account does not let this browser in', 'networking settings'],
    ['AuthorizationFailure', '', TOKEN, 'The account does not let this browser in', 'VPN'],
    ['AuthorizationFailure', '', SAS, 'The account does not let this browser in', '(sip)'],
    ['AuthorizationSourceIPMismatch', '', SAS, 'The account does not let this browser in', '(sip)'],
    ['AccountRequiresHttps', '', KEY, 'The account takes https only', 'https address'],
    ['AuthorizationProtocolMismatch', '', SAS, 'The account takes https only', '(spr)'],
    ['FeatureNotSupportedForAccount', '', KEY, 'This account has no queues', 'StorageV2'],
    [
      'AuthenticationFailed',
      'SAS identifier cannot be found for specified signed identifier',
      SAS,
      'The stored access policy is gone',
      'Ask for another',
    ],
    [
      'AuthenticationFailed',
      'Signature did not match. String to sign used was r',
      SAS,
      'The signature does not match',
      'renewed since',
    ],
    [
      'AuthenticationFailed',
      'Signature fields not well formed.',
      SAS,
      'The signature is not well formed',
      'Copy the whole address',
    ],
    ['AuthenticationFailed', 'sv is malformed', SAS, 'The signature is not well formed', 'Copy the whole address'],
    [
      'AuthenticationFailed',
      'Signature not valid in the specified time frame: Start [Thu, 01 Jan 2026 00:00:00 GMT] - Expiry [Fri, 02 Jan 2026 00:00:00 GMT] - Current [Sat, 03 Jan 2026 00:00:00 GMT]',
      SAS,
      'The signature has expired',
      'It ended on 2026-01-02 at 00:00 UTC',
    ],
    [
      'AuthenticationFailed',
      'Signature not valid in the specified time frame: Start [Thu, 01 Jan 2026 00:00:00 GMT] - Expiry [Fri, 02 Jan 2026 00:00:00 GMT] - Current [Wed, 31 Dec 2025 23:50:00 GMT]',
      SAS,
      'The signature is not valid yet',
      'It starts on 2026-01-01 at 00:00 UTC',
    ],
    [
      'AuthenticationFailed',
      'Signed expiry time [Fri, 02 Jan 2026 00:00:00 GMT] must be after signed start time [Sat, 03 Jan 2026 00:00:00 GMT]',
      SAS,
      'The signature has expired',
      'It ended on 2026-01-02',
    ],
    [
      'AuthenticationFailed',
      'Signature not valid in the specified time frame: Start [a',
      SAS,
      'The signature has expired',
      'clock of the service',
    ],
    [
      'AuthenticationFailed',
      'Signature not valid in the specified key time frame: Key start [a] - Key expiry [b]',
      SAS,
      'The user delegation key has ended',
      'seven days',
    ],
    ['AccountIsDisabled', '', KEY, 'This account is disabled', 'subscription'],
    ['AccountBeingCreated', '', KEY, 'This account is being created', 'check again'],
    ['ServerBusy', '', KEY, 'The service is busy', 'Wait a moment'],
    ['OperationTimedOut', '', KEY, 'The service is busy', 'Wait a moment'],
    ['AuthenticationFailed', 'Something new.', SAS, 'Azure refused the credential', 'In the service’s own words.'],
    [
      'AuthenticationFailed',
      'The MAC signature found is not the same',
      KEY,
      'Azure refused the signature',
      'Copy it again',
    ],
  ])('%s %j', (code, detail, credential, title, words) => {
    const { title: shown, explanation } = told(code, detail, credential);
    expect(shown).toBe(title);
    expect(explanation).toContain(words);
  });

  test('the address of the browser is named where the service names it, and only when it is one', () => {
    const connection = at(CLOUD, SAS);
    const facts = { connection, origin: 'http://localhost:5190' };
    expect(verdict('networkRules', { ...facts, details: { SourceIP: '203.0.113.7' } }).explanation).toContain(
      'the address of this browser, 203.0.113.7:',
    );
    expect(verdict('networkRules', { ...facts, details: { SourceIP: '<b>call 555' } }).explanation).not.toContain(
      '555',
    );
  });

  test.each([
    ['<!DOCTYPE html><html><body>Access denied</body></html>', 403, 'notAzure'],
    ['\n<html><head><title>Sign in</title></head></html>', 401, 'notAzure'],
    ['<HTML><BODY><h2>Bad Request - Invalid Hostname</h2></BODY></HTML>', 400, 'notAzure'],
    ['<html><body>Proxy Authentication Required</body></html>', 407, 'proxy'],
    ['<!doctype html><title>502 Bad Gateway</title>', 502, 'proxy'],
    ['', 403, 'unknown'],
  ])('%j with status %i is told as %s', (body, status, kind) => {
    const error = readError(
      { status, statusText: 'Forbidden', headers: new Headers(), body, readXml: () => undefined },
      { exchangeId: 'a-1', now: 0 },
    );
    expect(refusalKind(error, 0, 'key')).toBe(kind);
    expect(error.message.includes('A web page came')).toBe(kind !== 'unknown');
  });
});

const unreachable = (endpoint: string, kind: VerdictKind = 'unreachable') =>
  verdict(kind, { connection: at(endpoint), origin: 'http://localhost:5190' });

const refusedWith = (detail: string) =>
  new StorageError('No.', {
    status: 403,
    code: 'AuthenticationFailed',
    details: detail === '' ? {} : { AuthenticationErrorDetail: detail },
  });

describe('of a SAS whose time is not now, both clocks are told', () => {
  const NOW = Date.parse('2026-01-02T12:00:00Z');
  const HOUR_MS = 3_600_000;
  const ofSas = (fields: string, detail: string, clockSkew: number | undefined) =>
    verdict(refusalKind(refusedWith(detail), clockSkew, 'sas'), {
      connection: at(CLOUD, { kind: 'sas', token: `sv=2024-11-04&${fields}&sig=x` }),
      origin: 'http://localhost:5190',
      details: refusedWith(detail).details,
      clockSkew,
      now: NOW,
    });
  const FRAME =
    'Signature not valid in the specified time frame: Start [Fri, 02 Jan 2026 12:00:00 GMT] - Expiry [Sat, 03 Jan 2026 12:00:00 GMT] - Current [Fri, 02 Jan 2026 11:00:00 GMT]';

  test.each<[fields: string, detail: string, skew: number | undefined, title: string, words: string[]]>([
    // The clock of this device is ahead, so that a SAS that was made with it starts later than the service thinks it is.
    [
      'st=2026-01-02T12:00:00Z',
      FRAME,
      -HOUR_MS,
      'The signature is not valid yet',
      ['says 2026-01-02 at 11:00 UTC', 'this device says 2026-01-02 at 12:00 UTC', 'it is 1 h 0 min ahead'],
    ],
    ['st=2026-01-02T12:00:00Z', FRAME, undefined, 'The signature is not valid yet', ['says 2026-01-02 at 11:00 UTC']],
    // Without a detail, by the times in the SAS and the Date of the answers.
    [
      'st=2026-01-02T12:00:00Z&se=2026-01-03',
      '',
      -HOUR_MS,
      'The signature is not valid yet',
      ['It starts on 2026-01-02 at 12:00 UTC', 'the service says 2026-01-02 at 11:00 UTC', '1 h 0 min ahead'],
    ],
    [
      'se=2026-01-02T12:30:00Z',
      '',
      HOUR_MS,
      'The signature has expired',
      [
        'It ended on 2026-01-02 at 12:30 UTC',
        'which says 2026-01-02 at 13:00 UTC',
        'this device says 2026-01-02 at 12:00 UTC',
        '1 h 0 min behind',
      ],
    ],
    ['se=2026-01-01', '', 0, 'The signature has expired', ['It ended on 2026-01-01 at 00:00 UTC']],
    ['se=2026-01-02T11%3A59%3A00Z', 'Something new.', 1000, 'The signature has expired', ['11:59 UTC']],
    // No clock of the service, or a time within: nothing is claimed of the times.
    ['se=2026-01-01', '', undefined, 'Azure refused the credential', []],
    ['st=2026-01-01&se=2026-01-03', '', HOUR_MS, 'Azure refused the credential', []],
    ['se=yesterday', '', HOUR_MS, 'Azure refused the credential', []],
  ])('%s, %j, %s ms', (fields, detail, skew, title, words) => {
    const { title: shown, explanation } = ofSas(fields, detail, skew);
    expect(shown).toBe(title);
    for (const word of words) expect(explanation).toContain(word);
    // Of a SAS it is never said that it was signed at another time.
    expect(explanation).not.toContain('15 minutes');
    // The clock of this device is told where it shows another minute.
    expect(explanation.includes('this device')).toBe(
      words.some((word) => word.includes('this device') || word.includes('1 h 0 min')),
    );
  });
});

describe('a host that does not answer is told with every cause that is left', () => {
  test.each([
    ['http://azurite:10001/devstoreaccount1', ['azurite is a name that containers use', '127.0.0.1', '10001']],
    ['http://host.docker.internal:10001/devstoreaccount1', ['containers use', '127.0.0.1']],
    ['http://azurite.default.svc.cluster.local:10001/devstoreaccount1', ['containers use', 'forward that port']],
    ['http://storage/devstoreaccount1', ['containers use', 'the queue service']],
    [CLOUD, ['no account harborlane', 'BlobStorage', 'private endpoint', 'for queue']],
    [
      'https://127.0.0.1:10001/devstoreaccount1',
      ['Nothing listens', 'certificate', 'open https://127.0.0.1:10001 in a tab', 'use http'],
    ],
    ['http://127.0.0.1:10001/devstoreaccount1', ['Nothing listens', 'Start the emulator']],
    ['https://queues.example.com', ['The address is wrong', 'a certificate']],
  ])('%s', (endpoint, words) => {
    const { explanation } = unreachable(endpoint);
    for (const word of words) expect(explanation).toContain(word);
  });

  test('an emulator that speaks the other scheme is told so', () => {
    expect(unreachable('https://127.0.0.1:10001/devstoreaccount1', 'otherScheme').title).toBe(
      '127.0.0.1:10001 takes http, not https',
    );
    expect(unreachable('http://127.0.0.1:10001/devstoreaccount1', 'otherScheme').title).toBe(
      '127.0.0.1:10001 takes https, not http',
    );
  });
});
