import { useEffect, useState } from 'react';
import { unwrapText } from '@/azure/body-layers';
import { useAccount } from '@/queries/use-account';
import { useLease } from '@/state/leases';
import { useQueueView } from '@/state/queue-views';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { type EditDraft, editDrafts, type OpenedText } from './edit-draft';
import { EditMessage } from './edit-message';

type Steps = ReturnType<typeof useQueueView>['steps'];

type EditMessageDialogProps = {
  /** `Account.id` */
  connection: string;
  queue: string;
  messageId: string;
  onClose: () => void;
};

/** Edits the text of a leased message and saves it in the encoding it had. */
export default function EditMessageDialog({ connection, queue, messageId, onClose }: EditMessageDialogProps) {
  const account = useAccount(connection);
  const lease = useLease(connection, queue, messageId);
  const [{ steps }] = useState(useQueueView(connection, queue));
  // A lease that goes away leaves its draft behind.
  const [first] = useState(lease);
  const opened = useOpened(first?.text, editDrafts.find(connection, queue, messageId), steps);
  if (!account || !first) return <NotLeased onClose={onClose} />;
  if (!opened) return null;
  return (
    <EditMessage
      account={account}
      queue={queue}
      lease={lease ?? first}
      isForgotten={lease === undefined}
      opened={opened}
      onClose={onClose}
    />
  );
}

/** The text of a message without its layers, or the draft that was left of it. */
function useOpened(wire: string | undefined, kept: EditDraft | undefined, steps: Steps): OpenedText | undefined {
  const [draft] = useState(kept);
  const [opened, setOpened] = useState<OpenedText>();
  useEffect(() => {
    if (wire === undefined) return;
    let isCurrent = true;
    async function open(from: string) {
      const { text, layers, raw } = await unwrapText(from, { steps });
      if (!isCurrent) return;
      // A draft of another text than this one would undo what was saved in between.
      const usable = draft?.wire === from ? draft : undefined;
      setOpened({ wire: from, original: text, text, layers, ...usable, isRestored: usable !== undefined, raw });
    }
    void open(wire);
    return () => {
      isCurrent = false;
    };
  }, [wire, draft, steps]);
  return opened;
}

function NotLeased({ onClose }: { onClose: () => void }) {
  return (
    <Dialog size="sm" title="Edit message" onClose={onClose} footer={<Button onClick={onClose}>Close</Button>}>
      This message is not leased by this tab. Lease it to edit it.
    </Dialog>
  );
}
