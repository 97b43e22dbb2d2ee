import { Check, LoaderCircle, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '@/ui/format/cx';

export type CheckState = 'ok' | 'wrong' | 'attention' | 'running' | 'open';

type CheckRowProps = {
  name: string;
  state: CheckState;
  /** What was found, or the rule that is broken. */
  children: ReactNode;
  /** Beside it, quieter. */
  note?: ReactNode;
};

/** One fact about a connection and whether it holds. */
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
        <span className="sr-only">{spoken[state]}</span>
      </dd>
      <dd aria-hidden="true">{marks[state]}</dd>
    </div>
  );
}

const spoken: Record<CheckState, string> = {
  ok: ', valid',
  wrong: ', needs a fix',
  attention: ', needs a look',
  running: ', being checked',
  open: '',
};

const marks: Record<CheckState, ReactNode> = {
  ok: <Check className="size-3.5 text-accent" />,
  wrong: <X className="size-3.5 text-danger" />,
  attention: <TriangleAlert className="size-3.5 text-warn" />,
  running: <LoaderCircle className="size-3.5 animate-spin text-text-3 motion-reduce:animate-none" />,
  open: null,
};
