import { useRef } from 'react';
import { Field, NumberInput, Select } from '@/ui/field';
import { clockTime } from '@/ui/relative-time';
import { isSpanUnit, SPAN_UNITS, secondsOf, type TimeSpan } from '@/ui/time-span';
import { ANY_NUMBER, TimeSpanInput } from '@/ui/time-span-input';
import { useNow } from '@/ui/use-now';
import { momentAhead } from './moment-ahead';

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

  const hint =
    value === 'never'
      ? 'Stays until it is deleted'
      : `Expires ${momentAhead(now + skew + secondsOf(value) * 1000, now)}`;
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
  const seconds = secondsOf(value);
  const at = now + skew + seconds * 1000;
  const when = seconds > 86_400 ? momentAhead(at, now) : clockTime(at);
  return (
    <Field
      label="Visibility delay"
      hint={seconds > 0 ? `Consumers see it at ${when}` : 'Consumers see it at once'}
      error={error}
      className="min-w-0"
    >
      <TimeSpanInput value={value} onChange={onChange} />
    </Field>
  );
}
