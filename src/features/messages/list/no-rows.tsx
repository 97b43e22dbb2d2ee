import { Layers, Search } from 'lucide-react';
import { ActionButton } from '@/actions/action-button';
import { readActions } from '@/actions/queue-actions';
import type { QueueRecords } from '@/messages/queue-records';
import type { QueueRef } from '@/messages/record';
import { useQueueRecords } from '@/state/messages/records';
import { Button } from '@/ui/controls/button';
import { StatePanel } from '@/ui/feedback/state-panel';
import { count, counted, plural } from '@/words/counts';
import { clockTime } from '@/words/times';

/** The state of a queue without visible messages. */
export function EmptyQueue({ at, approximate, ...ref }: QueueRef & Omit<Hidden, 'ours'>) {
  const { queue } = ref;
  const { records } = useQueueRecords(ref.connectionId, queue);
  const hidden = approximate !== undefined && approximate > 0;
  return (
    <StatePanel
      role="status"
      icon={<Layers />}
      title={hidden ? `No message of ${queue} is visible` : `${queue} is empty`}
      actions={<ActionButton action={readActions.add} on={ref} variant="primary" />}
    >
      {emptyText({ approximate, at, ours: hiddenHere(records) })}
    </StatePanel>
  );
}

/** Messages of a queue that this tab leases or has hidden. */
export const hiddenHere = (records: QueueRecords): number =>
  records.held + [...records.leased('nobody')].filter(({ standing }) => standing.is === 'hidden').length;

type Hidden = {
  approximate: number | undefined;
  /** Epoch ms of the peek that showed none. */
  at: number;
  /** Messages that this tab has hidden. */
  ours: number;
};

/** Why no message of a queue can be seen. */
export function emptyText({ approximate = 0, at, ours }: Hidden): string {
  const time = clockTime(at);
  if (approximate === 0)
    return `No visible messages at ${time}. Messages leased by other consumers stay hidden until their lease ends.`;
  const are = plural(approximate, 'message is', 'messages are');
  const others = 'leased by other consumers, or waiting for a delay to end';
  const why =
    ours === 0
      ? others
      : ours >= approximate
        ? 'this tab has hidden all of them'
        : `${count(ours)} hidden by this tab, the others ${others}`;
  return `About ${count(approximate)} ${are} in it, none visible at ${time}: ${why}.`;
}

/** The state of a filter that no loaded row matches. */
export function NoMatch({ loaded, onClear }: { loaded: number; onClear: () => void }) {
  return (
    <StatePanel
      role="status"
      icon={<Search />}
      title={
        loaded === 1 ? 'The one loaded message does not match' : `None of ${counted(loaded, 'loaded message')} matches`
      }
      actions={<Button onClick={onClear}>Clear filters</Button>}
    >
      The filter looks at ids and decoded bodies of what is loaded, not at the rest of the queue.
    </StatePanel>
  );
}
