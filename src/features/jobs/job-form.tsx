import { type ReactNode, type RefObject, type SubmitEvent, useId, useRef } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Badge } from '@/ui/controls/badge';
import { ViewRequest } from '@/ui/feedback/failure';
import { Dialog, type DialogSize } from '@/ui/overlay/dialog';
import { useDialogContext } from '@/ui/overlay/dialog-context';
import { FormFooter } from '@/ui/overlay/form-footer';

type JobFormProps = {
  title: string;
  /** `from` */
  preposition?: string;
  queue: string;
  size?: DialogSize;
  /** On the button: verb and object. */
  label: string;
  isDanger?: boolean;
  /** The other choice, where it is not just to cancel: it begins with the focus. */
  keepLabel?: string;
  /** Why it cannot begin. */
  reason?: string | undefined;
  isPending?: boolean;
  error?: Error | null;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Beside the button. */
  extra?: ReactNode;
  children: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
};

/** The dialog that begins a job: what is asked, what Azure will do, and what went wrong in its place. */
export function JobForm({
  title,
  preposition = 'in',
  queue,
  size = 'md',
  label,
  isDanger = false,
  keepLabel,
  reason: problem,
  isPending = false,
  error,
  initialFocus,
  extra,
  children,
  onSubmit,
  onClose,
}: JobFormProps) {
  const { reason = problem } = useDialogContext();
  const form = useId();
  const keep = useRef<HTMLButtonElement>(null);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (reason === undefined && !isPending) onSubmit();
  }
  return (
    <Dialog
      size={size}
      title={title}
      subtitle={
        <>
          <span className="text-text-3">{preposition}</span>
          <Badge className="min-w-0 shrink!">
            <span className="truncate">{queue}</span>
          </Badge>
        </>
      }
      onClose={onClose}
      dismissible={false}
      {...((initialFocus || keepLabel) && { initialFocus: initialFocus ?? keep })}
      footer={
        <FormFooter
          form={form}
          label={label}
          variant={isDanger ? 'dangerSolid' : 'primary'}
          closeLabel={keepLabel ?? 'Cancel'}
          closeButton={keep}
          reason={reason}
          disabled={isPending}
          onClose={onClose}
        >
          {extra && <div className="mr-auto flex items-center gap-2">{extra}</div>}
        </FormFooter>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4">
        {children}
        {error && <Failure error={error} />}
      </form>
    </Dialog>
  );
}

function Failure({ error }: { error: Error }) {
  const { reason, code } = describeError(error);
  return (
    <p role="alert" className="flex flex-wrap items-center gap-x-3 text-12 text-danger">
      {reason} {code && <span className="font-mono">{code}</span>}
      <ViewRequest onView={viewRequestOf(error)} />
    </p>
  );
}
