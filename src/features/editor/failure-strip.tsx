import { CircleAlert, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { UnreachableError } from '@/azure/errors';
import { failureWords } from '@/azure/failure-words';
import { viewRequestOf } from '@/state/view-request';
import { Strip, ViewRequest } from '@/ui/failure';
import { actionsBelow } from './strip-look';

type FailureStripProps = {
  error: unknown;
  /** What was not done, or nobody knows whether. */
  deed: 'added' | 'saved';
  /** In place of the reason: what a check found. */
  children?: ReactNode;
  action?: ReactNode;
};

/** What went wrong, above the buttons of the form it belongs to. */
export function FailureStrip({ error, deed, children, action }: FailureStripProps) {
  const { reason, code } = failureWords(error);
  const unsure = isAmbiguous(error);
  return (
    <Strip
      role="alert"
      tone={unsure ? 'warn' : 'danger'}
      icon={unsure ? <CircleHelp /> : <CircleAlert />}
      title={unsure ? `No answer arrived. The message may or may not have been ${deed}` : `Nothing was ${deed}`}
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

/** The request may have been carried out although no answer to it could be read. */
export const isAmbiguous = (error: unknown) => error instanceof UnreachableError && error.ambiguous;
