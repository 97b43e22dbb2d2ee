import { useState } from 'react';
import type { EditDraft } from '@/messages/drafts';
import type { MessageRecord } from '@/messages/record';
import { useAccount } from '@/queries/use-account';
import { drafts } from '@/state/messages/drafts';
import { recordsOf, useRecord } from '@/state/messages/records';
import { stepsOf } from '@/state/settings/own-steps';
import { Arriving } from '@/ui/browser/arriving';
import { Button } from '@/ui/controls/button';
import { Dialog } from '@/ui/overlay/dialog';
import { EditMessage } from './edit/edit-message';
import { useTexts } from './edit/use-texts';

type EditMessageDialogProps = {
  connectionId: string;
  queue: string;
  messageId: string;
  onClose: () => void;
};

/** Edits the text of a leased message, and saves it in the encoding that it had. */
export default function EditMessageDialog(props: EditMessageDialogProps) {
  // Another message starts a new edit.
  return <Opening key={JSON.stringify([props.connectionId, props.queue, props.messageId])} {...props} />;
}

function Opening({ connectionId, queue, messageId, onClose }: EditMessageDialogProps) {
  const account = useAccount(connectionId);
  const messageRef = { connectionId: connectionId, queue, id: messageId };
  const record = useRecord(messageRef, messageId, identity);
  const [steps] = useState(() => stepsOf(connectionId, queue, messageId));
  const [draft] = useState(() => drafts.find(messageRef));
  const [base] = useState(() => draft?.base ?? leasedText(recordsOf(connectionId, queue).get(messageId)));
  const opened = useTexts([base], steps)(base);
  if (!account || base === undefined) return <NotLeased onClose={onClose} />;
  if (!opened) return <Arriving onCancel={onClose} />;
  const start: EditDraft = draft ?? { base, text: opened.text, layers: opened.layers };
  return (
    <EditMessage
      account={account}
      messageRef={messageRef}
      record={record}
      start={start}
      opened={opened}
      isRestored={draft !== undefined}
      steps={steps}
      onClose={onClose}
    />
  );
}

const identity = (record: MessageRecord | undefined) => record;

/** The text of a message that this tab has leased. */
const leasedText = (record: MessageRecord | undefined): string | undefined =>
  record?.lease && record.lease.holder !== 'elsewhere' ? record.message?.text : undefined;

function NotLeased({ onClose }: { onClose: () => void }) {
  return (
    <Dialog size="sm" title="Edit message" onClose={onClose} footer={<Button onClick={onClose}>Close</Button>}>
      This message is not leased by this tab. Lease it to edit it.
    </Dialog>
  );
}
