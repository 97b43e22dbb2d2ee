import { useQueryClient } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { useNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { Segmented } from '@/ui/controls/segmented';
import { clockTime, dateTime } from '@/ui/format/relative-time';
import { skip, skipToLeaseEnd, useNextLeaseEnd } from './skip-time';

const SPEEDS = ['1', '10', '60', '600'] as const;
type Speed = (typeof SPEEDS)[number];

const SECOND_MS = 1000;
const STEPS: [label: string, milliseconds: number][] = [
  ['1 s', SECOND_MS],
  ['30 s', 30 * SECOND_MS],
  ['5 min', 300 * SECOND_MS],
  ['1 h', 3600 * SECOND_MS],
  ['1 day', 86_400 * SECOND_MS],
  ['7 days', 7 * 86_400 * SECOND_MS],
];

/** Stops the sandbox's clock, sets its speed, and moves it ahead. It never goes back. */
export function ClockForm({ session }: { session: SandboxSession }) {
  const { clock } = session;
  const client = useQueryClient();
  const now = useNow();
  const end = useNextLeaseEnd(session);
  const subscribe = (changed: () => void) => clock.subscribe(changed);
  const paused = useSyncExternalStore(subscribe, () => clock.paused);
  const speed = useSyncExternalStore(subscribe, () => String(clock.speed));
  return (
    <div className="grid gap-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <time className="mr-2 text-15 font-semibold tabular-nums">{dateTime(now)}</time>
        <Button icon={paused ? <Play /> : <Pause />} onClick={() => (paused ? clock.resume() : clock.pause())}>
          {paused ? 'Resume clock' : 'Pause clock'}
        </Button>
        <Segmented<Speed>
          label="Speed of the clock"
          value={SPEEDS.find((one) => one === speed) ?? '1'}
          onChange={(next) => clock.setSpeed(Number(next))}
          options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
        />
      </div>
      <div role="group" aria-label="Move ahead" className="flex flex-wrap items-center gap-1.5">
        <span className="mr-1 text-text-2">Move ahead</span>
        {STEPS.map(([label, milliseconds]) => (
          <Button key={label} size="sm" onClick={() => skip(client, session, milliseconds)}>
            {label}
          </Button>
        ))}
        <Button
          size="sm"
          disabled={end === undefined}
          title={end === undefined ? 'No message is leased' : `The next lease ends at ${clockTime(end)}`}
          onClick={() => skipToLeaseEnd(client, session)}
        >
          To the next lease end
        </Button>
      </div>
    </div>
  );
}
