import type { Message } from '@/azure/account';
import { useAccount } from '@/queries/use-account';
import { Resend } from './resend';
import { SendCopies } from './send-copies';

type SendCopiesDialogProps = {
  connection: string;
  queue: string;
  /** To copy as they are; a single one can be changed first. */
  messages?: readonly Message[];
  /** A template's text. */
  text?: string;
  onClose: () => void;
};

export default function SendCopiesDialog(props: SendCopiesDialogProps) {
  const account = useAccount(props.connection);
  const { messages } = props;
  if (!account) return null;
  return messages && messages.length > 1 ? (
    <Resend {...props} messages={messages} account={account} />
  ) : (
    <SendCopies {...props} account={account} />
  );
}
