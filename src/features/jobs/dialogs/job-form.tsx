import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { TestTube } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account } from '@/azure/protocol/model';
import { LANE_REQUESTS } from '@/azure/relay/lane-frames';
import type { Steps } from '@/bulk/planning/steps';
import { useMeasuredRoundTrip } from '@/state/activity/measured-round-trip';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Field, NumberInput } from '@/ui/controls/field';
import { ViewRequest } from '@/ui/feedback/failure';
import { useQuestion } from '@/ui/feedback/use-question';
import { cx } from '@/ui/format/cx';
import { type DialogSize, FormDialog } from '@/ui/overlay/dialog';
import { DialogQueue } from '@/ui/overlay/dialog-queue';
import { canTryFirst, firstPart, type JobPart, TRIED_FIRST } from '../shared/job-part';
import { OrderSwitch, orderHints } from '../shared/order-switch';
import { type PaceChoice, paceOptions, usualPace } from '../shared/pace-options';
import { jobOptions, needsSearch, type ReturnOrder, type Scope, usualLimit, usualOrder } from '../shared/scope';
import { ScopeChoice } from '../shared/scope-choice';

type Beginning = {
  isPending: boolean;
  error: Error | null;
  submit: () => void;
  /** Begins with the first messages of the scope; undefined where there are not more than these. */
  tryFirst: (() => void) | undefined;
  reset: () => void;
};

/** How many items a job has, and what begins it with the first of them, where they are no messages of a scope. */
type OwnTry = { total: number; tryFirst: (client: QueryClient) => unknown };

/**
 * Begins a job when its form is submitted, and then closes the dialog, unless `begin` answers false. `scope`: where its first
 * messages can be tried; `begin` then takes the part of it that is meant, which comes over the options of the form.
 */
export function useBeginning(
  onClose: () => void,
  begin: (client: QueryClient, part: JobPart) => unknown,
  scope?: Scope | OwnTry,
): Beginning {
  const client = useQueryClient();
  const { mutate, ...mutation } = useMutation({
    mutationFn: async (isFirst: boolean) => {
      if (!isFirst || !scope) return (await begin(client, {})) !== false;
      if ('tryFirst' in scope) return (await scope.tryFirst(client)) !== false;
      return (
        (await begin(
          client,
          firstPart(scope, (rest) => begin(client, rest)),
        )) !== false
      );
    },
    onSuccess: (hasBegun) => hasBegun && onClose(),
  });
  const canTry = scope !== undefined && canTryFirst(scope);
  return { ...mutation, submit: () => mutate(false), tryFirst: canTry ? () => mutate(true) : undefined };
}

type JobFormProps = {
  title: string;
  /** Between title and queue: `from`. */
  preposition?: string;
  queue: string;
  size?: DialogSize;
  /** Of the form. */
  className?: string;
  /** On the submit button: verb and object. */
  label: string;
  isDanger?: boolean;
  /** On the button that closes, where that is more than to cancel; it takes the focus first. */
  keepLabel?: string;
  /** What the person is asked before the job begins; the button then is pressed a second time. */
  question?: string | undefined;
  /** On the submit button once the question was asked. */
  askedLabel?: string | undefined;
  /** Why the job cannot begin. */
  reason?: string | undefined;
  beginning: Beginning;
  initialFocus?: RefObject<HTMLElement | null>;
  /** At the left end of the footer. */
  extra?: ReactNode;
  /** The messages that it means, where a filter can choose others. */
  scope?: Scope | undefined;
  /** True where `children` have the choice of the scope. */
  isScopeInside?: boolean;
  children: ReactNode;
  onClose: () => void;
};

