import { TOKEN_COMMAND } from '../credentials/access-token';

/** Explains why the service refused an access token, by the details of its response where they can be read. */
export function tokenRefusal(details: Readonly<Record<string, string>> = {}): [title: string, explanation: string] {
  const detail = details['AuthenticationErrorDetail'] ?? '';
  const tenant = details['ChallengeTenant'];
  const itsTenant = tenant === undefined ? 'its own directory' : `the directory ${tenant}`;
  const login = `az login --tenant ${tenant ?? 'TENANT'}`;
  if (/lifetime|expired/i.test(detail)) {
    return ['The token has expired', 'Access tokens live about an hour. A new one goes on where this one stopped.'];
  }
  if (/issuer|tenant/i.test(detail)) {
    return [
      'The token is from another directory',
      `The account takes tokens of ${itsTenant} alone. Sign in there (${login}), then get a new token.`,
    ];
  }
  if (/audience/i.test(detail)) {
    return ['The token is for another service', `Queues need a token for storage.azure.com: ${TOKEN_COMMAND}`];
  }
  const where = tenant === undefined ? '' : ` The account takes tokens of the directory ${tenant}.`;
  return [
    'Azure refused the token',
    `Most likely it has expired: access tokens live about an hour. It may also be for another service or from another directory.${where}`,
  ];
}
