import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { secretText } from '@/state/connections/connection-labels';
import type { StoredConnection } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { Button } from '@/ui/controls/button';
import { StatePanel } from '@/ui/feedback/state-panel';
import { connectionName } from '../shared/connection-name';

type ForeignScreenProps = { connection: StoredConnection; leading: ReactNode };

/** In place of a connection that another installation kept at this address: says so, and offers to start anew. */
export const ForeignScreen = ({ connection, leading }: ForeignScreenProps) => (
  <>
    <header className="flex h-15 flex-none items-center gap-3 px-4 max-desk:px-3 desk:hidden">{leading}</header>
    <h1 className="sr-only">{connectionName(connection)}</h1>
    <StatePanel
      icon={<ShieldAlert />}
      tone="warn"
      title={`${connectionName(connection)} was kept by another installation of Queuescope`}
      actions={
        <>
          <Button variant="danger" onClick={() => openDialog({ kind: 'forgetAll' })}>
            Start anew
          </Button>
          <Button variant="ghost" onClick={() => openDialog({ kind: 'forgetConnection', connectionId: connection.id })}>
            Forget it
          </Button>
        </>
      }
    >
      <p>
        Its {secretText(connection)} was kept at {location.origin} by Queuescope from another folder, and opens there
        alone. Nothing was sent. Start that one again to use it.
      </p>
      <p>Or start anew here: that deletes everything that is kept at this address, the passphrase included.</p>
    </StatePanel>
  </>
);
