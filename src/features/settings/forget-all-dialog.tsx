import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { forgetAllConnections, useConnections } from '@/state/connections/connections';
import { goTo } from '@/state/navigation/route';
import { forgetStoredThings } from '@/state/settings/clear-storage';
import { Button } from '@/ui/controls/button';
import { Checkbox } from '@/ui/controls/checkbox';
import { counted } from '@/ui/format/counts';
import { Dialog } from '@/ui/overlay/dialog';

/** Asks before all secrets go, and whether everything else that this browser keeps for the page is to go with them. */
export default function ForgetAllDialog({ onClose }: { onClose: () => void }) {
  const connections = useConnections();
  const client = useQueryClient();
  const [withThings, setWithThings] = useState(false);
  const [isPending, setIsPending] = useState(false);

  async function forget() {
    setIsPending(true);
    await forgetAllConnections();
    onClose();
    goTo({ screen: 'connect' });
    client.clear();
    if (!withThings) return;
    forgetStoredThings();
    // Drafts and the log of requests are in memory alone.
    location.reload();
  }

  return (
    <Dialog
      size="sm"
      title="Forget all?"
      onClose={onClose}
      footer={
        <>
          <Button size="lg" kbd="Esc" onClick={onClose}>
            Keep all
          </Button>
          <Button size="lg" variant="dangerSolid" disabled={isPending} onClick={() => void forget()}>
            Forget all
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p className="text-text-2">
          {counted(connections.length, 'connection')} with their keys and signatures, and the passphrase, leave this
          browser in all tabs. You need them again to come back. Queues and messages in the accounts stay as they are;
          those of the sandbox go.
        </p>
        <Checkbox label="Everything else too" checked={withThings} onChange={setWithThings}>
          Everything else too: templates, columns and expressions of queues, settings, drafts, receipts of leases and
          the log of requests
        </Checkbox>
        {withThings && (
          <p className="text-12 text-warn">
            Without their receipts, leased messages stay hidden until their leases end. The page is loaded anew.
          </p>
        )}
      </div>
    </Dialog>
  );
}
