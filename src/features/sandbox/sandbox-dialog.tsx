import { useQueryClient } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { refreshSandbox, useSandbox } from '@/queries/sandbox';
import { useConnection } from '@/state/connections/connections';
import { dropConnectionLeases } from '@/state/leases/leases';
import { finishBeforeClosing } from '@/state/messages/before-closing';
import { openQueue } from '@/state/navigation/route';
import { addSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { useNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { Segmented } from '@/ui/controls/segmented';
import { Switch } from '@/ui/controls/switch';
import { Dialog, DoneButton } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { clockTime, dateTime } from '@/words/times';
import { FaultsForm } from './faults-form';
import { SKIPS, skip, skipToLeaseEnd, useNextLeaseEnd } from './skip-time';

/** The settings of the sandbox: clock, faults and contents. Every change applies at once. */
export default function SandboxDialog({ onClose }: { onClose: () => void }) {
  const session = useSandbox();
  return (
    <Dialog title="Sandbox" onClose={onClose} footer={<DoneButton onClick={onClose} />}>
      {session && <Parts session={session} onClose={onClose} />}
    </Dialog>
  );
}

function Parts({ session, onClose }: { session: SandboxSession; onClose: () => void }) {
  return (
    <div className="grid gap-5">
      <Part title="Clock" hint="Leases, delays and expiry follow it.">
        <ClockForm session={session} />
      </Part>
      <Part title="Faults" hint="Fail requests on purpose, in this tab only.">
        <FaultsForm sandbox={session.sandbox} />
      </Part>
      <Part title="Contents">
        <ContentsForm session={session} onClose={onClose} />
      </Part>
    </div>
  );
}

function Part({ title, hint, children }: { title: string; hint?: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-2.5">
      <div>
        <h3 className="font-semibold">{title}</h3>
        {hint && <p className="text-12 text-text-3">{hint}</p>}
      </div>
      {children}
    </section>
  );
}

const SPEEDS = ['1', '10', '60', '600'] as const;
type Speed = (typeof SPEEDS)[number];

/** Stops the sandbox's clock, sets its speed, and moves it ahead. It never goes back. */
function ClockForm({ session }: { session: SandboxSession }) {
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
        {SKIPS.map(([label, milliseconds]) => (
          <Button key={label} size="sm" onClick={() => skip(client, session, milliseconds)}>
            {label}
          </Button>
        ))}
        <Button
          size="sm"
          disabled={end === undefined}
          title={end === undefined ? 'No message is leased' : `The next lease ends at ${clockTime(end)}`}
          onClick={() => void skipToLeaseEnd(client, session)}
        >
          To the next lease end
        </Button>
      </div>
    </div>
  );
}

type ContentsFormProps = { session: SandboxSession; onClose: () => void };

/** How long the contents of the sandbox are stored, and buttons that start over. */
function ContentsForm({ session, onClose }: ContentsFormProps) {
  const client = useQueryClient();
  const keep = useConnection(SANDBOX_ID)?.keep;
  // Shown at once; the stored connection follows.
  const [isStored, setIsStored] = useState(keep === 'device');

  function storeBetweenVisits(on: boolean) {
    setIsStored(on);
    void addSandbox(on ? 'device' : 'tab');
  }

  async function startOver(withDemo: boolean) {
    await finishBeforeClosing([SANDBOX_ID]);
    const putBack = await session.sandbox.putAside();
    onClose();
    openQueue(SANDBOX_ID);
    dropConnectionLeases(SANDBOX_ID);
    await session.sandbox.startOver(withDemo);
    await refreshSandbox(client);
    toast({
      title: withDemo ? 'The sandbox has its demo queues again' : 'The sandbox is empty',
      action: {
        label: 'Undo',
        kbd: 'Z',
        onClick: () => void putBack().then(() => refreshSandbox(client)),
      },
    });
  }

  return (
    <div className="grid gap-2.5">
      <div>
        <Switch label="Keep between visits" checked={isStored} onChange={storeBetweenVisits} />
        <p className="text-12 text-text-3">
          {session.isPersistedElsewhere
            ? 'Another tab keeps its sandbox. Changes in this tab last until it closes.'
            : isStored
              ? 'Queues and messages are stored in this browser and are there next time.'
              : 'Queues and messages are deleted when you close this tab. A reload keeps them.'}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void startOver(true)}>Start over with the demo queues</Button>
        <Button variant="danger" onClick={() => void startOver(false)}>
          Delete all queues
        </Button>
      </div>
    </div>
  );
}
