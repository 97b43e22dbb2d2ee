import { CircleAlert, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { go } from '@/state/place';
import { Button } from '@/ui/button';
import { Strip } from '@/ui/failure';
import type { Failure } from './send-failure';
import { actionsBelow } from './strip-look';

type FailureStripProps = {
  failure: Failure;
  /** Closes the dialog, so that the request can be seen. */
  onLeave: () => void;
  /** In place of the detail: what a check found. */
  children?: ReactNode;
  action?: ReactNode;
};

/** What went wrong, above the buttons of the form it belongs to. */
export function FailureStrip({ failure, onLeave, children, action }: FailureStripProps) {
  const { title, detail, code, exchangeId, isAmbiguous } = failure;
  return (
    <Strip
      role="alert"
      tone={isAmbiguous ? 'warn' : 'danger'}
      icon={isAmbiguous ? <CircleHelp /> : <CircleAlert />}
      title={title}
      className={actionsBelow}
      action={
        <>
          {exchangeId !== undefined && (
            <Button
              variant="link"
              onClick={() => {
                onLeave();
                go({ screen: 'wire', exchange: exchangeId });
              }}
            >
              View request
            </Button>
          )}
          {action}
        </>
      }
    >
      {children ?? detail} {code && <span className="font-mono">{code}</span>}
    </Strip>
  );
}
