import { OpenByName } from '@/actions/open-by-name';
import type { VerdictKind } from '@/azure/diagnosis/verdict-text';
import type { Connection } from '@/azure/protocol/connection';
import { MAY_BE_NAMED } from './may-work-later';

type NameAQueueProps = {
  connection: Connection;
  kind: VerdictKind;
  /** The queue that was tried last; undefined while another one is. */
  tried: string | undefined;
  isBusy: boolean;
  /** Called with the queue to try in place of the list. */
  onOpen: (queue: string) => void;
};

/** In a verdict on a list that was refused: a field for the queue to open in its place. */
export function NameAQueue({ connection, kind, tried, isBusy, onOpen }: NameAQueueProps) {
  if (connection.queue !== undefined || !MAY_BE_NAMED.has(kind)) return null;
  const isMissing = kind === 'queueMissing' && tried !== undefined;
  return (
    <div className="p-3">
      <OpenByName
        onOpen={onOpen}
        isBusy={isBusy}
        keepsName
        initial={tried}
        problem={isMissing ? { queue: tried, text: `${tried} does not exist.` } : undefined}
      />
    </div>
  );
}
