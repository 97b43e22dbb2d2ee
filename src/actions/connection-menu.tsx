import { FileKey, Info, ShieldCheck, SlidersHorizontal, Stethoscope, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoredConnection } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import type { MenuItem } from '@/ui/overlay/menu';

type ConnectionDialog =
  | 'connectionDetails'
  | 'checkConnection'
  | 'connectionAccess'
  | 'serviceProperties'
  | 'sasReader'
  | 'sasMaker'
  | 'forgetConnection';

const SAS_LABELS: Record<StoredConnection['kind'], string> = {
  key: 'Create a shared access signature',
  sas: 'What this SAS allows',
  token: 'Create a user delegation SAS',
};

/** The menu items that lead to the dialogs about a connection, under the same names in every menu. */
export function connectionMenu(connection: StoredConnection) {
  const { id: connectionId, kind: credential } = connection;
  const item = (label: string, icon: ReactNode, kind: ConnectionDialog) =>
    ({ label, icon, onSelect: () => openDialog({ kind, connectionId }) }) satisfies MenuItem;
  return {
    details: item('Connection details', <Info />, 'connectionDetails'),
    /** Empty for the sandbox, which has nothing to check. */
    check: isSandbox(connection) ? [] : [item('Check this connection', <Stethoscope />, 'checkConnection')],
    access: item('Environment and access', <ShieldCheck />, 'connectionAccess'),
    properties: item('Service properties', <SlidersHorizontal />, 'serviceProperties'),
    /** What a SAS allows; for other credentials, to create one. */
    sas: item(SAS_LABELS[credential], <FileKey />, credential === 'sas' ? 'sasReader' : 'sasMaker'),
    forget: { ...item('Forget this connection', <Trash2 />, 'forgetConnection'), tone: 'danger' } as const,
  };
}
