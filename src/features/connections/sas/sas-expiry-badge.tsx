import { readSasToken } from '@/azure/credentials/sas-parse';
import { connectionOf, type StoredConnection } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { useNow } from '@/ui/browser/use-now';
import { cx } from '@/ui/format/cx';
import { duration } from '@/ui/format/relative-time';

const HOUR_MS = 3_600_000;

/** Says how long the signature of a connection still works, and opens its details; nothing for other credentials. */
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
      onClick={() => openDialog({ kind: 'sasReader', connectionId: id })}
      className={cx(
        'inline-flex h-6 items-center gap-1.5 rounded-4 px-2 hover:bg-hover',
        left === undefined || left >= HOUR_MS
          ? 'text-text-2'
          : left > 0
            ? 'font-semibold text-warn'
            : 'font-semibold text-danger',
      )}
    >
      {left === undefined ? 'SAS' : left > 0 ? `SAS expires in ${duration(left)}` : 'SAS has expired'}
    </button>
  );
}
