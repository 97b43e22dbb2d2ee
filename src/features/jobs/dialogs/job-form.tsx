import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode, RefObject } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Badge } from '@/ui/controls/badge';
import { ViewRequest } from '@/ui/feedback/failure';
import type { DialogSize } from '@/ui/overlay/dialog';
import { FormDialog } from '@/ui/overlay/form-dialog';

type Beginning = { isPending: boolean; error: Error | null; submit: () => void; reset: () => void };

/** Begins a job when its form is submitted, and then closes the dialog, unless `begin` answers false. */
export function useBeginning(onClose: () => void, begin: (client: QueryClient) => unknown): Beginning {
  const client = useQueryClient();
  const { mutate, ...mutation } = useMutation({
    mutationFn: async () => (await begin(client)) !== false,
    onSuccess: (hasBegun) => hasBegun && onClose(),
  });
  return { ...mutation, submit: () => mutate() };
}

type JobFormProps = {
  title: string;
  /** Between title and queue: `from`. */
  preposition?: string;
  queue: string;
  size?: DialogSize;
  /** On the submit button: verb and object. */
  label: string;
  isDanger?: boolean;
  /** On the button that closes, where that is more than to cancel; it takes the focus first. */
  keepLabel?: string;
  /** Why the job cannot begin. */
  reason?: string | undefined;
  beginning: Beginning;
  initialFocus?: RefObject<HTMLElement | null>;
  /** At the left end of the footer. */
  extra?: ReactNode;
  children: ReactNode;
  onClose: () => void;
};

/** The dialog that begins a job: its choices, its consequences, and why it could not begin. */
export function JobForm({ preposition = 'in', queue, keepLabel, beginning, extra, children, ...form }: JobFormProps) {
  const { isPending, error, submit } = beginning;
  return (
    <FormDialog
      {...form}
      cancelLabel={keepLabel}
      isPending={isPending}
      subtitle={
        <>
          <span className="text-text-3">{preposition}</span>
          <Badge className="min-w-0 shrink!">
            <span className="truncate">{queue}</span>
          </Badge>
        </>
      }
      note={extra && <div className="mr-auto flex items-center gap-2">{extra}</div>}
      onSubmit={submit}
    >
      {children}
      {error && <Failure error={error} />}
    </FormDialog>
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
