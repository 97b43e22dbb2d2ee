import type { MessageRow } from '@/messages/message-rows';
import type { MessageWork } from '../selection/use-message-selection';
import { NotLoaded } from './message-not-loaded';
import { OpenMessage } from './open-message';

type DetailsProps = {
  id: string;
  /** Undefined when the message is not loaded. */
  row: MessageRow | undefined;
  isLoading: boolean;
  work: MessageWork;
  onStep: (step: 1 | -1) => void;
  onClose: () => void;
};

/** The message that is open, or why it is not shown. */
export function Details({ id, row, isLoading, work, onStep, onClose }: DetailsProps) {
  return row ? (
    <OpenMessage key={id} row={row} work={work} onStep={onStep} onClose={onClose} />
  ) : (
    <NotLoaded context={work.context} id={id} isLoading={isLoading} onClose={onClose} />
  );
}
