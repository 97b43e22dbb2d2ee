import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from '@/ui/controls/tooltip';
import { cx } from '@/ui/format/cx';

const look =
  'grid size-8.5 flex-none place-items-center rounded-8 text-text-2 transition-colors hover:bg-hover aria-[current=page]:bg-active aria-[current=page]:text-text';

type Named = { label: string; icon: ReactNode; keys?: string | undefined };

export function RailButton({ label, icon, keys, className, ...button }: ComponentProps<'button'> & Named) {
  return (
    <Tooltip label={label} keys={keys}>
      <button type="button" aria-label={label} {...button} className={cx(look, className)}>
        {icon}
      </button>
    </Tooltip>
  );
}
