import { ChevronDown } from 'lucide-react';
import {
  type ComponentProps,
  cloneElement,
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useId,
  useState,
} from 'react';
import { isSpanUnit, SPAN_UNITS, type TimeSpan } from '@/words/spans';
import { cx } from '../format/cx';
import { Kbd } from './button';

export { Select };

type Described = { id?: string; 'aria-describedby'?: string | undefined; 'aria-invalid'?: boolean | undefined };

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** One control that passes `id` and `aria-describedby` to its input: TextInput, NumberInput, Select. */
  children: ReactElement<Described>;
  className?: string | undefined;
};

/** The label of the field that a control is in: what a unit is the unit of. */
const FieldLabel = createContext<string | undefined>(undefined);

/** A control with its label above and a hint or an error below, associated for assistive technology. */
export function Field({ label, hint, error, children, className }: FieldProps) {
  const own = useId();
  const id = children.props.id ?? own;
  const note = `${id}-note`;
  return (
    <div className={cx('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className="justify-self-start text-12 font-semibold">
        {label}
      </label>
      <FieldLabel value={typeof label === 'string' ? label : undefined}>
        {cloneElement(children, {
          id,
          'aria-describedby': error || hint ? note : undefined,
          'aria-invalid': error ? true : undefined,
        })}
      </FieldLabel>
      {(error ?? hint) && (
        <p
          id={note}
          className={cx('text-12', error ? 'text-danger' : 'text-text-3')}
          aria-live={error ? 'polite' : undefined}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

const box =
  'flex min-w-0 items-center gap-1.5 rounded-6 border bg-surface px-2 text-text transition-colors max-desk:h-9 pointer-coarse:min-h-9 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-1 has-[:focus-visible]:outline-accent-solid has-[:disabled]:border-dashed has-[:disabled]:text-text-3 has-[[aria-invalid=true]]:border-danger-solid [&_.lucide]:text-text-3';

export type TextInputProps = Omit<ComponentProps<'input'>, 'size' | 'onChange'> & {
  onChange?: ((text: string) => void) | undefined;
  icon?: ReactNode;
  kbd?: string | undefined;
  /** A quieter border, for filters in toolbars. */
  soft?: boolean | undefined;
  mono?: boolean | undefined;
  /** After the text, inside the border: a clear button. */
  after?: ReactNode;
};

export function TextInput({ icon, kbd, soft, mono, after, className, onChange, ...input }: TextInputProps) {
  return (
    <span className={cx(box, 'h-7', soft ? 'border-line-strong' : 'border-line-control', className)}>
      {icon}
      <input
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        dir="auto"
        {...input}
        onChange={(event) => onChange?.(event.target.value)}
        className={cx(
          'h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-text-3',
          mono && 'font-mono text-12',
        )}
      />
      {after}
      {kbd && <Kbd>{kbd}</Kbd>}
    </span>
  );
}

export type NumberInputProps = {
  value: number;
  onChange: (value: number) => void;
  min: number;
  max: number;
  step?: number | undefined;
  unit?:
    | { value: string; options: readonly { value: string; label: string }[]; onChange: (unit: string) => void }
    | undefined;
  'aria-label'?: string | undefined;
  id?: string;
  disabled?: boolean | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  /** `sm`: 24 high, for bars. */
  size?: 'sm' | 'md' | undefined;
  /** What Enter does where the field is in no form. */
  onEnter?: (() => void) | undefined;
  className?: string | undefined;
};

/** A number with its unit. While typing any text is allowed; on blur it is limited to `min` and `max`. */
export function NumberInput({
  value,
  onChange,
  min,
  max,
  step = 1,
  unit,
  size = 'md',
  onEnter,
  className,
  ...aria
}: NumberInputProps) {
  const label = useContext(FieldLabel);
  const of = aria['aria-label'] ?? label;
  const [draft, setDraft] = useState<string>();
  const text = draft ?? String(value);
  const wrong = !isWithin(Number(text), min, max) || text.trim() === '';

  function type(next: string) {
    setDraft(next);
    const number = Number(next);
    if (next.trim() !== '' && isWithin(number, min, max)) onChange(number);
  }

  function leave() {
    const number = Number(draft);
    if (draft !== undefined && draft.trim() !== '' && Number.isFinite(number))
      onChange(Math.min(max, Math.max(min, number)));
    setDraft(undefined);
  }

  return (
    <span className={cx('flex', className)}>
      <span
        className={cx(
          box,
          size === 'sm' ? 'h-6' : 'h-7',
          'flex-1 border-line-control has-[:focus-visible]:z-1',
          unit && 'rounded-r-none',
        )}
      >
        <input
          type="number"
          {...aria}
          aria-invalid={wrong || aria['aria-invalid'] ? true : undefined}
          min={min}
          max={max}
          step={step}
          value={text}
          onChange={(event) => type(event.target.value)}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // It submits the number that is shown, or nothing; outside of a form the number is there at once as after a blur.
            if (wrong) event.preventDefault();
            else onEnter?.();
            if (!event.currentTarget.form) leave();
          }}
          className="h-full w-full min-w-8 appearance-none bg-transparent [-moz-appearance:textfield] outline-none [&::-webkit-inner-spin-button]:appearance-none"
        />
      </span>
      {unit && (
        <Select
          {...unit}
          variant="unit"
          aria-label={of === undefined ? 'Unit' : `Unit of ${of.toLowerCase()}`}
          disabled={aria.disabled}
          className="-ml-px"
        />
      )}
    </span>
  );
}

function isWithin(value: number, min: number, max: number) {
  return Number.isFinite(value) && value >= min && value <= max;
}

/*
 * A native <select>: the platform's own list is the best one on a phone and with a screen reader, and Base UI's Select
 * would add about 10 KiB to the shell for the few short lists there are (units, intervals).
 */
const style =
  'appearance-none border pr-7 transition-colors hover:bg-hover disabled:border-dashed disabled:text-text-3 max-desk:h-9 [&>option]:bg-raised [&>option]:text-text';

const field = 'h-7 rounded-r-6 border-line-control bg-surface pl-2 text-13';

type SelectProps<T extends string> = Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'size'> & {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string }[];
  /** `soft`: borderless and sunken, 24 high, for the bar beside "Live"; `unit`: joined with the field before it. */
  variant?: 'default' | 'soft' | 'unit' | undefined;
};

function Select<T extends string>({ value, onChange, options, variant, className, ...select }: SelectProps<T>) {
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

/** Limits of a field whose rule is shown beside it, so that it accepts any number. */
export const ANY_NUMBER = { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER } as const;

type TimeSpanInputProps = Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max' | 'unit'> & {
  value: TimeSpan;
  onChange: (value: TimeSpan) => void;
};

/** A number with its unit. Accepts any time span; the form validates it. */
export function TimeSpanInput({ value, onChange, ...input }: TimeSpanInputProps) {
  return (
    <NumberInput
      {...ANY_NUMBER}
      {...input}
      value={value.amount}
      onChange={(amount) => onChange({ ...value, amount })}
      unit={{
        value: value.unit,
        options: SPAN_UNITS,
        onChange: (unit) => isSpanUnit(unit) && onChange({ ...value, unit }),
      }}
    />
  );
}

type TextAreaProps = Omit<ComponentProps<'textarea'>, 'onChange'> & { onChange: (text: string) => void };

/** Several lines of text in the code font, for text that is sent unchanged. */
export const TextArea = ({ onChange, ...area }: TextAreaProps) => (
  <textarea
    dir="auto"
    autoComplete="off"
    autoCapitalize="off"
    autoCorrect="off"
    spellCheck={false}
    {...area}
    onChange={(event) => onChange(event.target.value)}
    className="w-full resize-y rounded-6 border border-line-control bg-surface px-2 py-1.5 font-mono text-12/[18px] aria-invalid:border-danger-solid"
  />
);
