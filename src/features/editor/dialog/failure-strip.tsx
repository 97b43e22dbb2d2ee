import { CircleAlert, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { StorageError } from '@/azure/protocol/errors';
import { mayBeCarriedOut } from '@/bulk/requests/outcome';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Strip, ViewRequest } from '@/ui/feedback/failure';

type FailureStripProps = {
  error: unknown;
  /** What was attempted. */
  done: 'added' | 'saved';
  /** In place of the reason: the result of a check. */
  children?: ReactNode;
  action?: ReactNode;
};

/** The error of a form, above its buttons. */
export function FailureStrip({ error, done, children, action }: FailureStripProps) {
  const { reason, code } = describeError(error);
  const unsure = isAmbiguous(error);
  return (
    <Strip
      role="alert"
      tone={unsure ? 'warn' : 'danger'}
      icon={unsure ? <CircleHelp /> : <CircleAlert />}
      title={failureTitle(error, done)}
      className={actionsBelow}
      action={
        <>
          <ViewRequest onView={viewRequestOf(error)} />
          {action}
        </>
      }
    >
      {children ?? `${reason} The draft is kept.`} {code && <span className="font-mono">{code}</span>}
    </Strip>
  );
}

/** True when the request may have been carried out although it failed. */
export const isAmbiguous = (error: unknown) => mayBeCarriedOut(error);

/** The title of a failure: nothing was done, or that is not known. */
export function failureTitle(error: unknown, done: 'added' | 'saved'): string {
  if (!isAmbiguous(error)) return `Nothing was ${done}`;
  const answer =
    error instanceof StorageError ? 'The service answered with an error of its own.' : 'No answer arrived.';
  return `${answer} The message may or may not have been ${done}`;
}

/** The title of a toast when the dialog of the message was closed. */
export const notAddedTitle = (error: unknown): string =>
  isAmbiguous(error) ? 'The message may or may not have been added' : 'Message not added';

/** For a strip with several actions: on a phone they stand below its text. */
export const actionsBelow =
  'max-desk:flex-wrap max-desk:[&>div:first-of-type]:basis-[calc(100%-48px)] max-desk:[&>div:last-of-type]:flex-[0_1_auto] max-desk:[&>div:last-of-type]:flex-wrap max-desk:[&>div:last-of-type]:items-center';
