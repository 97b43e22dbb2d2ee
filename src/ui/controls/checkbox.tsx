import type { ReactNode } from 'react';
import { cx } from '../format/cx';

export type CheckboxProps = {
  /** The accessible name of a box without `children`. */
  label?: string | undefined;
  checked: boolean | 'mixed';
  onChange: (checked: boolean) => void;
  /** Visible label, which is then also the name. */
  children?: ReactNode;
  disabled?: boolean | undefined;
  tabIndex?: number | undefined;
  className?: string | undefined;
};

const box = cx(
  'relative m-0 size-3.5 flex-none appearance-none rounded-4 border border-line-control bg-surface transition-colors',
  'checked:border-ink checked:bg-ink indeterminate:border-ink indeterminate:bg-ink disabled:opacity-50',
  // The mark: two edges of a turned box for a tick, one edge for "some".
  "checked:before:absolute checked:before:top-px checked:before:left-1 checked:before:h-2 checked:before:w-1 checked:before:rotate-45 checked:before:border-r-[1.5px] checked:before:border-b-[1.5px] checked:before:border-on-ink checked:before:content-['']",
  "indeterminate:before:absolute indeterminate:before:inset-x-0.5 indeterminate:before:top-[5.25px] indeterminate:before:left-0.5 indeterminate:before:h-[1.5px] indeterminate:before:w-2 indeterminate:before:rotate-0 indeterminate:before:border-0 indeterminate:before:bg-on-ink indeterminate:before:content-['']",
  'forced-colors:appearance-auto forced-colors:before:hidden',
);

/** A native checkbox with "mixed"; the label makes the target at least 24 px. */
export function Checkbox({ label, checked, onChange, children, disabled, tabIndex, className }: CheckboxProps) {
  return (
    <label
      className={cx(
        'inline-flex min-h-6 items-center max-desk:min-h-9 pointer-coarse:min-h-9',
        children ? 'gap-2' : 'min-w-6 justify-center max-desk:min-w-9 pointer-coarse:min-w-9',
        disabled && 'text-text-3',
        className,
      )}
    >
      <input
        type="checkbox"
        aria-label={children ? undefined : label}
        checked={checked === true}
        ref={(input) => {
          if (input) input.indeterminate = checked === 'mixed';
        }}
        disabled={disabled}
        tabIndex={tabIndex}
        onChange={(event) => onChange(event.target.checked)}
        className={box}
      />
      {children}
    </label>
  );
}
