import { ArrowLeft } from 'lucide-react';
import { Fragment, useEffect, useRef } from 'react';
import { Button } from '@/ui/controls/button';

/** The path of an inner value as people write it: `$.data_base64`, `$[0]`. */
export const shownPath = (path: string) => `$${path.startsWith('[') ? '' : '.'}${path}`;

type OpenedWayProps = {
  /** The path of one string after the other, from the body on. */
  way: readonly string[];
  /** Goes back to the body, or to the value so many levels inside it. */
  onBack: (depth: number) => void;
};

/** The way from the body to the inner value that is shown, each part a way back. */
export function OpenedWay({ way, onBack }: OpenedWayProps) {
  const first = useRef<HTMLButtonElement>(null);
  // What was pressed to open the value is gone.
  useEffect(() => first.current?.focus(), []);
  return (
    <nav aria-label="Opened values" className="mx-3 mb-1 flex flex-wrap items-center gap-x-1.5 text-12">
      <Button ref={first} size="sm" icon={<ArrowLeft />} onClick={() => onBack(way.length - 1)}>
        Back
      </Button>
      <Button variant="link" onClick={() => onBack(0)}>
        Whole body
      </Button>
      {way.map((path, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a level is its place in the way
        <Fragment key={index}>
          <span aria-hidden="true" className="text-text-3">
            ›
          </span>
          {index === way.length - 1 ? (
            <code aria-current="step" className="max-w-60 truncate font-mono" title={shownPath(path)}>
              {shownPath(path)}
            </code>
          ) : (
            <Button variant="link" className="max-w-60" onClick={() => onBack(index + 1)}>
              <code className="truncate font-mono">{shownPath(path)}</code>
            </Button>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
