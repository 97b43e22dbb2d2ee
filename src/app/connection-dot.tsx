import { TriangleAlert } from 'lucide-react';
import type { StoredConnection } from '@/state/connections/connections';
import { useIsShort } from '@/ui/browser/use-media';
import { Dot } from '@/ui/controls/badge';
import { cx } from '@/ui/format/cx';
import { useConnectionHealth } from './connection-health';

/** Sooner than the name of a queue, and than its count. */
const SHRINKS_BEFORE_NAMES = { flexShrink: 1e10, minWidth: 14 };

type ConnectionDotProps = { connection: StoredConnection; className: string };

/** Whether a connection answers: a dot, and in words how it is. */
export function ConnectionDot({ connection, className }: ConnectionDotProps) {
  const { tone, words } = useConnectionHealth(connection);
  return (
    <span className={className}>
      <Dot tone={tone} />
      <span className="truncate" title={words}>
        {words}
      </span>
    </span>
  );
}

/**
 * The same where there is no status bar: on phones a dot while the connection is well, which says no more than how it is
 * reached; what is wrong stands in words behind a sign. The line of a short window has no room for a dot that says nothing else,
 * and under 480 px for the sign alone; the words are in the menu.
 */
export function ConnectionSign({ connection }: { connection: StoredConnection }) {
  const { tone, words } = useConnectionHealth(connection);
  const isShort = useIsShort();
  const isWrong = tone === 'danger' || tone === 'warn';
  if (isShort && !isWrong && !connection.relay) return null;
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      className="flex items-center gap-1.5 text-12"
      style={SHRINKS_BEFORE_NAMES}
    >
      {isWrong ? (
        <TriangleAlert className={cx('size-3.5 flex-none', tone === 'warn' ? 'text-warn' : 'text-danger')} />
      ) : (
        <Dot tone={tone} />
      )}
      {(isWrong || connection.relay) && (
        <span className={cx('truncate', isShort && 'max-line:hidden')}>{isWrong ? words : 'By relay'}</span>
      )}
    </span>
  );
}
