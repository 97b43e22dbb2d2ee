import { describe, expect, test } from 'vitest';
import type { Connection, Credential } from '../protocol/connection';
import { StorageError } from '../protocol/errors';
import type { OperationName } from '../protocol/operation-table';
import { refusalKind } from './classify-refusal';
import { explainByDetails } from './explain-refusal';
import { describeError } from './failure-text';

const CREDENTIALS: Record<Credential['kind'], Credential> = {
  key: { kind: 'key', key: {} as CryptoKey },
  sas: { kind: 'sas', token: 'sv=2024-11-04&sig=x' },
  token: { kind: 'token', getToken: () => Promise.resolve('') },
};

/** What a later screen says of a refusal. */
function saidLater(
  kind: Credential['kind'],
  facts: Partial<StorageError> & { detail?: string; operation?: OperationName },
) {
  const { detail, ...more } = facts;
  const error = new StorageError('In the service’s own words.', {
    status: 403,
    credential: kind,
    operation: 'Create Queue',
    details: detail === undefined ? {} : { AuthenticationErrorDetail: detail },
    ...more,
  });
  const connection: Connection = {
    account: 'harborlane',
    endpoint: 'https://harborlane.queue.core.windows.net',
    credential: CREDENTIALS[kind],
  };
  error.explanation = explainByDetails(error, connection, { origin: 'http://localhost:5190' });
  return describeError(error).reason;
}

describe('on later screens a refusal keeps its detail and its next step', () => {
  test.each<[kind: Credential['kind'], facts: Parameters<typeof saidLater>[1], words: string[]]>([
    ['key', { code: 'AuthenticationFailed' }, ['Azure refused the signature', 'Copy it again']],
    ['key', { code: 'AuthorizationFailure' }, ['does not let this browser in', 'Allow that address']],
    ['sas', { code: 'AuthorizationSourceIPMismatch', details: { SourceIP: '203.0.113.7' } }, ['203.0.113.7', '(sip)']],
    ['key', { status: 400, code: 'FeatureNotSupportedForAccount' }, ['This account has no queues', 'StorageV2']],
    ['key', { status: 400, code: 'AccountRequiresHttps' }, ['takes https only', 'https address']],
    ['key', { code: 'KeyBasedAuthenticationNotPermitted' }, ['does not accept keys', 'Entra ID']],
    ['key', { code: 'AccountIsDisabled' }, ['is disabled', 'subscription']],
    [
      'sas',
      { code: 'AuthenticationFailed', detail: 'SAS identifier cannot be found for specified signed identifier' },
      ['stored access policy is gone', 'Ask for another'],
    ],
    ['sas', { code: 'AuthenticationFailed', detail: 'Signature did not match.' }, ['does not match', 'Copy it again']],
    ['sas', { code: 'AuthorizationPermissionMismatch', operation: 'Put Message' }, ['needs a (add)', '(sp)']],
    [
      'token',
      { status: 401, code: 'InvalidAuthenticationInfo', detail: 'Audience validation failed.' },
      ['for another service', 'storage.azure.com'],
    ],
    [
      'token',
      { status: 401, code: 'InvalidAuthenticationInfo', detail: 'Issuer validation failed.' },
      ['from another directory', 'az login'],
    ],
    ['key', { status: 407, isWebPage: true }, ['A proxy answers', 'Sign in to it']],
    ['key', { status: 403, isWebPage: true }, ['is not a queue service', 'Check the endpoint']],
  ])('%s %j', (kind, facts, words) => {
    const said = saidLater(kind, facts);
    for (const word of words) expect(said).toContain(word);
  });

  test('a signature by a wrong clock is told as that, and a refusal of the request in its own words', () => {
    expect(saidLater('key', { code: 'AuthenticationFailed', signedOffMs: 1_024_000 })).toBe(
      'Azure refused the signature. Your clock is 17 min 4 s ahead.',
    );
    expect(saidLater('key', { status: 404, code: 'QueueNotFound' })).toBe('The queue does not exist any more.');
    expect(saidLater('key', { status: 409, code: 'Strange' })).toBe('In the service’s own words.');
  });
});

test.each([
  [500, undefined, 'Peek Messages', 'unreadableMessage'],
  [500, undefined, 'Get Messages', 'unreadableMessage'],
  [500, undefined, 'List Queues', 'unknown'],
  [500, 'InternalError', 'Peek Messages', 'unknown'],
  [503, undefined, 'Peek Messages', 'unknown'],
] as const)('%i %s to %s is told as %s', (status, code, operation, kind) => {
  const error = new StorageError('The service answered 500: Internal Server Error', { status, code, operation });
  expect(refusalKind(error, 0, 'key')).toBe(kind);
  const connection: Connection = { account: 'a', endpoint: 'http://127.0.0.1:10001/a', credential: CREDENTIALS.key };
  error.explanation = explainByDetails(error, connection, { origin: 'http://localhost:5190' });
  expect(describeError(error).reason.includes('may be unreadable')).toBe(kind === 'unreadableMessage');
});
