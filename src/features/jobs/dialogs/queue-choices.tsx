import { describeError } from '@/azure/diagnosis/failure-text';
import { useIsPhone } from '@/ui/browser/use-media';
import { Checkbox } from '@/ui/controls/checkbox';
import { count } from '@/ui/format/counts';
import { VirtualList } from '@/ui/grid/virtual-list';

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
  const rowHeight = useIsPhone() ? 44 : 28;
  if (shown.length === 0) return <p className="px-3 py-2 text-12 text-text-3">No queue matches.</p>;
  return (
    <VirtualList
      label="Queues to clear"
      count={shown.length}
      rowHeight={rowHeight}
      keyOf={(index) => shown[index] ?? index}
      className="h-48"
    >
      {(index) => {
        const name = shown[index] ?? '';
        return (
          <Checkbox
            checked={chosen.has(name)}
            onChange={(isOn) => onChoose([name], isOn)}
            className="h-full w-full px-3 hover:bg-hover"
          >
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="text-12 text-text-3">{counts.has(name) && `≈ ${count(counts.get(name) ?? 0)}`}</span>
          </Checkbox>
        );
      }}
    </VirtualList>
  );
}
