import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoredConnection } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { Button } from '@/ui/controls/button';
import { StatePanel } from '@/ui/feedback/state-panel';
import { connectionName } from '../shared/connection-name';
import { AllowAddress } from './allow-address';

type BlockedScreenProps = { connection: StoredConnection; leading: ReactNode };

/** In place of a saved connection whose host this page may not reach: says so, and offers to allow it. */
export const BlockedScreen = ({ connection, leading }: BlockedScreenProps) => (
  <>
    <header className="flex h-15 flex-none items-center gap-3 px-4 max-desk:px-3 desk:hidden">{leading}</header>
    <h1 className="sr-only">{connectionName(connection)}</h1>
    <StatePanel
      icon={<ShieldAlert />}
      tone="warn"
      title={`This page may not reach ${new URL(connection.endpoint).host}`}
      actions={
        <Button variant="ghost" onClick={() => openDialog({ kind: 'forgetConnection', connectionId: connection.id })}>
          Forget it
        </Button>
      }
    >
      <p>
        {connectionName(connection)} was saved with an address that is not among those that this page may reach. Nothing
        was sent. Allow it if the address is right.
      </p>
      <p className="font-mono text-12 [overflow-wrap:anywhere] text-text">{connection.endpoint}</p>
      <AllowAddress address={connection.endpoint} />
    </StatePanel>
  </>
);
