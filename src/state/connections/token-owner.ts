import type { TokenClaims } from '@/azure/credentials/access-token';
import type { StoredConnection } from './secret-vault';

/** What of a token's claims is kept beside it, to be shown without it. */
export const tokenOwnerOf = ({ who, expiresAt }: TokenClaims): NonNullable<StoredConnection['holder']> => ({
  who,
  ...(expiresAt && { expiresAt: expiresAt.getTime() }),
});
