import type { ReactNode } from 'react';
import { cx } from '@/ui/format/cx';

type BlockProps = { title: string; hint?: ReactNode; action?: ReactNode; children: ReactNode; className?: string };

/** A titled part of an exchange. */
export const Block = ({ title, hint, action, children, className }: BlockProps) => (
  <section aria-label={title} className={cx('flex flex-col pr-4 pb-3 pl-5 max-desk:px-4', className)}>
    <div className="-mr-1 flex h-10 flex-none items-center gap-2 text-12">
      <h3 className="text-13 font-semibold">{title}</h3>
      <span className="truncate text-text-3">{hint}</span>
      <span className="flex-1" />
      {action}
    </div>
    {children}
  </section>
);
