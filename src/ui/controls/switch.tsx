import type { ReactNode } from 'react';
import { cx } from '../format/cx';

export type SwitchProps = {
  /** The visible label and the accessible name. */
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
  className?: string | undefined;
};

/*
 * A native checkbox with role="switch": the browser brings the keys, the form behaviour and the label; Base UI's Switch
 * would add a second, hidden input for the same.
 */
export function Switch({ label, checked, onChange, disabled, className }: SwitchProps) {
  return (
    <label
      className={cx(
        'inline-flex min-h-7 items-center gap-2 font-medium max-desk:min-h-9 pointer-coarse:min-h-9',
        disabled && 'text-text-3',
        className,
      )}
    >
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className={cx(
          'relative m-0 h-4 w-6.5 flex-none appearance-none rounded-full bg-line-control transition-colors checked:bg-accent-solid disabled:opacity-50',
          "before:absolute before:top-0.5 before:left-0.5 before:size-3 before:rounded-full before:bg-surface before:transition-[left] before:content-[''] checked:before:left-3",
          'forced-colors:border forced-colors:border-[CanvasText] forced-colors:before:-translate-px forced-colors:before:bg-[CanvasText] forced-colors:checked:bg-[Highlight]',
        )}
      />
      <span>{label}</span>
    </label>
  );
}
