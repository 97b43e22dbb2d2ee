import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from '../format/cx';

/*
 * A native <select>: the platform's own list is the best one on a phone and with a screen reader, and Base UI's Select
 * would add about 10 KiB to the shell for the few short lists there are (units, intervals).
 */
const style =
  'appearance-none border pr-7 transition-colors hover:bg-hover disabled:border-dashed disabled:text-text-3 max-desk:h-9 [&>option]:bg-raised [&>option]:text-text';

const field = 'h-7 rounded-r-6 border-line-control bg-surface pl-2 text-13';

export type SelectProps<T extends string> = Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'size'> & {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string }[];
  /** `soft`: borderless and sunken, 24 high, for the bar beside "Live"; `unit`: joined with the field before it. */
  variant?: 'default' | 'soft' | 'unit' | undefined;
};

export function Select<T extends string>({ value, onChange, options, variant, className, ...select }: SelectProps<T>) {
  return (
    <span className={cx('relative inline-flex', className)}>
      <select
        {...select}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
        className={cx(
          style,
          'w-full',
          variant === 'soft'
            ? 'h-6 rounded-4 border-transparent bg-sunken pl-1.5 text-13 text-text-2'
            : cx(field, variant === 'unit' ? 'text-text-2' : 'rounded-l-6'),
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown className="pointer-events-none absolute inset-y-0 right-2 my-auto size-3.5 text-text-2" />
    </span>
  );
}
