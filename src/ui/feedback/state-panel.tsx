import type { ReactNode } from 'react';
import { cx } from '../format/cx';

export type StatePanelTone = 'neutral' | 'danger' | 'warn';

const tones: Record<StatePanelTone, string> = {
  neutral: 'border-line bg-sunken text-text-2',
  danger: 'border-transparent bg-danger-tint text-danger',
  warn: 'border-transparent bg-warn-tint text-warn',
};

export type StatePanelProps = {
  icon: ReactNode;
  tone?: StatePanelTone | undefined;
  title: ReactNode;
  /** Up to two sentences: what happened, why, the next step. Blocks such as a `CodeBox` may follow. */
  children?: ReactNode;
  /** One primary and at most one more. */
  actions?: ReactNode;
  /** Error code and a link to the request: "404 QueueNotFound", View request. */
  foot?: { code?: string | undefined; action?: ReactNode } | undefined;
  /** `alert` for a failure during other work on the page. */
  role?: 'status' | 'alert' | undefined;
};

/** The state of a pane without rows: empty, not found, refused, blocked. */
export function StatePanel({ icon, tone = 'neutral', title, children, actions, foot, role }: StatePanelProps) {
  return (
    <div role={role} className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex min-h-0 flex-1 flex-col items-start overflow-auto px-6 py-6">
        <div className="my-auto w-full max-w-120">
          <span className={cx('mb-4 grid size-10 place-items-center rounded-8 border', tones[tone])}>{icon}</span>
          <h2 className="text-15 font-semibold">{title}</h2>
          {children && <div className="mt-1 grid gap-3 text-pretty text-text-2">{children}</div>}
          {actions && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
        </div>
      </div>
      {foot && (
        <div className="flex min-h-9 flex-none items-center justify-between gap-3 border-t border-line px-6 font-mono text-12 text-text-3">
          <span className="truncate">{foot.code}</span>
          <span className="flex-none font-sans">{foot.action}</span>
        </div>
      )}
    </div>
  );
}
