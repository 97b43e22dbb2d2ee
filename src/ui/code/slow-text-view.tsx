import { Button } from '../controls/button';
import { cx } from '../format/cx';
import { CodeView } from './code-view';

type SlowTextProps = { text: string; onEdit: () => void; className?: string | undefined };

/** A text to edit that is slow to draw in one piece: shown in rows, until the person wants to edit it all the same. */
export function SlowText({ text, onEdit, className }: SlowTextProps) {
  return (
    <div className={cx('flex min-h-0 flex-col overflow-hidden rounded-8 border', className)}>
      <p role="status" className="flex flex-none flex-wrap items-center gap-x-2 bg-warn-tint px-3 py-1.5 text-12">
        <span className="min-w-0 flex-1">
          stopped: many characters of this text are slow to draw. Editing it can make the page stand still.
        </span>
        <Button variant="link" onClick={onEdit}>
          Edit all the same
        </Button>
      </p>
      <CodeView text={text} language="text" wrap label="Text to edit" className="min-h-24 flex-1" />
    </div>
  );
}
