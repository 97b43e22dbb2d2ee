import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { forgetConnection, useConnection, useConnections } from '@/state/connections';
import { go } from '@/state/place';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { connectionName } from './connection-name';
import { openConnection } from './connection-switcher';

type ForgetConnectionDialogProps = { connection: string; onClose: () => void };

/** Asks before a connection and its key are removed. Nothing in the account changes, and the dialog says so. */
export default function ForgetConnectionDialog({ connection: id, onClose }: ForgetConnectionDialogProps) {
  const connection = useConnection(id);
  const next = useConnections().find((one) => one.id !== id);
  const client = useQueryClient();
  const [isPending, setIsPending] = useState(false);
  if (!connection) return null;

  async function forget() {
    setIsPending(true);
    await forgetConnection(id);
    onClose();
    if (next) openConnection(next.id);
    else go({ screen: 'connect' });
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
      <p className="text-text-2">
        {connection.local
          ? 'The connection leaves all open tabs of this browser.'
          : `The ${connection.kind === 'key' ? 'key' : 'shared access signature'} is removed from this browser, in all open tabs. You need it again to come back.`}{' '}
        Queues and messages in the account stay as they are.
      </p>
    </Dialog>
  );
}
