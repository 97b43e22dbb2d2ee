import type { TokenClaims } from '@/azure/credentials/access-token';
import type { StoredConnection } from './vault-entries';

/** The claims of a token that are stored with the connection, to be shown. */
export const tokenOwnerOf = ({ who, expiresAt }: TokenClaims): NonNullable<StoredConnection['holder']> => ({
  who,
  ...(expiresAt && { expiresAt: expiresAt.getTime() }),
});
