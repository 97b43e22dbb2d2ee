import { sasTime } from '../credentials/sas-generate';
import { keyBytes } from '../credentials/shared-key';
import { StorageError } from '../protocol/errors';
import type { Account } from '../protocol/model';
import { readAnswer } from '../wire/error-response';
import { repeatableCall } from '../wire/signed-request';
import type { Send } from '../wire/transport';
import { textElement, textOf, xmlDocument } from '../wire/xml';

/** First service version with user delegation keys for queues. */
export const USER_DELEGATION_SAS_VERSION = '2025-07-05';

/** Get User Delegation Key: learn.microsoft.com/rest/api/storageservices/get-user-delegation-key */
export const userDelegationOperations = (send: Send): Pick<Account, 'getUserDelegationKey'> => ({
  async getUserDelegationKey({ startsAt, expiresAt }, { signal } = {}) {
    const times = textElement('Start', sasTime(startsAt)) + textElement('Expiry', sasTime(expiresAt));
    const answer = await send({
      ...repeatableCall('Get User Delegation Key', 'POST', '/', { restype: 'service', comp: 'userdelegationkey' }),
      version: USER_DELEGATION_SAS_VERSION,
      body: xmlDocument(`<KeyInfo>${times}</KeyInfo>`),
      secretAnswer: true,
      signal,
    });
    const key = readAnswer(answer, 'UserDelegationKey');
    const value = keyBytes(textOf(key, 'Value') ?? '');
    if (!value) throw new StorageError('The service answered without the key.', { status: answer.status });
    const text = (name: string) => textOf(key, name) ?? '';
    const delegated = textOf(key, 'SignedDelegatedUserTid');
    return {
      signedObjectId: text('SignedOid'),
      signedTenantId: text('SignedTid'),
      signedStartsOn: text('SignedStart'),
      signedExpiresOn: text('SignedExpiry'),
      signedService: text('SignedService'),
      signedVersion: text('SignedVersion'),
      ...(delegated && { signedDelegatedUserTenantId: delegated }),
      value,
    };
  },
});
