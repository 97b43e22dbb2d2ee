import type { ComponentProps } from 'react';
import { cx } from '@/ui/format/cx';

type ExpiryBadgeProps = Omit<ComponentProps<'button'>, 'className' | 'type'> & {
  /** Ms until the credential expires; undefined where that needs no attention. */
  left: number | undefined;
  /** Ms from which on little is left. */
  soon: number;
};

/** A button in the status bar that says how long a credential works, and opens what to do about it. */
export const ExpiryBadge = ({ left, soon, ...button }: ExpiryBadgeProps) => (
  <button
    type="button"
    aria-haspopup="dialog"
    {...button}
    className={cx(
      'inline-flex h-6 max-w-64 items-center gap-1.5 rounded-4 px-2 hover:bg-hover',
      left === undefined || left >= soon
        ? 'text-text-2'
        : left > 0
          ? 'font-semibold text-warn'
          : 'font-semibold text-danger',
    )}
  />
);
