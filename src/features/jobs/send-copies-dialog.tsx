import { useAccount } from '@/queries/use-account';
import { Resend } from './resend';
import { SendCopies } from './send-copies';

type SendCopiesDialogProps = {
  connectionId: string;
  queue: string;
  /** To copy as they are; a single one can be changed first. */
  ids?: readonly string[];
  /** A template's text. */
  text?: string;
  onClose: () => void;
};

export default function SendCopiesDialog(props: SendCopiesDialogProps) {
  const account = useAccount(props.connectionId);
  const { ids } = props;
  if (!account) return null;
  return ids && ids.length > 1 ? (
    <Resend {...props} ids={ids} account={account} />
  ) : (
    <SendCopies {...props} account={account} />
  );
}