/** The dialog that begins a job: its choices, its consequences, and why it could not begin. */
export function JobForm({
  preposition = 'in',
  queue,
  keepLabel,
  beginning,
  extra,
  scope,
  isScopeInside = false,
  question,
  askedLabel,
  children,
  ...form
}: JobFormProps) {
  const { isPending, error, submit, tryFirst } = beginning;
  const { isAsked, mayGo, strip } = useQuestion(question);
  return (
    <FormDialog
      {...form}
      label={isAsked && askedLabel !== undefined ? askedLabel : form.label}
      cancelLabel={keepLabel}
      isOff={isPending}
      subtitle={<DialogQueue preposition={preposition} queue={queue} />}
      note={extra && <div className="mr-auto flex items-center gap-2 max-desk:w-full">{extra}</div>}
      second={
        tryFirst && {
          label: `Try ${TRIED_FIRST} first`,
          icon: <TestTube />,
          onClick: () => mayGo() && tryFirst(),
        }
      }
      onSubmit={() => mayGo() && submit()}
    >
      {!isScopeInside && scope && <ScopeChoice scope={scope} />}
      {children}
      {(strip || error) && (
        <div
          className={cx('col-span-full grid gap-2', isScopeInside && 'border-t border-line px-5 py-3 max-desk:px-4')}
        >
          {strip}
          {error && <Failure error={error} />}
        </div>
      )}
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

/**
 * The speed, the order and the reach of a job on messages that takes these steps: their fields, and the options that they make. To
 * keep the order, what is sent, changed or hidden goes one after another; deleted messages have none, but those that are passed do.
 */
export function useJobOptions(account: Account, scope: Scope, steps: Steps) {
  const [chosenLimit, setLimit] = useState<number>();
  const [chosenOrder, setOrder] = useState<ReturnOrder>();
  const [chosen, setPace] = useState<PaceChoice>();
  // The way to the account may change while the dialog is open.
  const chosenPace = chosen ?? usualPace(account.id);
  const roundTrip = useMeasuredRoundTrip(account.id);
  const limit = chosenLimit ?? usualLimit(scope);
  const order = chosenOrder ?? usualOrder(scope, needsSearch(scope) ? limit : 0);
  const isOneByOne = order === 'kept' && steps.join() !== 'delete';
  const pace = { ...chosenPace, concurrency: isOneByOne ? 1 : chosenPace.concurrency };
  const fields = (
    <div className="grid gap-3">
      <PaceFields
        pace={pace}
        onChange={(next) => {
          setPace({
            ...next,
            concurrency: next.concurrency === 1 && isOneByOne ? chosenPace.concurrency : next.concurrency,
          });
          if (isOneByOne && next.concurrency > 1) setOrder('fast');
        }}
      >
        {needsSearch(scope) && (
          <Field label="Receive at most" hint="Stops searching after this many messages">
            <NumberInput min={1} max={1_000_000} value={limit} onChange={(next) => setLimit(Math.round(next))} />
          </Field>
        )}
      </PaceFields>
      <OrderSwitch order={order} hints={orderHints(steps, roundTrip)} onChange={setOrder} />
    </div>
  );
  return { limit, order, options: jobOptions(scope, pace, limit, order), fields };
}

/** The speed of a job that has nothing to search for; `usual` until the person chooses another. */
export function usePaceOptions(usual: PaceChoice) {
  const [chosen, setPace] = useState<PaceChoice>();
  const pace = chosen ?? usual;
  return { pace: paceOptions(pace), fields: <PaceFields pace={pace} onChange={setPace} /> };
}

type PaceFieldsProps = { pace: PaceChoice; onChange: (pace: PaceChoice) => void; children?: ReactNode };

const PaceFields = ({ pace, onChange, children }: PaceFieldsProps) => (
  <div className="grid grid-cols-3 gap-3 max-desk:grid-cols-1">
    <Field label="Parallel requests" hint={`1 to ${LANE_REQUESTS}`}>
      <NumberInput
        min={1}
        max={LANE_REQUESTS}
        value={pace.concurrency}
        onChange={(concurrency) => onChange({ ...pace, concurrency: Math.round(concurrency) })}
      />
    </Field>
    <Field label="Messages per second" hint="0: no limit">
      <NumberInput
        min={0}
        max={10_000}
        value={pace.perSecond}
        onChange={(perSecond) => onChange({ ...pace, perSecond })}
      />
    </Field>
    {children}
  </div>
);
