import { ArrowDown, ArrowUp, CornerDownLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../format/cx';

/** A key hint. Hidden from assistive technology, which reads `aria-keyshortcuts` of the control. */
export function Kbd({ children, className }: { children: string; className?: string | undefined }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-flex h-4 min-w-4 flex-none items-center justify-center rounded-4 border border-line-strong bg-sunken px-1 font-sans text-11/[14px] font-normal text-text-3 max-desk:hidden',
        className,
      )}
    >
      {children.split(SIGNS).map((part) => DRAWN[part] ?? part)}
    </span>
  );
}

/** Icons of keys whose symbols many fonts lack. */
const DRAWN: Record<string, ReactNode> = {
  '⏎': <CornerDownLeft key="enter" className="size-3" />,
  '↓': <ArrowDown key="down" className="size-3" />,
  '↑': <ArrowUp key="up" className="size-3" />,
};
const SIGNS = new RegExp(`([${Object.keys(DRAWN).join('')}])`);
