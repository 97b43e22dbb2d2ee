import type { StorageError } from '../protocol/errors';

/**
 * True when another access token may be all it takes. Azure answers one that it does not take with 401, and Azurite one
 * that has expired with 403.
 */
export const isTokenRefused = ({ status, code, details }: StorageError): boolean =>
  status === 401 || (code === 'AuthenticationFailed' && /lifetime/i.test(details['AuthenticationErrorDetail'] ?? ''));
