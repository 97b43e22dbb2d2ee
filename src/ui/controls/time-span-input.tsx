import { isSpanUnit, SPAN_UNITS, type TimeSpan } from '../format/time-span';
import { NumberInput, type NumberInputProps } from './field';

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
