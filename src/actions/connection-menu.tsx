import { FileKey, Info, SlidersHorizontal, Stethoscope } from 'lucide-react';
import type { StoredConnection } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import type { MenuItem } from '@/ui/overlay/menu';

/** The menu items that lead to the dialogs about a connection, under the same names in every menu. */
export function connectionMenu(connection: StoredConnection) {
  const { id: connectionId, kind } = connection;
  return {
    details: item('Connection details', <Info />, { kind: 'connectionDetails', connectionId }),
    properties: item('Service properties', <SlidersHorizontal />, { kind: 'serviceProperties', connectionId }),
    /** Empty for the sandbox, which has nothing to check. */
    check: isSandbox(connection)
      ? []
      : [item('Check this connection', <Stethoscope />, { kind: 'checkConnection', connectionId })],
    /** What a SAS allows; for other credentials, to create one. */
    sas:
      kind === 'sas'
        ? item('What this SAS allows', <FileKey />, { kind: 'sasReader', connectionId })
        : item(kind === 'token' ? 'Create a user delegation SAS' : 'Create a shared access signature', <FileKey />, {
            kind: 'sasMaker',
            connectionId,
          }),
  };
}

const item = (label: string, icon: React.ReactNode, open: Parameters<typeof openDialog>[0]): MenuItem => ({
  label,
  icon,
  onSelect: () => openDialog(open),
});
