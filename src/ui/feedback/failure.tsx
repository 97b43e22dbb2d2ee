import type { ReactNode } from 'react';
import { Button } from '../controls/button';
import { cx } from '../format/cx';

export type StripTone = 'warn' | 'leased' | 'danger' | 'info';

const tones: Record<StripTone, string> = {
  warn: 'bg-warn-tint [&>.lucide]:text-warn',
  leased: 'bg-leased-tint [&>.lucide]:text-leased',
  danger: 'bg-danger-tint [&>.lucide]:text-danger',
  info: 'bg-info-tint [&>.lucide]:text-info',
};

export type StripProps = {
  tone: StripTone;
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** `alert` interrupts: a lost lease, a failed write. `group` is not said: something else says it. Default: `status`. */
  role?: 'status' | 'alert' | 'group' | undefined;
  /** True once it was said, when what changes in it is said elsewhere or only counts. */
  isTold?: boolean | undefined;
  className?: string | undefined;
};

/** A strip above the last known data, which says why that is old. */
export function Strip({ tone, icon, title, children, action, role = 'status', isTold, className }: StripProps) {
  return (
    <div
      role={role}
      aria-live={isTold ? 'off' : undefined}
      data-urgent={tone === 'warn' || tone === 'danger' ? '' : undefined}
      className={cx(
        'flex flex-none items-center gap-2.5 py-2.5 pr-3 pl-4 forced-colors:border-b [&>.lucide]:flex-none',
        children && '[&>.lucide]:mt-0.5 [&>.lucide]:self-start',
        tones[tone],
        className,
      )}
    >
      {icon}
      <div className="min-w-0 flex-1">
        <b className="block font-semibold folded:truncate">{title}</b>
        {children && <div className="folded:hidden text-12 text-pretty text-text-2">{children}</div>}
      </div>
      {action && (
        <div data-actions="" className="flex flex-none gap-2">
          {action}
        </div>
      )}
    </div>
  );
}

/** A link to the request of a failure; nothing without one. */
export const ViewRequest = ({ onView }: { onView: (() => void) | undefined }) =>
  onView && (
    <Button variant="link" onClick={onView}>
      View request
    </Button>
  );
