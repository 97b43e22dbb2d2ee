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
import { FormDialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { openConnection } from '../shared/open-connection';

function consequenceOf(connection: StoredConnection): string {
  if (isSandbox(connection))
    return 'Its queues and messages are deleted too. You cannot undo this. Opened again, it starts with the demo queues.';
  const stays = 'Queues and messages in the account stay as they are.';
  // The emulator's key is public, so it is not lost.
  if (connection.local && connection.account === EMULATOR.account)
    return `The connection is removed from all open tabs of this browser. ${stays}`;
  if (connection.signIn)
    return `The connection is removed from all open tabs of this browser. To use it again, sign in again. ${stays}`;
  return `The ${secretText(connection)} is removed from this browser, in all open tabs. To connect again you need it. ${stays}`;
}

type ForgetConnectionDialogProps = { connectionId: string; onClose: () => void };

/** Asks before a connection and its key are removed from this browser. Nothing in the account changes. */
export default function ForgetConnectionDialog({ connectionId: id, onClose }: ForgetConnectionDialogProps) {
  const connection = useConnection(id);
  const next = useConnections().find((one) => one.id !== id);
  const client = useQueryClient();
  const [isPending, setIsPending] = useState(false);
  if (!connection) return null;

  async function forget() {
    setIsPending(true);
    // A person who forgets a connection in Settings stays there.
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
    <FormDialog
      size="sm"
      title={`Forget ${connectionName(connection)}?`}
      onClose={onClose}
      dismissible
      label="Forget connection"
      isDanger
      cancelLabel="Keep connection"
      isOff={isPending}
      onSubmit={() => void forget()}
    >
      <p className="text-text-2">{consequenceOf(connection)}</p>
    </FormDialog>
  );
}
