import { Check, LoaderCircle, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DiagnosisStep } from '@/azure/diagnosis/diagnose';
import { cx } from '@/ui/format/cx';

export type CheckState = 'ok' | 'wrong' | 'attention' | 'running' | 'open';

type CheckRowProps = {
  name: string;
  state: CheckState;
  /** What was found, or the rule that is broken. */
  children: ReactNode;
  /** Further detail. */
  note?: ReactNode;
};

/** A row for one fact about a connection, and whether it is in order. */
export function CheckRow({ name, state, children, note }: CheckRowProps) {
  return (
    <div className="grid min-h-7 grid-cols-[104px_minmax(0,1fr)_16px] items-center border-b border-line py-1 text-12 last:border-b-0 max-desk:min-h-8">
      <dt className="text-text-3">{name}</dt>
      <dd
        className={cx(
          'flex min-w-0 flex-wrap items-baseline gap-x-2',
          state === 'wrong' && 'font-semibold text-danger',
          state === 'attention' && 'font-semibold text-warn',
          state === 'open' && 'text-text-3',
        )}
      >
        {children}
        {note && <span className="font-normal text-text-3">{note}</span>}
        <span className="sr-only">{STATE_TEXTS[state]}</span>
      </dd>
      <dd aria-hidden="true">{STATE_ICONS[state]}</dd>
    </div>
  );
}

const STATE_TEXTS: Record<CheckState, string> = {
  ok: ', valid',
  wrong: ', needs a fix',
  attention: ', needs attention',
  running: ', being checked',
  open: '',
};

const STATE_ICONS: Record<CheckState, ReactNode> = {
  ok: <Check className="size-3.5 text-accent" />,
  wrong: <X className="size-3.5 text-danger" />,
  attention: <TriangleAlert className="size-3.5 text-warn" />,
  running: <LoaderCircle className="size-3.5 animate-spin text-text-3 motion-reduce:animate-none" />,
  open: null,
};

/** A row for each step of a diagnosis, with its state and what it found. */
export const DiagnosisRows = ({ steps }: { steps: readonly DiagnosisStep[] }) =>
  steps.map(({ step, state, detail }) => (
    <CheckRow key={step} name={STEP_NAMES[step]} state={STEP_STATES[state]}>
      {detail}
    </CheckRow>
  ));

const STEP_NAMES: Record<DiagnosisStep['step'], string> = {
  page: 'This page',
  network: 'Device',
  host: 'Network',
  browserAccess: 'Browser access',
  requests: 'Requests',
  replies: 'Replies',
  credential: 'Credential',
  relay: 'Relay',
};

const STEP_STATES: Record<DiagnosisStep['state'], CheckState> = {
  running: 'running',
  ok: 'ok',
  failed: 'attention',
  unknown: 'attention',
};
