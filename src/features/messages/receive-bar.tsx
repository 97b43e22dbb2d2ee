import { useMutation } from '@tanstack/react-query';
import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '@/azure/account';
import { receiveMessages } from '@/queries/messages';
import type { Lease } from '@/state/leases';
import { preferences, setPreference, usePreference } from '@/state/preferences';
import { Button } from '@/ui/button';
import { NumberInput } from '@/ui/field';
import { toast } from '@/ui/toast-store';
import { explainFailure, failureCode } from './explain-failure';
import { isSpanUnit, SPAN_UNITS, secondsOf, span, unitOf } from './spans';

const LONGEST = 604_800;
const PRESETS = [
  { count: 1, visibilityTimeout: 30 },
  { count: 16, visibilityTimeout: 300 },
  { count: 32, visibilityTimeout: 300 },
];

/** What a receive brought, for the strip above the grid. */
export type Received = { asked: number; leases: Lease[] };

type ReceiveBarProps = { account: Account; queue: string; onReceived: (received: Received) => void };

/** Receives when asked, never by itself: how many, for how long, and what that does to them before it is done. */
export function ReceiveBar({ account, queue, onReceived }: ReceiveBarProps) {
  const { count, visibilityTimeout } = usePreference('receive');
  const receiving = useMutation({
    ...receiveMessages(account, queue),
    onSuccess: (leases, request) => onReceived({ asked: request.count, leases }),
    onError: (error) =>
      toast({ title: `Nothing received: ${explainFailure(error)}`, detail: failureCode(error), tone: 'danger' }),
  });
  const receive = receiving.mutate;
  return (
    <section aria-label="Receive" className="flex-none border-t border-line bg-canvas px-4 py-2 max-desk:px-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <NumberInput
          aria-label="Messages to receive"
          className="w-14"
          min={1}
          max={32}
          value={count}
          onChange={(value) => setPreference('receive', { ...preferences().receive, count: Math.round(value) })}
        />
        <span className="text-text-2">for</span>
        <TimeoutInput
          value={visibilityTimeout}
          onChange={(value) => setPreference('receive', { ...preferences().receive, visibilityTimeout: value })}
        />
        <Button variant="primary" disabled={receiving.isPending} onClick={() => receive({ count, visibilityTimeout })}>
          Receive {count}
        </Button>
        <span aria-hidden="true" className="mx-1 h-5 w-px bg-line-strong max-desk:hidden" />
        <div role="group" aria-label="Receive at once" className="flex flex-wrap items-center gap-1.5">
          {PRESETS.map((preset) => (
            <Button
              key={preset.count}
              disabled={receiving.isPending}
              title={`Receive ${preset.count} for ${span(preset.visibilityTimeout)} now`}
              onClick={() => receive(preset)}
            >
              {preset.count} for {span(preset.visibilityTimeout)}
            </Button>
          ))}
        </div>
      </div>
      <p className="mt-1.5 flex items-start gap-1.5 text-12 text-text-2">
        <EyeOff className="mt-px size-3.5 flex-none text-text-3" />
        <span>
          {count === 1 ? 'Receive hides 1 message' : `Receive hides up to ${count} messages`} from every consumer for{' '}
          {span(visibilityTimeout)} and raises {count === 1 ? 'its dequeue count' : 'their dequeue counts'} by 1.
        </span>
      </p>
    </section>
  );
}

/** Seconds, 1 to 604,800, with a unit to type them in. */
function TimeoutInput({ value, onChange }: { value: number; onChange: (seconds: number) => void }) {
  const [unit, setUnit] = useState(() => unitOf(value));
  // A value set elsewhere, such as 90 s while the unit is minutes, is shown in the unit that says it whole.
  const shown = value % secondsOf(unit) === 0 ? unit : unitOf(value);
  const each = secondsOf(shown);
  return (
    <NumberInput
      aria-label="Visibility timeout"
      className="w-32"
      min={1}
      max={LONGEST / each}
      value={value / each}
      onChange={(amount) => onChange(Math.round(amount * each))}
      unit={{
        value: shown,
        options: SPAN_UNITS,
        onChange: (next) => {
          if (!isSpanUnit(next)) return;
          setUnit(next);
          onChange(Math.min(LONGEST, (value / each) * secondsOf(next)));
        },
      }}
    />
  );
}
