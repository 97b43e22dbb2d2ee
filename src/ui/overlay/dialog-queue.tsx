import { Badge } from '../controls/badge';

/** The title of a dialog can go on in a second line, and so gives way first. */
const SHRINKS_LAST = { flexShrink: 0.3 };

/** Beside the title of a dialog: the queue that it is about. What is too long is shared out, so that neither is lost. */
export const DialogQueue = ({ preposition, queue }: { preposition: string; queue: string }) => (
  <>
    <span className="text-text-3 max-line:sr-only">{preposition}</span>
    <span className="flex max-w-3/5 min-w-16" style={SHRINKS_LAST}>
      <Badge className="max-w-full">
        <span className="truncate">{queue}</span>
      </Badge>
    </span>
  </>
);
