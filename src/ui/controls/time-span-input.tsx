import { isSpanUnit, SPAN_UNITS, type TimeSpan } from '../format/time-span';
import { NumberInput, type NumberInputProps } from './field';

/** For rules that are told beside the field, so that the field itself takes any number. */
export const ANY_NUMBER = { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER } as const;

type TimeSpanInputProps = Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max' | 'unit'> & {
  value: TimeSpan;
  onChange: (value: TimeSpan) => void;
};

/** A number with the unit to read it in. Takes any span: what is wrong with one is for a rule to say. */
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
