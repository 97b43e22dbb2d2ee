import { Braces, X } from 'lucide-react';
import type { QueueRef } from '@/messages/record';
import { groupLabel } from '@/search/group-label';
import { usePreference } from '@/state/settings/preferences';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { Chip } from '@/ui/controls/chip';
import { cx } from '@/ui/format/cx';
import { columnLabel } from '../list/column-labels';
import type { MessageRowsModel } from '../rows/use-message-rows';

/** On phones, where the others may be out of sight. */
const FIRST = 'max-desk:-order-1';

/**
 * One line at any width, pushed along where it is too long: a second one, come with the details pane, would move the rows.
 * What is filtered by with one press: kinds of messages, the queue's expressions, the value that was picked.
 */
export function FilterChips({ connectionId, queue, model }: QueueRef & { model: MessageRowsModel }) {
  const { isOn, toggle, counts, picked, narrow } = model;
  const threshold = usePreference('poisonThreshold');
  return (
    <div className="-my-1 flex min-h-9 min-w-0 flex-auto items-center gap-1.5 overflow-x-auto py-1 pr-4 pl-px [mask-image:linear-gradient(to_left,transparent,#000_1rem)] [scrollbar-width:none] max-desk:flex-initial">
      <Chip
        tone="leased"
        pressed={isOn('leased')}
        count={counts.leased}
        onChange={(leased) => toggle('leased', leased)}
      >
        Leased
      </Chip>
      <Chip
        tone="danger"
        pressed={isOn('poison')}
        count={counts.poison}
        onChange={(poison) => toggle('poison', poison)}
      >
        {threshold}+ dequeues
      </Chip>
      <Chip
        tone="warn"
        pressed={isOn('expiring')}
        count={counts.expiring}
        onChange={(expiring) => toggle('expiring', expiring)}
      >
        Expiring
      </Chip>
      <ExpressionChips connectionId={connectionId} queue={queue} model={model} />
      {picked && (
        <Chip pressed className={FIRST} onChange={() => narrow({ picked: undefined })}>
          <span className="max-w-48 truncate">
            {columnLabel(picked.column)}: {groupLabel(picked.column, picked.key)}
          </span>
          <X aria-hidden="true" className="size-3" />
        </Chip>
      )}
    </div>
  );
}

/** The queue's named expressions, and those that are on without a name. */
function ExpressionChips({ connectionId, queue, model }: QueueRef & { model: MessageRowsModel }) {
  const saved = useQueueView(connectionId, queue).expressions;
  const { expressions: on, narrow, search } = model;
  const unnamed = on.filter((source) => !saved.some((one) => one.source === source));
  return [...saved, ...unnamed.map((source) => ({ name: source, source }))].map(({ name, source }) => {
    const isOn = on.includes(source);
    return (
      <Chip
        key={source}
        className={cx(isOn && FIRST)}
        pressed={isOn}
        count={isOn ? search.counts.find(({ expression }) => expression === source)?.count : undefined}
        onChange={(pressed) => narrow({ expressions: pressed ? [...on, source] : on.filter((one) => one !== source) })}
      >
        <Braces aria-hidden="true" className="size-3 text-text-3" />
        <span className="max-w-40 truncate" title={source}>
          {name}
        </span>
      </Chip>
    );
  });
}
