import { useState } from 'react';
import type { RemoteSandbox } from '@/sandbox/apart/remote-sandbox';
import { type Faults, NO_FAULTS } from '@/sandbox/faults';
import { Button } from '@/ui/controls/button';
import { Field, NumberInput } from '@/ui/controls/field';

export const hasFaults = (faults: Faults) =>
  (Object.keys(NO_FAULTS) as (keyof Faults)[]).some((name) => faults[name] !== NO_FAULTS[name]);

/** Shares of requests, in whole percent. */
const SHARES: {
  fault: 'busy' | 'serverErrors' | 'lostBefore' | 'lostAfter' | 'truncated';
  label: string;
  hint: string;
}[] = [
  { fault: 'busy', label: '503 ServerBusy, %', hint: 'Refused before it began. Safe to repeat.' },
  { fault: 'serverErrors', label: '500 InternalError, %', hint: 'Refused before it began.' },
  { fault: 'lostBefore', label: 'Lost on the way there, %', hint: 'The connection breaks before anything was done.' },
  { fault: 'lostAfter', label: 'Lost on the way back, %', hint: 'It was done, but no answer arrives.' },
  { fault: 'truncated', label: 'Cut off, %', hint: 'It was done, but the answer breaks off.' },
];

/** The faults of the sandbox, for a demonstration or a test. Every change applies at once. */
export function FaultsForm({ sandbox }: { sandbox: RemoteSandbox }) {
  const [faults, setFaults] = useState<Faults>(sandbox.faults);
  function change(next: Partial<Faults>) {
    sandbox.setFaults(next);
    setFaults(sandbox.faults);
  }
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 max-desk:grid-cols-1">
        <Field label="Latency, ms" hint="Added to each answer.">
          <NumberInput min={0} max={60_000} value={faults.latency} onChange={(latency) => change({ latency })} />
        </Field>
        {SHARES.map(({ fault, label, hint }) => (
          <Field key={fault} label={label} hint={hint}>
            <NumberInput
              min={0}
              max={100}
              value={Math.round((faults[fault] ?? 0) * 100)}
              onChange={(percent) => change({ [fault]: percent / 100 })}
            />
          </Field>
        ))}
        <Field label="Requests per second" hint="Further ones are answered 503. 0: no limit.">
          <NumberInput
            min={0}
            max={100_000}
            value={faults.perSecond ?? 0}
            onChange={(most) => change({ perSecond: most === 0 ? undefined : most })}
          />
        </Field>
        <Field label="Clock skew, minutes" hint="From 15 on, signatures are refused.">
          <NumberInput
            min={-1440}
            max={1440}
            value={Math.round(faults.clockSkew / 60_000)}
            onChange={(minutes) => change({ clockSkew: minutes * 60_000 })}
          />
        </Field>
      </div>
      <Button
        className="justify-self-start"
        reason={hasFaults(faults) ? undefined : 'There are no faults now'}
        onClick={() => change(NO_FAULTS)}
      >
        No faults
      </Button>
    </div>
  );
}
