import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refreshSandbox } from '@/queries/sandbox';
import { useConnection } from '@/state/connections/connections';
import { dropConnectionLeases } from '@/state/leases/leases';
import { finishBeforeClosing } from '@/state/messages/before-closing';
import { openQueue } from '@/state/navigation/route';
import { addSandbox, SANDBOX_ID } from '@/state/sandbox/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { Button } from '@/ui/controls/button';
import { Switch } from '@/ui/controls/switch';
import { toast } from '@/ui/overlay/toast';

type ContentsFormProps = { session: SandboxSession; onClose: () => void };

/** How long the contents of the sandbox are stored, and buttons that start over. */
export function ContentsForm({ session, onClose }: ContentsFormProps) {
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
    const before = session.sandbox.snapshot();
    onClose();
    openQueue(SANDBOX_ID);
    dropConnectionLeases(SANDBOX_ID);
    await session.startOver(withDemo);
    await refreshSandbox(client);
    toast({
      title: withDemo ? 'The sandbox has its demo queues again' : 'The sandbox is empty',
      action: {
        label: 'Undo',
        kbd: 'Z',
        onClick: () => {
          session.sandbox.restore(before);
          void refreshSandbox(client);
        },
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
