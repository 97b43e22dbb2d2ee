import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { forgetAllConnections, useConnections } from '@/state/connections/connections';
import { forgetAllJournals } from '@/state/journal/journal-storage';
import { goTo } from '@/state/navigation/route';
import { forgetStoredThings } from '@/state/settings/clear-storage';
import { Checkbox } from '@/ui/controls/checkbox';
import { FormDialog } from '@/ui/overlay/dialog';
import { counted } from '@/words/counts';

/** Asks before all secrets are removed, and whether everything else that this browser stores goes too. */
export default function ForgetAllDialog({ onClose }: { onClose: () => void }) {
  const connections = useConnections();
  const client = useQueryClient();
  const [includesData, setIncludesData] = useState(false);
  const [isPending, setIsPending] = useState(false);

  async function forget() {
    setIsPending(true);
    await forgetAllConnections();
    // Without a storage there is nothing to forget.
    await forgetAllJournals().catch(() => {});
    onClose();
    goTo({ screen: 'connect' });
    client.clear();
    if (!includesData) return;
    forgetStoredThings();
    // Drafts and the request log are in memory only.
    location.reload();
  }

  return (
    <FormDialog
      size="sm"
      title="Forget all?"
      onClose={onClose}
      dismissible
      label="Forget all"
      isDanger
      cancelLabel="Keep all"
      isOff={isPending}
      onSubmit={() => void forget()}
      className="gap-3!"
    >
      <p className="text-text-2">
        {counted(connections.length, 'connection')} with their keys and signatures, and the passphrase, are removed from
        this browser in all tabs. To connect again you need them. Queues and messages in the accounts stay as they are;
        those of the sandbox are deleted.
      </p>
      <Checkbox checked={includesData} onChange={setIncludesData}>
        Everything else too: templates, columns and expressions of queues, settings, drafts, receipts of leases and the
        log of requests
      </Checkbox>
      {includesData && (
        <p className="text-12 text-warn">
          Without their receipts, leased messages stay hidden until their leases end. The page reloads.
        </p>
      )}
    </FormDialog>
  );
}
