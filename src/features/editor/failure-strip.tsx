import { CircleAlert, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { StorageError } from '@/azure/protocol/errors';
import { mayBeCarriedOut } from '@/bulk/requests/uncertain-outcome';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { actionsBelow } from './strip-look';

type FailureStripProps = {
  error: unknown;
  /** What was not done, or nobody knows whether. */
  done: 'added' | 'saved';
  /** In place of the reason: what a check found. */
  children?: ReactNode;
  action?: ReactNode;
};

/** What went wrong, above the buttons of the form it belongs to. */
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

/** The request may have been carried out although nothing that came of it says so. */
export const isAmbiguous = (error: unknown) => mayBeCarriedOut(error);

/** What is known of what was asked for: nothing of it was done, or nobody knows. */
export function failureTitle(error: unknown, done: 'added' | 'saved'): string {
  if (!isAmbiguous(error)) return `Nothing was ${done}`;
  const answer =
    error instanceof StorageError ? 'The service answered with an error of its own.' : 'No answer arrived.';
  return `${answer} The message may or may not have been ${done}`;
}

/** The same of a message whose dialog was closed. */
export const notAddedTitle = (error: unknown): string =>
  isAmbiguous(error) ? 'The message may or may not have been added' : 'Message not added';
