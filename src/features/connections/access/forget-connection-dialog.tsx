import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EMULATOR } from '@/azure/protocol/emulator';
import { secretText } from '@/state/connections/connection-labels';
import {
  forgetConnection,
  type StoredConnection,
  useConnection,
  useConnections,
} from '@/state/connections/connections';
import { currentRoute, goTo } from '@/state/navigation/route';
import { isSandbox } from '@/state/sandbox/sandbox';
import { Button } from '@/ui/controls/button';
import { Dialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { openConnection } from '../shared/open-connection';

function whatGoes(connection: StoredConnection): string {
  if (isSandbox(connection))
    return 'Its queues and messages go with it. You cannot undo this. Opened again, it begins with the demo queues.';
  const stays = 'Queues and messages in the account stay as they are.';
  // The emulator's key is public.
  if (connection.local && connection.account === EMULATOR.account)
    return `The connection leaves all open tabs of this browser. ${stays}`;
  if (connection.signIn)
    return `The connection leaves all open tabs of this browser. You sign in again to come back. ${stays}`;
  return `The ${secretText(connection)} is removed from this browser, in all open tabs. You need it again to come back. ${stays}`;
}

type ForgetConnectionDialogProps = { connectionId: string; onClose: () => void };

/** Asks before a connection and its key are removed. Nothing in the account changes, and the dialog says so. */
export default function ForgetConnectionDialog({ connectionId: id, onClose }: ForgetConnectionDialogProps) {
  const connection = useConnection(id);
  const next = useConnections().find((one) => one.id !== id);
  const client = useQueryClient();
  const [isPending, setIsPending] = useState(false);
  if (!connection) return null;

  async function forget() {
    setIsPending(true);
    // Whoever tidies up in Settings stays there.
    const route = currentRoute();
    const isHere = route?.screen === 'explorer' && route.connectionId === id;
    await forgetConnection(id);
    onClose();
    if (isHere) {
      if (next) openConnection(next.id);
      else goTo({ screen: 'connect' });
    }
    client.removeQueries({ queryKey: [id] });
  }

  return (
    <Dialog
      size="sm"
      title={`Forget ${connectionName(connection)}?`}
      onClose={onClose}
      footer={
        <>
          <Button size="lg" kbd="Esc" onClick={onClose}>
            Keep connection
          </Button>
          <Button size="lg" variant="dangerSolid" disabled={isPending} onClick={() => void forget()}>
            Forget connection
          </Button>
        </>
      }
    >
      <p className="text-text-2">{whatGoes(connection)}</p>
    </Dialog>
  );
}
