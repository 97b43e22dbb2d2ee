import type { StoredConnection } from '@/state/connections/connections';
import { promptForToken } from '@/state/sign-in/token-prompts';
import { useDeviceNow } from '@/ui/browser/use-now';
import { cx } from '@/ui/format/cx';
import { duration } from '@/ui/format/relative-time';

/** Ms left from which on a person may want to have the next token ready. */
const SOON_MS = 10 * 60_000;

/** Says how long the pasted token of a connection is valid, and asks for the next one. A sign-in renews its tokens itself. */
export default function TokenExpiry({ connection: { id, holder, signIn } }: { connection: StoredConnection }) {
  const now = useDeviceNow();
  const left = holder?.expiresAt === undefined ? undefined : holder.expiresAt - now;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      title={holder?.who ? `Token of ${holder.who}` : undefined}
      onClick={() => promptForToken(id)}
      className={cx(
        'inline-flex h-6 max-w-64 items-center gap-1.5 rounded-4 px-2 hover:bg-hover',
        signIn || left === undefined || left >= SOON_MS
          ? 'text-text-2'
          : left > 0
            ? 'font-semibold text-warn'
            : 'font-semibold text-danger',
      )}
    >
      <span className="truncate">{signIn ? signIn.username : expiryText(left)}</span>
    </button>
  );
}

function expiryText(left: number | undefined): string {
  if (left === undefined) return 'Access token';
  return left > 0 ? `Token expires in ${duration(left)}` : 'Token has expired';
}
