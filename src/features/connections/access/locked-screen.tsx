import { LockKeyhole } from 'lucide-react';
import { type ReactNode } from 'react';
import { secretText } from '@/state/connections/connection-labels';
import type { StoredConnection } from '@/state/connections/connections';
import { StatePanel } from '@/ui/feedback/state-panel';
import { connectionName } from '../shared/connection-name';
import { UnlockForm } from './unlock-form';

type LockedScreenProps = { connection: StoredConnection; leading: ReactNode };

/** Asks for the passphrase in place of a connection whose secret is locked. */
export function LockedScreen({ connection, leading }: LockedScreenProps) {
  return (
    <>
      <header className="flex h-15 flex-none items-center gap-3 px-4 max-desk:px-3 desk:hidden">{leading}</header>
      <StatePanel
        icon={<LockKeyhole />}
        title={`${connectionName(connection)} is locked`}
        actions={<UnlockForm takesFocus />}
      >
        <p>
          Its {secretText(connection)} is encrypted under a passphrase on this device. The sandbox and connections of
          this tab work without it.
        </p>
      </StatePanel>
    </>
  );
}
