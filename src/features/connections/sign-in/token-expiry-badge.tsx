import type { StoredConnection } from '@/state/connections/connections';
import { promptForToken } from '@/state/sign-in/token-prompts';
import { useDeviceNow } from '@/ui/browser/use-now';
import { duration } from '@/words/times';
import { ExpiryBadge } from '../shared/expiry-badge';

/** Ms left from which on a person may want to have the next token ready. */
const SOON_MS = 10 * 60_000;

/** Says how long the pasted token of a connection is valid, and asks for the next one. A sign-in renews its tokens itself. */
export default function TokenExpiry({ connection: { id, holder, signIn } }: { connection: StoredConnection }) {
  const now = useDeviceNow();
  const left = holder?.expiresAt === undefined ? undefined : holder.expiresAt - now;
  return (
    <ExpiryBadge
      left={signIn ? undefined : left}
      soon={SOON_MS}
      title={holder?.who ? `Token of ${holder.who}` : undefined}
      onClick={() => promptForToken(id)}
    >
      <span className="truncate">{signIn ? signIn.username : expiryText(left)}</span>
    </ExpiryBadge>
  );
}

function expiryText(left: number | undefined): string {
  if (left === undefined) return 'Access token';
  return left > 0 ? `Token expires in ${duration(left)}` : 'Token has expired';
}
