import { useRef } from 'react';
import { useNow } from '@/ui/browser/use-now';
import { ANY_NUMBER, Field, NumberInput, Select, TimeSpanInput } from '@/ui/controls/field';
import { isSpanUnit, SPAN_UNITS, secondsOf, type TimeSpan } from '@/words/spans';
import { clockTime, shortMoment } from '@/words/times';

const UNITS = [...SPAN_UNITS, { value: 'never' as const, label: 'never' }];

type TimeToLiveProps = {
  value: TimeSpan | 'never';
  onChange: (value: TimeSpan | 'never') => void;
  error: string | undefined;
  /** Ms to add to this clock to get the service's. */
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
    // The list of units was replaced: the new one takes the focus.
    if (isSwitch) requestAnimationFrame(() => box.current?.querySelector('select')?.focus());
  }

  const hint = timeToLiveHint(value, { now, skew });
  return (
    <div ref={box} className="min-w-0">
      {value === 'never' ? (
        <Field label="Time to live" hint={hint}>
          <Select value="never" options={UNITS} onChange={chooseUnit} className="w-full" />
        </Field>
      ) : (
        <Field label="Time to live" hint={hint} error={error}>
          <NumberInput
            {...ANY_NUMBER}
            value={value.amount}
            onChange={(amount) => onChange({ ...value, amount })}
            unit={{ value: value.unit, options: UNITS, onChange: chooseUnit }}
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

/** Epoch ms of this clock, and the ms to add to get the service's. */
type Clocks = { now: number; skew: number };

/** Says until when a message stays, by the service's clock. */
export const timeToLiveHint = (life: TimeSpan | 'never', { now, skew }: Clocks): string =>
  life === 'never' ? 'Stays until it is deleted' : `Expires ${futureMoment(now + skew + secondsOf(life) * 1000, now)}`;

/** Says from when on consumers see a message, by the service's clock. */
export function delayHint(delay: TimeSpan, { now, skew }: Clocks): string {
  const seconds = secondsOf(delay);
  if (!(seconds > 0)) return 'Consumers see it at once';
  const at = now + skew + seconds * 1000;
  return `Consumers see it at ${seconds > 86_400 ? futureMoment(at, now) : clockTime(at)}`;
}

/** A future moment, short: `24 Nov, 09:42`, or `24 Nov 2027` in another year. Both in epoch ms. */
export const futureMoment = (at: number, now: number): string =>
  Number.isNaN(new Date(at).getTime()) ? 'far in the future' : shortMoment(at, now);
