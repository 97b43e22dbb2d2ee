import { readSasToken } from '@/azure/credentials/sas-parse';
import { connectionOf, type StoredConnection } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { useNow } from '@/ui/browser/use-now';
import { duration } from '@/words/times';
import { ExpiryBadge } from '../shared/expiry-badge';

const HOUR_MS = 3_600_000;

/** Says how long the signature of a connection still works, and opens its details; nothing for other credentials. */
export default function SasExpiry({ connection: { id } }: { connection: StoredConnection }) {
  const now = useNow();
  const credential = connectionOf(id)?.credential;
  if (credential?.kind !== 'sas') return null;
  const { expiresAt } = readSasToken(credential.token);
  const left = expiresAt && expiresAt.getTime() - now;
  return (
    <ExpiryBadge
      left={left}
      soon={HOUR_MS}
      title="What this SAS allows"
      onClick={() => openDialog({ kind: 'sasReader', connectionId: id })}
    >
      {left === undefined ? 'SAS' : left > 0 ? `SAS expires in ${duration(left)}` : 'SAS has expired'}
    </ExpiryBadge>
  );
}
