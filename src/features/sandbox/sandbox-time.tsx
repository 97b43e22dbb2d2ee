import { useQueryClient } from '@tanstack/react-query';
import { Box, Pause, Play, SkipForward, TriangleAlert } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { useActions } from '@/actions/action';
import { sandboxActions } from '@/actions/screen-actions';
import { useSandbox } from '@/queries/sandbox';
import { openDialog } from '@/state/navigation/open-dialog';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { useNow } from '@/ui/browser/use-now';
import { cx } from '@/ui/format/cx';
import { Menu } from '@/ui/overlay/menu';
import { counted } from '@/words/counts';
import { clockTime } from '@/words/times';
import { hasFaults } from './faults-form';
import { SKIPS, skip, skipToLeaseEnd, useNextLeaseEnd } from './skip-time';

const STEP_MS = 1000;
const SHORT_SKIP_MS = 30_000;

type SandboxTimeProps = {
  /** `bar`: in the status bar, 24 px high. `strip`: a row of its own on phones. */
  variant: 'bar' | 'strip';
};

/** The clock of the sandbox, buttons that move it, and the button to all its settings. */
export default function SandboxTime({ variant }: SandboxTimeProps) {
  const session = useSandbox();
  if (!session) return null;
  if (variant === 'bar') return <Controls session={session} />;
  return (
    <section
      aria-label="Sandbox"
      className="flex min-h-11 flex-none items-center overflow-x-auto border-t border-line bg-canvas px-2 text-12 whitespace-nowrap desk:hidden short:hidden"
    >
      <Controls session={session} />
    </section>
  );
}

const itemStyle =
  'inline-flex h-6 items-center gap-1.5 rounded-4 px-2 text-text-2 hover:bg-hover aria-disabled:text-text-3 aria-disabled:hover:bg-transparent max-desk:h-9 max-desk:flex-none max-desk:px-1.5';

function Controls({ session }: { session: SandboxSession }) {
  const client = useQueryClient();
  const end = useNextLeaseEnd(session);
  const toEnd = () => void skipToLeaseEnd(client, session);
  useSandboxActions(session, toEnd, end !== undefined);
  return (
    <>
      <ClockButton session={session} />
      <PauseButton clock={session.clock} />
      <button
        type="button"
        className={cx(itemStyle, 'max-xwide:hidden')}
        onClick={() => skip(client, session, STEP_MS)}
      >
        Step 1 s
      </button>
      <button
        type="button"
        className={cx(itemStyle, 'desk:max-xwide:hidden')}
        onClick={() => skip(client, session, SHORT_SKIP_MS)}
      >
        Skip 30 s
      </button>
      <button
        type="button"
        className={itemStyle}
        aria-disabled={end === undefined || undefined}
        title={end === undefined ? 'No message is leased' : `The next lease ends at ${clockTime(end)}`}
        onClick={toEnd}
      >
        <SkipForward className="size-3.5" />
        <span>
          <span className="max-desk:sr-only">Skip to next </span>lease end
        </span>
      </button>
      <Menu
        side="top"
        label="Skip by"
        trigger={
          <button type="button" className={itemStyle}>
            Skip by…
          </button>
        }
        items={SKIPS.map(([label, milliseconds]) => ({
          label,
          onSelect: () => skip(client, session, milliseconds),
        }))}
      />
    </>
  );
}

/** Stops and starts the clock: leases stand still, and requests are answered all the same. */
function PauseButton({ clock }: { clock: SandboxSession['clock'] }) {
  const [subscribe] = useState(() => (changed: () => void) => clock.subscribe(changed));
  const isPaused = useSyncExternalStore(subscribe, () => clock.paused);
  return (
    <button
      type="button"
      className={itemStyle}
      title={isPaused ? 'Time goes on' : 'Time stands still, and with it every lease'}
      onClick={() => pauseOrResume(clock)}
    >
      {isPaused ? <Play className="size-3.5" /> : <Pause className="size-3.5" />}
      <span className="max-desk:sr-only">{isPaused ? 'Resume' : 'Pause'}</span>
    </button>
  );
}

const pauseOrResume = (clock: SandboxSession['clock']) => (clock.paused ? clock.resume() : clock.pause());

function ClockButton({ session: { clock, sandbox } }: { session: SandboxSession }) {
  const now = clockTime(useNow());
  const pace = clock.paused ? 'paused' : clock.speed === 1 ? '' : `${counted(clock.speed, 'time')} as fast`;
  const faulty = hasFaults(sandbox.faults);
  const name = ['clock', pace, faulty && 'with faults'].filter(Boolean).join(', ');
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      title="A queue service inside this tab: its clock, faults and contents"
      className={cx(itemStyle, 'text-text')}
      onClick={() => openDialog({ kind: 'sandbox' })}
    >
      <Box className="size-3.5" />
      <span>
        <span className="max-desk:sr-only">Sandbox</span>
        <span className="sr-only"> {name}</span>
      </span>
      {/* Not in the name, which would be said each second. */}
      <time aria-hidden="true" className="font-semibold tabular-nums">
        {now}
      </time>
      {clock.paused && <Pause className="size-3.5 text-warn" />}
      {!clock.paused && clock.speed !== 1 && (
        <span aria-hidden="true" className="text-text-2">
          {clock.speed}×
        </span>
      )}
      {faulty && <TriangleAlert className="size-3.5 text-warn" />}
    </button>
  );
}

function useSandboxActions(session: SandboxSession, toLeaseEnd: () => void, isAnyLeased: boolean) {
  const client = useQueryClient();
  useActions(Object.values(sandboxActions), {
    isPaused: session.clock.paused,
    pause: () => pauseOrResume(session.clock),
    step: () => skip(client, session, STEP_MS),
    skip: () => skip(client, session, SHORT_SKIP_MS),
    skipToLeaseEnd: toLeaseEnd,
    isAnyLeased,
  });
}
