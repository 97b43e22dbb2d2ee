import { useQuery } from '@tanstack/react-query';
import { SquareTerminal } from 'lucide-react';
import { useActions } from '@/actions/action';
import { connectActions } from '@/actions/screen-actions';
import type { StoredConnection } from '@/state/connections/connections';
import { addLocalService, localConnection } from '@/state/start/start-connections';
import { Dot } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { VerdictBox } from '../check/late-verdict';
import { useCheck } from '../check/use-check';
import { CardHead } from '../shared/card-head';
import { CommandLine } from '../shared/command-line';
import { type Emulator, findEmulator, localServiceOrUsual } from '../shared/find-emulator';

const COMMAND = 'npx azurite --silent';

/**
 * Connects the emulator on this machine in one click: the one that the page's server runs, otherwise the one on the usual
 * port.
 */
export function AzuriteCard({ onConnected }: { onConnected: (connection: StoredConnection) => void }) {
  const { data: emulator, refetch } = useQuery({ queryKey: ['emulator'], queryFn: findEmulator, staleTime: 0 });
  const { check, run } = useCheck();
  const isTrying = check?.isRunning ?? false;

  async function connect(relay = false) {
    const service = { ...(await localServiceOrUsual()), ...(relay && { relay }) };
    if ((await run(await localConnection(service))).works) onConnected(await addLocalService(service));
    else void refetch();
  }

  useActions([connectActions.azurite], { connect: () => void connect() });

  return (
    <article className="grid min-w-0 gap-3 rounded-12 border border-line-strong bg-surface p-4">
      <CardHead
        icon={<SquareTerminal />}
        title="Azurite on this machine"
        action={
          <Button
            kbd="2"
            aria-disabled={isTrying || undefined}
            className="max-desk:h-11 max-desk:px-3.5"
            onClick={() => void connect()}
          >
            {isTrying ? 'Connecting' : 'Connect'}
          </Button>
        }
      >
        <p role="status" className="flex items-center gap-1.5 text-12 text-text-2">
          <Status emulator={emulator} />
        </p>
      </CardHead>
      <CommandLine text={COMMAND} label="Copy start command" copied="Command copied" />
      <p className="text-12 text-text-3">
        Not running? Start it with this command. Your browser may ask to reach local devices.
      </p>
      {check?.verdict && !isTrying && (
        <VerdictBox verdict={check.verdict} connection={check.connection} onRelay={() => void connect(true)} />
      )}
    </article>
  );
}

function Status({ emulator }: { emulator: Emulator | undefined }) {
  if (!emulator) return 'Looking for it';
  const { port } = new URL(emulator.service.endpoint);
  switch (emulator.state) {
    case 'running':
      return (
        <>
          <Dot tone="accent" />
          Running on port {port}
        </>
      );
    case 'absent':
      return (
        <>
          <Dot />
          Nothing answers on port {port}
        </>
      );
    case 'unasked':
      return `Usually on port ${port}`;
  }
}
