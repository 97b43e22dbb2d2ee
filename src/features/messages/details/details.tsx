import type { MessageSubject } from '@/actions/message-actions';
import type { MessageRow } from '@/messages/message-rows';
import { MessageDetails } from './message-details';
import { NotLoaded } from './message-not-loaded';

type DetailsProps = {
  id: string;
  /** Undefined when the message is not loaded. */
  row: MessageRow | undefined;
  isLoading: boolean;
  on: MessageSubject;
  /** The keys mean this message, and not those that are selected. */
  hasKeys: boolean;
  onClose: () => void;
};

/** The message that is open, or why it is not shown. */
export function Details({ id, row, isLoading, on, hasKeys, onClose }: DetailsProps) {
  return row ? (
    <MessageDetails key={id} row={row} on={{ ...on, rows: [row], open: row }} hasKeys={hasKeys} onClose={onClose} />
  ) : (
    <NotLoaded on={on} id={id} isLoading={isLoading} onClose={onClose} />
  );
}
