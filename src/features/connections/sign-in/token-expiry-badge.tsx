import type { StoredConnection } from '@/state/connections/connections';
import { promptForToken } from '@/state/sign-in/token-prompts';
import { useDeviceNow } from '@/ui/browser/use-now';
import { cx } from '@/ui/format/cx';
import { duration } from '@/ui/format/relative-time';

/** From here on a person may want to have the next one ready. */
const SOON_MS = 10 * 60_000;

/** How long the pasted token of a connection holds, which leads to the next one; a sign-in renews its tokens itself. */
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
      <span className="truncate">{signIn ? signIn.username : words(left)}</span>
    </button>
  );
}

function words(left: number | undefined): string {
  if (left === undefined) return 'Access token';
  return left > 0 ? `Token ends in ${duration(left)}` : 'Token has expired';
}
