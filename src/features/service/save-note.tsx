import { cx } from '@/ui/format/cx';
import { useDialogContext } from '@/ui/overlay/dialog-context';

/** The reason while there is nothing to save. */
export const NOTHING_CHANGED = 'Nothing was changed';

type SaveNoteProps = {
  /** Why it cannot be saved now. */
  reason: string | undefined;
  /** What saving does. */
  effect: string;
};

/** The note beside the buttons: what saving does, or why it is not possible yet, since a touch screen shows no tooltip. */
export function SaveNote({ reason: ownReason, effect }: SaveNoteProps) {
  const { reason = ownReason } = useDialogContext();
  const hasObstacle = reason !== undefined && reason !== NOTHING_CHANGED;
  return (
    <span className={cx('min-w-0 flex-1 text-12 text-pretty text-text-3', !hasObstacle && 'max-desk:hidden')}>
      {hasObstacle ? reason : effect}
    </span>
  );
}
