import { useQuery } from '@tanstack/react-query';
import { Box } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '@/actions/action';
import { connectActions } from '@/actions/screen-actions';
import { InvalidInputError } from '@/azure/protocol/errors';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { sandboxPreview } from '@/queries/sandbox';
import type { StoredConnection } from '@/state/connections/connections';
import { addSandbox, openSandbox } from '@/state/sandbox/sandbox';
import { Button } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { PartFailure } from '@/ui/parts/part-failure';
import { count } from '@/words/counts';
import { CardHead } from '../shared/card-head';

const INSECURE =
  'This page was loaded over plain http, where browsers offer no cryptography, which a queue service needs. Open it over https or from localhost.';

/** Opens the sandbox, the queue service inside this tab, in one click. */
export function SandboxCard({ onConnected }: { onConnected: (connection: StoredConnection) => void }) {
  const [failure, setFailure] = useState<unknown>();

  async function open() {
    try {
      const connection = await addSandbox();
      await openSandbox();
      onConnected(connection);
    } catch (error) {
      setFailure(error);
    }
  }

  useActions([connectActions.sandbox], { connect: () => void open() });
  return (
    <article className="grid min-w-0 gap-3 rounded-12 border border-line-strong bg-surface p-4">
      <CardHead icon={<Box />} title="Sandbox">
        <p className="text-12 text-text-2">A queue service that runs inside this tab</p>
      </CardHead>
      <Lanes />
      <Button size="lg" kbd="1" onClick={() => void open()}>
        Open sandbox
      </Button>
      {failure instanceof InvalidInputError ? (
        <p role="alert" className="text-12 text-danger">
          {INSECURE}
        </p>
      ) : failure !== undefined ? (
        <PartFailure shape="line" failure={failure} onRetry={() => void open()} onClose={undefined} />
      ) : (
        <p className="text-12 text-text-3">Nothing to install. Resets when you close the tab.</p>
      )}
    </article>
  );
}

/** Blocks of the longest lane. */
const MAX_BLOCKS = 14;

/** The queues of the sandbox as lanes of messages, a decorative picture of what the next screen says. */
function Lanes() {
  const { data: queues = [] } = useQuery(sandboxPreview);
  const most = Math.max(1, ...queues.map((queue) => queue.count));
  return (
    <ul
      aria-hidden="true"
      className="grid min-h-21 content-center gap-1.5 rounded-8 border border-line bg-sunken px-3 py-2"
    >
      {queues.map(({ name, count: messages }) => {
        const isPoison = poisonParent(name) !== undefined;
        const blocks = messages === 0 ? 0 : Math.max(1, Math.round((messages / most) * MAX_BLOCKS));
        return (
          <li key={name} className={cx('flex items-center gap-3 text-12', isPoison && 'text-danger')}>
            <span className="w-24 flex-none truncate">{name}</span>
            <span className="flex min-w-0 flex-1 gap-0.5 overflow-hidden">
              {Array.from({ length: blocks }, (_, block) => (
                <span
                  // oxlint-disable-next-line react/no-array-index-key -- blocks have no identity but their place
                  key={block}
                  className={cx('h-2.5 w-2.5 flex-none rounded-xs', isPoison ? 'bg-danger-solid' : 'bg-accent-solid')}
                />
              ))}
            </span>
            <span className="text-text">{count(messages)}</span>
          </li>
        );
      })}
    </ul>
  );
}
