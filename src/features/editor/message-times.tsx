import { useRef } from 'react';
import { useNow } from '@/ui/browser/use-now';
import { Field, NumberInput, Select } from '@/ui/controls/field';
import { ANY_NUMBER, TimeSpanInput } from '@/ui/controls/time-span-input';
import { isSpanUnit, SPAN_UNITS, type TimeSpan } from '@/ui/format/time-span';
import { delayHint, lifeHint } from './time-hints';

const LIFE_UNITS = [...SPAN_UNITS, { value: 'never' as const, label: 'never' }];

type TimeToLiveProps = {
  value: TimeSpan | 'never';
  onChange: (value: TimeSpan | 'never') => void;
  error: string | undefined;
  /** Milliseconds to add to this clock to get the service's. */
  skew: number;
};

export function TimeToLive({ value, onChange, error, skew }: TimeToLiveProps) {
  const now = useNow();
  const last = useRef<TimeSpan>({ amount: 7, unit: 'days' });
  const box = useRef<HTMLDivElement>(null);

  function chooseUnit(unit: string) {
    const isSwitch = (unit === 'never') !== (value === 'never');
    if (value !== 'never') last.current = value;
    if (unit === 'never') onChange('never');
    else if (isSpanUnit(unit)) onChange({ ...last.current, unit });
    // The list that was used is replaced by another; focus goes to the one in its place.
    if (isSwitch) requestAnimationFrame(() => box.current?.querySelector('select')?.focus());
  }

  const hint = lifeHint(value, { now, skew });
  return (
    <div ref={box} className="min-w-0">
      {value === 'never' ? (
        <Field label="Time to live" hint={hint}>
          <Select value="never" options={LIFE_UNITS} onChange={chooseUnit} className="w-full" />
        </Field>
      ) : (
        <Field label="Time to live" hint={hint} error={error}>
          <NumberInput
            {...ANY_NUMBER}
            value={value.amount}
            onChange={(amount) => onChange({ ...value, amount })}
            unit={{ value: value.unit, options: LIFE_UNITS, onChange: chooseUnit }}
          />
        </Field>
      )}
    </div>
  );
}

type VisibilityDelayProps = {
  value: TimeSpan;
  onChange: (value: TimeSpan) => void;
  error: string | undefined;
  skew: number;
};

export function VisibilityDelay({ value, onChange, error, skew }: VisibilityDelayProps) {
  const now = useNow();
  return (
    <Field label="Visibility delay" hint={delayHint(value, { now, skew })} error={error} className="min-w-0">
      <TimeSpanInput value={value} onChange={onChange} />
    </Field>
  );
}
