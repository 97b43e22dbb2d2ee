import { Box, LockKeyhole } from 'lucide-react';
import { type StoredConnection, useConnections } from '@/state/connections/connections';
import { type Environment, environmentOf } from '@/state/connections/environments';
import { isSandbox } from '@/state/sandbox/sandbox';
import { cx } from '@/ui/format/cx';
import { tileLetters } from './tile-initials';

type ConnectionTileProps = {
  connection: Pick<StoredConnection, 'id' | 'account' | 'endpoint' | 'local' | 'environment' | 'locked'>;
  current?: boolean;
};

/** A connection as a tile of two letters, for the rail and for lists. Decorative: its button has the name. */
export function ConnectionTile({ connection, current = false }: ConnectionTileProps) {
  const connections = useConnections().filter((one) => !isSandbox(one));
  const tone = environmentOf(connection.environment)?.tone ?? (connection.local ? 'accent' : undefined);
  return (
    <span
      aria-hidden="true"
      className={cx(
        'relative grid size-8.5 flex-none place-items-center rounded-8 text-12 font-semibold',
        current ? 'bg-ink text-on-ink' : 'bg-active text-text-2',
      )}
    >
      {connection.locked ? (
        <LockKeyhole className="size-4.5" />
      ) : isSandbox(connection) ? (
        <Box className="size-4.5" />
      ) : (
        tileLetters(connection, connections)
      )}
      {tone && (
        <span
          className={cx(
            'absolute -right-0.75 -bottom-0.75 size-2.5 rounded-full border-2 border-canvas',
            DOT_STYLES[tone],
          )}
        />
      )}
    </span>
  );
}

const DOT_STYLES: Record<Environment['tone'], string> = {
  danger: 'bg-danger-solid',
  warn: 'bg-warn-solid',
  info: 'bg-info',
  accent: 'bg-accent-solid',
  neutral: 'bg-text-3',
};
