import { Box } from 'lucide-react';
import type { StoredConnection } from '@/state/connections';
import { isSandbox } from '@/state/sandbox';
import { cx } from '@/ui/cx';

type ConnectionMarkProps = { connection: Pick<StoredConnection, 'account' | 'endpoint' | 'local'>; current?: boolean };

/** A connection as a tile of two letters, for the rail and for lists. It says nothing itself: its button has the name. */
export function ConnectionMark({ connection, current = false }: ConnectionMarkProps) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'relative grid size-8.5 flex-none place-items-center rounded-8 text-12 font-semibold',
        current ? 'bg-ink text-on-ink' : 'bg-active text-text-2',
      )}
    >
      {isSandbox(connection) ? <Box className="size-4.5" /> : initials(connection)}
      {connection.local && (
        <span className="absolute -right-0.75 -bottom-0.75 size-2.5 rounded-full border-2 border-canvas bg-accent-solid" />
      )}
    </span>
  );
}

/** "HA" for harborlaneprod; the emulator, whose name everybody shares, is "Az". */
function initials({ account, local }: ConnectionMarkProps['connection']): string {
  return local && account === 'devstoreaccount1' ? 'Az' : account.slice(0, 2).toUpperCase();
}
