import { readSasToken } from '@/azure/credentials/sas-parse';
import { connectionOf, useConnection } from '@/state/connections/connections';
import { Dialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { SasReader } from './sas-details';

type SasReaderDialogProps = { connectionId: string; onClose: () => void };

/** What the shared access signature of a connection allows. The signature itself is not shown. */
export default function SasReaderDialog({ connectionId: id, onClose }: SasReaderDialogProps) {
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
      <SasReader fields={readSasToken(credential.token).fields} queue={connection.queue} />
    </Dialog>
  );
}
