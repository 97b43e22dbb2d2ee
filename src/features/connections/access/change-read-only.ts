import { errorMessage } from '@/azure/protocol/errors';
import type { StoredConnection } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { allowChangesForNow, endAllowedChanges, setReadOnly } from '@/state/connections/read-only';
import { openDialog } from '@/state/navigation/open-dialog';
import { toast } from '@/ui/overlay/toast-store';
import { connectionName } from '../shared/connection-name';

/** Allows changes until the page is left. For a production account it asks first, and for how long. */
export function allowChanges(connection: StoredConnection) {
  const { id, environment } = connection;
  if (environmentOf(environment)?.production) return openDialog({ kind: 'allowChanges', connectionId: id });
  allowChangesForNow(id);
  toast({
    title: `Changes to ${connectionName(connection)} are allowed until this tab closes`,
    action: { label: 'Always allow', onClick: () => setReadOnlyAndTell(id, false) },
  });
}

/** Makes a connection read-only from the next request on. */
export function forbidChanges({ id, readOnly }: StoredConnection) {
  if (readOnly) endAllowedChanges(id);
  else setReadOnlyAndTell(id, true);
}

/** Read-only is encrypted with the secret, so it cannot be changed while that is locked. */
export const setReadOnlyAndTell = (id: string, readOnly: boolean) =>
  void setReadOnly(id, readOnly).catch((error: unknown) =>
    toast({ title: 'Read-only was not changed', detail: errorMessage(error), tone: 'danger' }),
  );
