import { type KeyboardEvent, useRef } from 'react';
import { cx } from '../format/cx';

export type SegmentedProps<T extends string> = {
  /** The radio group's name: "How to read messages". */
  label: string;
  value: T;
  onChange: (value: T) => void;
  /** `reason`: why an option cannot be chosen; it stays visible. */
  options: readonly {
    value: T;
    label: string;
    title?: string | undefined;
    disabled?: boolean | undefined;
    reason?: string | undefined;
  }[];
  size?: 'sm' | 'md' | undefined;
  className?: string | undefined;
};

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Two to four exclusive views as a radio group: one tab stop, arrows move and choose (WAI-ARIA radio group pattern). */
export function Segmented<T extends string>({
  label,
  value,
  onChange,
  options,
  size = 'md',
  className,
}: SegmentedProps<T>) {
  const group = useRef<HTMLDivElement>(null);
  const current = options.some((option) => option.value === value) ? value : options[0]?.value;

  function move(event: KeyboardEvent) {
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const open = options.filter((option) => !option.disabled && option.reason === undefined);
    const from = open.findIndex((option) => option.value === current);
    const next = open.at((from + step + open.length) % open.length);
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    group.current?.querySelectorAll<HTMLElement>('[role="radio"]')[options.indexOf(next)]?.focus();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the radios hold the focus
    <div
      ref={group}
      role="radiogroup"
      aria-label={label}
      onKeyDown={move}
      className={cx('inline-flex flex-none gap-0.5 rounded-8 bg-sunken p-0.5 inset-ring inset-ring-line', className)}
    >
      {options.map((option) => (
        // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the label is its text
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === current ? 0 : -1}
          disabled={option.disabled}
          aria-disabled={option.reason !== undefined || undefined}
          // oxlint-disable-next-line jsx-a11y/role-supports-aria-props -- Global since ARIA 1.3, and read out.
          aria-description={option.reason}
          title={option.reason ?? option.title}
          onClick={() => option.reason === undefined && onChange(option.value)}
          className={cx(
            'inline-flex items-center justify-center gap-1.5 rounded-6 font-medium whitespace-nowrap text-text-2 transition-colors hover:text-text disabled:text-text-3 aria-disabled:text-text-3',
            'aria-checked:bg-surface aria-checked:text-text aria-checked:shadow-1 aria-checked:ring aria-checked:ring-line-strong dark:aria-checked:bg-active',
            'forced-colors:aria-checked:bg-[Highlight] forced-colors:aria-checked:text-[HighlightText] forced-colors:aria-checked:forced-color-adjust-none',
            size === 'sm' ? 'h-5 min-h-6 px-2 text-12' : 'h-6 px-2.5 text-13',
            'max-desk:h-9 max-desk:px-3 max-[300px]:px-1 max-[300px]:text-12',
          )}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
