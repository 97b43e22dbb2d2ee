import type { StorageError } from '../protocol/errors';

/**
 * True when a new access token may help. Azure refuses a token with 401, Azurite an expired one with 403.
 */
export const isTokenRefused = ({ status, code, details }: StorageError): boolean =>
  status === 401 || (code === 'AuthenticationFailed' && /lifetime/i.test(details['AuthenticationErrorDetail'] ?? ''));
