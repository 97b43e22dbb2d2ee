import { readSasToken } from '@/azure/credentials/sas-parse';
import { connectionOf, useConnection } from '@/state/connections/connections';
import { Dialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { SasDetails } from './sas-details';

type SasDetailsDialogProps = { connectionId: string; onClose: () => void };

/** Shows what the SAS of a connection allows, but not the signature itself. */
export default function SasDetailsDialog({ connectionId: id, onClose }: SasDetailsDialogProps) {
  const connection = useConnection(id);
  const credential = connectionOf(id)?.credential;
  if (!connection || credential?.kind !== 'sas') return null;
  return (
    <Dialog
      title="What this SAS allows"
      subtitle={<span className="truncate text-text-3 max-desk:hidden">{connectionName(connection)}</span>}
      onClose={onClose}
      textOnly
    >
      <SasDetails fields={readSasToken(credential.token).fields} queue={connection.queue} />
    </Dialog>
  );
}
