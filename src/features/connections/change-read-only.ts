import type { StoredConnection } from '@/state/connections';
import { openDialog } from '@/state/dialogs';
import { environmentOf } from '@/state/environments';
import { allowChangesForNow, endAllowedChanges, setReadOnly } from '@/state/read-only';
import { toast } from '@/ui/toast-store';
import { connectionName } from './connection-name';

/** Allows changes until the page is left; production asks first, and for how long. */
export function allowChanges(connection: StoredConnection) {
  const { id, environment } = connection;
  if (environmentOf(environment)?.production) return openDialog({ kind: 'allowChanges', connection: id });
  allowChangesForNow(id);
  toast({
    title: `Changes to ${connectionName(connection)} are allowed until this tab closes`,
    action: { label: 'From now on', onClick: () => void setReadOnly(id, false) },
  });
}

/** Nothing is changed there any more, from the next request on. */
export function forbidChanges({ id, readOnly }: StoredConnection) {
  if (readOnly) endAllowedChanges(id);
  else void setReadOnly(id, true);
}
