import type { StoredConnection } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { openDialog } from '@/state/navigation/open-dialog';
import { EnvironmentBadge } from '@/ui/controls/badge';

/** The environment beside the name of an account, which opens the settings that change it; nothing without an environment. */
export function EnvironmentButton({ connection }: { connection: StoredConnection }) {
  const environment = environmentOf(connection.environment);
  if (!environment) return null;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={`Environment ${environment.label}, change`}
      onClick={() => openDialog({ kind: 'connectionAccess', connectionId: connection.id })}
      className="grid min-h-6 flex-none place-items-center rounded-4 px-0.5 max-desk:min-h-9"
    >
      <EnvironmentBadge environment={environment} />
    </button>
  );
}
