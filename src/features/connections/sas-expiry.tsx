import { readSasToken } from '@/azure/sas-token';
import { connectionOf, type StoredConnection } from '@/state/connections';
import { openDialog } from '@/state/dialogs';
import { cx } from '@/ui/cx';
import { duration } from '@/ui/relative-time';
import { useNow } from '@/ui/use-now';

const HOUR = 3_600_000;

/** How long the signature of a connection still works, which leads to what it allows; nothing for an account key. */
export default function SasExpiry({ connection: { id } }: { connection: StoredConnection }) {
  const now = useNow();
  const credential = connectionOf(id)?.credential;
  if (credential?.kind !== 'sas') return null;
  const { expiresAt } = readSasToken(credential.token);
  const left = expiresAt && expiresAt.getTime() - now;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      title="What this SAS allows"
      onClick={() => openDialog({ kind: 'sasReader', connection: id })}
      className={cx(
        'inline-flex h-6 items-center gap-1.5 rounded-4 px-2 hover:bg-hover',
        left === undefined || left >= HOUR
          ? 'text-text-2'
          : left > 0
            ? 'font-semibold text-warn'
            : 'font-semibold text-danger',
      )}
    >
      {left === undefined ? 'SAS' : left > 0 ? `SAS ends in ${duration(left)}` : 'SAS has expired'}
    </button>
  );
}
