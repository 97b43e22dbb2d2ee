import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { useIsPhone } from '@/ui/browser/use-media';
import { Checkbox } from '@/ui/controls/checkbox';
import { count } from '@/ui/format/counts';

type QueueChoicesProps = {
  shown: readonly string[];
  chosen: ReadonlySet<string>;
  counts: ReadonlyMap<string, number>;
  /** Why the queues could not be listed. */
  error: Error | null;
  onChoose: (names: readonly string[], isOn: boolean) => void;
};

/** A list of queues to choose from, one by one or all that are shown. */
export function QueueChoices({ shown, chosen, counts, error, onChoose }: QueueChoicesProps) {
  const chosenShown = shown.filter((name) => chosen.has(name)).length;
  return (
    <div className="rounded-8 border border-line">
      <Checkbox
        label="Select all shown queues"
        checked={chosenShown === 0 ? false : chosenShown === shown.length ? true : 'mixed'}
        disabled={shown.length === 0}
        onChange={(isOn) => onChoose(shown, isOn)}
        className="h-8 w-full border-b border-line px-3"
      >
        <span className="flex-1 text-12 font-semibold">
          Select all shown queues <span className="font-normal text-text-3">{count(shown.length)}</span>
        </span>
      </Checkbox>
      {error ? (
        <p role="alert" className="px-3 py-2 text-12 text-danger">
          {describeError(error).reason}
        </p>
      ) : (
        <Choices shown={shown} chosen={chosen} counts={counts} onChoose={onChoose} />
      )}
    </div>
  );
}

function Choices({ shown, chosen, counts, onChoose }: Omit<QueueChoicesProps, 'error'>) {
  const scroller = useRef<HTMLUListElement>(null);
  const row = useIsPhone() ? 44 : 28;
  // oxlint-disable-next-line react/incompatible-library -- the compiler leaves this file alone
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => row,
    overscan: 10,
  });
  if (shown.length === 0) return <p className="px-3 py-2 text-12 text-text-3">No queue matches.</p>;
  return (
    <ul ref={scroller} aria-label="Queues to clear" className="relative h-48 overflow-y-auto">
      <li aria-hidden="true" style={{ height: virtual.getTotalSize() }} />
      {virtual.getVirtualItems().map(({ index, start }) => {
        const name = shown[index] ?? '';
        return (
          <li
            key={name}
            aria-setsize={shown.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ height: row, transform: `translateY(${start}px)` }}
          >
            <Checkbox
              label={name}
              checked={chosen.has(name)}
              onChange={(isOn) => onChoose([name], isOn)}
              className="h-full w-full px-3 hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="text-12 text-text-3">{counts.has(name) && `≈ ${count(counts.get(name) ?? 0)}`}</span>
            </Checkbox>
          </li>
        );
      })}
    </ul>
  );
}
