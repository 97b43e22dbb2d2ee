import { TriangleAlert } from 'lucide-react';
import { useIntoView } from '@/ui/browser/use-into-view';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';

type ConflictStripProps = {
  title: string;
  holder?: 'queue' | 'service';
  /** The parts that were changed since, with their lines. */
  theirs: readonly { name: string; lines: readonly string[] }[];
  onTake: () => void;
  onReplace: () => void;
};

/** Says that somebody else changed the settings since they were opened, and asks which to keep. */
export function ConflictStrip({ title, holder = 'service', theirs, onTake, onReplace }: ConflictStripProps) {
  const shown = useIntoView<HTMLDivElement>();
  return (
    <div ref={shown}>
      <Strip tone="warn" icon={<TriangleAlert />} title={title} role="alert" className="rounded-8">
        <p>Nothing was saved. The {holder} now has:</p>
        {theirs.map(({ name, lines }) => (
          <div key={name} className="my-1.5">
            <h4 className="font-semibold text-text">{name}</h4>
            <ul className="max-h-32 overflow-auto font-mono text-text">
              {lines.length === 0 && <li className="font-sans">nothing</li>}
              {lines.map((line) => (
                <li key={line} className="break-words">
                  {line}
                </li>
              ))}
            </ul>
          </div>
        ))}
        <span className="flex flex-wrap gap-2">
          <Button size="sm" onClick={onTake}>
            Take theirs
          </Button>
          <Button size="sm" onClick={onReplace}>
            Replace with mine
          </Button>
        </span>
      </Strip>
    </div>
  );
}
