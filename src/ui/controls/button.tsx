import { ArrowDown, ArrowUp, CornerDownLeft } from 'lucide-react';
import { type ComponentProps, cloneElement, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { cx } from '../format/cx';

export type ButtonVariant = 'default' | 'primary' | 'ghost' | 'danger' | 'dangerSolid' | 'link';
export type ButtonSize = 'sm' | 'md' | 'lg';

type ButtonStyle = { variant?: ButtonVariant | undefined; size?: ButtonSize | undefined };

export type ButtonProps = ComponentProps<'button'> &
  ButtonStyle & {
    icon?: ReactNode;
    /** Key of the same action, shown in the button. */
    kbd?: string | undefined;
    /** Why it cannot be pressed now: the tooltip says so, and the button stays focusable. */
    reason?: string | undefined;
  };

const variants: Record<ButtonVariant, string> = {
  default:
    'border-line-strong bg-surface text-text shadow-1 hover:bg-hover active:bg-active data-popup-open:bg-active [&_.lucide]:text-text-2',
  primary: 'border-ink bg-ink font-semibold text-on-ink shadow-1 hover:bg-ink-hover hover:border-ink-hover',
  ghost:
    'border-transparent bg-transparent text-text-2 hover:bg-hover hover:text-text active:bg-active data-popup-open:bg-active',
  danger: 'border-line-strong bg-surface text-danger shadow-1 hover:bg-danger-tint active:bg-danger-tint',
  dangerSolid:
    'border-danger-solid bg-danger-solid font-semibold text-white shadow-1 hover:brightness-95 dark:text-on-ink',
  link: 'border-0 bg-transparent text-accent underline-offset-2 hover:underline',
};

const heights: Record<ButtonSize, string> = {
  sm: 'h-6 text-12 max-desk:h-9',
  md: 'h-7 text-13 max-desk:h-9',
  lg: 'h-8 text-13 max-desk:h-11',
};
const paddings: Record<ButtonSize, string> = { sm: 'px-2', md: 'px-2.5', lg: 'px-3.5' };
const squares: Record<ButtonSize, string> = { sm: 'w-6 max-desk:w-9', md: 'w-7 max-desk:w-9', lg: 'w-8 max-desk:w-11' };

/** A disabled look that keeps the label readable (dashed edge, `text-3`). */
const disabledStyle = 'border-dashed border-line-strong bg-transparent text-text-3 shadow-none';

function buttonStyle({ variant = 'default', size = 'md' }: ButtonStyle, off: boolean, square: boolean) {
  const link = variant === 'link';
  return cx(
    'inline-flex flex-none items-center justify-center rounded-6 border font-medium whitespace-nowrap transition-colors select-none',
    link ? 'min-h-6 gap-1 max-desk:min-h-9' : cx('gap-1.5', heights[size], square ? squares[size] : paddings[size]),
    !link && variant === 'primary' && 'max-desk:h-11',
    off ? (variant === 'ghost' || link ? 'border-transparent text-text-3' : disabledStyle) : variants[variant],
  );
}

type Off = Pick<ComponentProps<'button'>, 'disabled' | 'title' | 'onClick'>;

/**
 * A button with a `reason` is off and says it: it stays in the tab order, becomes `aria-disabled` and ignores the click.
 */
function offProps({ disabled, title, onClick }: Off) {
  if (!disabled) return { onClick };
  if (!title) return { disabled: true, onClick };
  return {
    'aria-disabled': true,
    'aria-description': title,
    onClick: (event: MouseEvent) => event.preventDefault(),
  } as const;
}

export function Button({
  variant,
  size,
  icon,
  kbd,
  className,
  children,
  reason,
  disabled = false,
  title,
  onClick,
  ...rest
}: ButtonProps) {
  const said = reason ?? title;
  const isOff = disabled || reason !== undefined;
  const button = (
    <button
      type="button"
      aria-keyshortcuts={ariaKeys(kbd)}
      data-primary={variant === 'primary' || variant === 'dangerSolid' ? '' : undefined}
      {...rest}
      {...offProps({ disabled: isOff, title: said, onClick })}
      className={cx(buttonStyle({ variant, size }, isOff, false), className)}
    >
      {icon && <span className="-ml-0.5 flex">{icon}</span>}
      {children}
      {kbd && (
        <Kbd
          className={cx(
            'ml-0.5 -mr-1',
            (variant === 'primary' || variant === 'dangerSolid') &&
              !isOff &&
              'border-current/40! bg-transparent! text-inherit!',
          )}
        >
          {kbd}
        </Kbd>
      )}
    </button>
  );
  // The tooltip also has the key, for buttons without room for it. Without words it is off, and not away: a button that gets a
  // reason while it has the focus keeps it.
  return (
    <Tooltip label={said} keys={kbd}>
      {button}
    </Tooltip>
  );
}

export type IconButtonProps = Omit<ComponentProps<'button'>, 'title' | 'children'> &
  ButtonStyle & {
    /** The accessible name, also the tooltip. */
    label: string;
    icon: ReactNode;
    /** Key of the same action, shown in the tooltip. */
    keys?: string | undefined;
    /** Why it cannot be pressed now; the tooltip shows it and the button stays focusable. */
    reason?: string | undefined;
  };

/** An icon button with a name, and a tooltip with the name and the key. */
export function IconButton({
  label,
  icon,
  keys,
  reason,
  variant = 'ghost',
  size,
  className,
  disabled = false,
  onClick,
  ...rest
}: IconButtonProps) {
  const isOff = disabled || reason !== undefined;
  return (
    <Tooltip label={reason ?? label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={ariaKeys(keys)}
        {...rest}
        {...offProps({ disabled: isOff, title: reason, onClick })}
        className={cx(buttonStyle({ variant, size }, isOff, true), className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}

/** Converts "Ctrl K" to the form of `aria-keyshortcuts` ("Control+K"); unknown keys do not change. */
function ariaKeys(keys: string | undefined) {
  return keys
    ?.replace('Ctrl', 'Control')
    .replace('⏎', 'Enter')
    .replace('Esc', 'Escape')
    .replace('Del', 'Delete')
    .replaceAll(' ', '+');
}

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

/**
 * Shows the name of `children` (one focusable element with a name) or why it is disabled, on hover and focus: the element says
 * the words, and `overlay/tooltips.tsx` draws them.
 */
export const Tooltip = ({
  label,
  keys,
  children,
}: {
  label: string | undefined;
  keys?: string | undefined;
  children: ReactElement<object>;
}) => cloneElement(children, { 'data-tip': label || undefined, 'data-tip-keys': keys } as object);
