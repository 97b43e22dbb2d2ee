import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cx } from '@/ui/format/cx';

type DetailSectionProps = {
  title: string;
  /** Beside the title. */
  beside?: ReactNode;
  /** At the right end of the head. */
  tools?: ReactNode;
  /** Takes the height that is left. */
  grow?: boolean;
  children: ReactNode;
};

/** A part of details that folds away. */
export function DetailSection({ title, beside, tools, grow, children }: DetailSectionProps) {
  const [open, setOpen] = useState(true);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <section
      aria-label={title}
      className={cx('flex min-h-0 flex-col border-b border-line', grow && open ? 'flex-1' : 'flex-none')}
    >
      <div className="flex min-h-9 flex-none items-center gap-0.5 pr-2 pl-3 max-desk:min-h-11">
        <button
          type="button"
          aria-expanded={open}
          className="mr-2 inline-flex h-6 flex-none items-center gap-1 rounded-4 font-semibold max-desk:h-9"
          onClick={() => setOpen(!open)}
        >
          <Chevron className="size-3.5 text-text-3" />
          {title}
        </button>
        {open && beside}
        <span className="flex-1" />
        {open && tools}
      </div>
      {open && children}
    </section>
  );
}
