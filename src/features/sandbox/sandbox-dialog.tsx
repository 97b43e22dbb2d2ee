import { useSandbox } from '@/queries/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { Button } from '@/ui/controls/button';
import { Dialog } from '@/ui/overlay/dialog';
import { ClockForm } from './clock-form';
import { ContentsForm } from './contents-form';
import { FaultsForm } from './faults-form';

/** The settings of the sandbox: clock, faults and contents. Every change applies at once. */
export default function SandboxDialog({ onClose }: { onClose: () => void }) {
  const session = useSandbox();
  return (
    <Dialog
      title="Sandbox"
      onClose={onClose}
      footer={
        <Button size="lg" variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
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
