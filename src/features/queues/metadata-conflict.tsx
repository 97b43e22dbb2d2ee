import { TriangleAlert } from 'lucide-react';
import type { Metadata } from '@/azure/protocol/model';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';

type MetadataConflictProps = {
  /** What the service has now; null when the queue is gone. */
  theirs: Metadata | null;
  onReplace: (theirs: Metadata) => void;
  onTake: (theirs: Metadata) => void;
};

/** Somebody changed the metadata since it was opened: nothing was written, a person decides. */
export function MetadataConflict({ theirs, onReplace, onTake }: MetadataConflictProps) {
  if (theirs === null) {
    return (
      <Strip
        tone="danger"
        icon={<TriangleAlert />}
        title="This queue does not exist any more"
        role="alert"
        className="rounded-8"
      >
        Nothing was saved.
      </Strip>
    );
  }
  const pairs = Object.entries(theirs);
  return (
    <Strip
      tone="warn"
      icon={<TriangleAlert />}
      title="The metadata changed since you opened it"
      role="alert"
      className="rounded-8"
    >
      <p>Nothing was saved. The queue now has:</p>
      <ul className="my-1.5 max-h-32 overflow-auto font-mono text-text">
        {pairs.length === 0 && <li className="font-sans">no metadata</li>}
        {pairs.map(([name, value]) => (
          <li key={name} className="break-all">
            {name}: {value}
          </li>
        ))}
      </ul>
      <span className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onTake(theirs)}>
          Take theirs
        </Button>
        <Button size="sm" onClick={() => onReplace(theirs)}>
          Replace with mine
        </Button>
      </span>
    </Strip>
  );
}
