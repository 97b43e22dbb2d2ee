import { Eye, PencilLine } from 'lucide-react';
import type { StoredConnection } from '@/state/connections/connections';
import { useAreChangesAllowed, useIsReadOnly } from '@/state/connections/read-only';
import { IconButton, Tooltip } from '@/ui/controls/button';
import { allowChanges, forbidChanges } from './change-read-only';

type ReadOnlyButtonProps = {
  connection: StoredConnection;
  /** `icon` where there is no room for text. */
  variant: 'bar' | 'icon';
};

/** Says that a connection is read-only, or that changes are allowed for now, and switches between them; nothing otherwise. */
export function ReadOnlyButton({ connection, variant }: ReadOnlyButtonProps) {
  const isReadOnly = useIsReadOnly(connection.id);
  const areAllowed = useAreChangesAllowed(connection.id);
  if (!isReadOnly && !areAllowed) return null;
  const [text, action, Icon, press] = isReadOnly
    ? (['Read-only', 'allow changes', Eye, () => allowChanges(connection)] as const)
    : (['Changes allowed', 'make it read-only again', PencilLine, () => forbidChanges(connection)] as const);
  const name = `${text}, ${action}`;
  if (variant === 'icon')
    return (
      <IconButton
        size="sm"
        label={name}
        icon={<Icon className={isReadOnly ? undefined : 'text-warn'} />}
        onClick={press}
      />
    );
  return (
    <Tooltip label={isReadOnly ? 'This page changes nothing here. Allow changes' : 'Make it read-only again'}>
      <button
        type="button"
        aria-label={name}
        onClick={press}
        className={`inline-flex h-6 items-center gap-1.5 rounded-4 px-2 font-medium hover:bg-hover ${isReadOnly ? 'text-text' : 'text-warn'}`}
      >
        <Icon aria-hidden="true" className="size-3.5" />
        {text}
      </button>
    </Tooltip>
  );
}
