import { FormFailure } from '@/actions/form-failure';
import { StorageError } from '@/azure/protocol/errors';
import { useIntoView } from '@/ui/browser/use-into-view';
import { cx } from '@/ui/format/cx';
import { useDialogContext } from '@/ui/overlay/dialog-context';

export const READING_NEEDS =
  'Reading service properties takes the account key, an account SAS for the service (srt=s) with read (sp=r), or a token of a management role such as Storage Account Contributor.';

export const WRITING_NEEDS =
  'Changing service properties takes the account key, an account SAS for the service (srt=s) with write (sp=w), or a token of a management role such as Storage Account Contributor.';

export const POLICIES_NEED =
  'Reading and changing access policies takes the account key. A shared access signature never allows it, and a token does only with a role made for it.';

/** Says why nothing was saved and which permission it needs, with the way to the request. */
export function SaveFailure({ error, needs }: { error: Error; needs: string }) {
  const shown = useIntoView<HTMLDivElement>();
  const isRefused = error instanceof StorageError && error.status === 403 && error.code !== 'AuthenticationFailed';
  return (
    <div ref={shown} role="alert" className="text-12 text-danger">
      <FormFailure error={error} needs={isRefused ? needs : undefined} />
    </div>
  );
}

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
