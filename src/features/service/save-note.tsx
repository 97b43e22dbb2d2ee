import { cx } from '@/ui/format/cx';

/** What is said while there is nothing to save. */
export const NOTHING_CHANGED = 'Nothing was changed';

type SaveNoteProps = {
  /** Why it cannot be saved now. */
  reason: string | undefined;
  /** What saving does. */
  effect: string;
};

/** Beside the buttons: what saving does, or what is still in its way, since a touch screen shows no tooltip. */
export function SaveNote({ reason, effect }: SaveNoteProps) {
  const isInTheWay = reason !== undefined && reason !== NOTHING_CHANGED;
  return (
    <span className={cx('min-w-0 flex-1 text-12 text-pretty text-text-3', !isInTheWay && 'max-desk:hidden')}>
      {isInTheWay ? reason : effect}
    </span>
  );
}
