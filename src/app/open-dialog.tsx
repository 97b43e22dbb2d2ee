import { type ComponentType, lazy } from 'react';
import { actionOf } from '@/actions/dialog-action';
import { useEnvironment } from '@/state/connections/environments';
import { closeDialog, type JobDialog, type OpenDialog } from '@/state/navigation/open-dialog';
import { useDenialReason } from '@/state/permissions/permissions';
import { EnvironmentBadge } from '@/ui/controls/badge';
import { DialogFactsProvider } from '@/ui/overlay/dialog-context';

type Closable = { onClose: () => void };
type OwnKind = Exclude<OpenDialog['kind'], JobDialog['kind']>;

/** The dialogs by kind, each a chunk of its own. Those of jobs share one. */
const DIALOGS: { [Kind in OwnKind]: ComponentType<Omit<Extract<OpenDialog, { kind: Kind }>, 'kind'> & Closable> } = {
  addMessage: lazy(() => import('@/features/editor/add-message-dialog')),
  editMessage: lazy(() => import('@/features/editor/edit-message-dialog')),
  createQueue: lazy(() => import('@/features/queues/create-queue-dialog')),
  deleteQueue: lazy(() => import('@/features/queues/delete-queue-dialog')),
  clearQueue: lazy(() => import('@/features/queues/clear-queue-dialog')),
  queueMetadata: lazy(() => import('@/features/queues/queue-metadata-dialog')),
  accessPolicies: lazy(() => import('@/features/service/access-policies-dialog')),
  serviceProperties: lazy(() => import('@/features/service/service-properties-dialog')),
  connectionDetails: lazy(() => import('@/features/service/connection-details-dialog')),
  forgetConnection: lazy(() => import('@/features/connections/access/forget-connection-dialog')),
  connectionAccess: lazy(() => import('@/features/connections/access/access-dialog')),
  allowChanges: lazy(() => import('@/features/connections/access/allow-changes-dialog')),
  passphrase: lazy(() => import('@/features/settings/passphrase-dialog')),
  forgetAll: lazy(() => import('@/features/settings/forget-all-dialog')),
  sasReader: lazy(() => import('@/features/connections/sas/sas-details-dialog')),
  sasMaker: lazy(() => import('@/features/connections/sas/create-sas-dialog')),
  checkConnection: lazy(() => import('@/features/connections/check/check-connection-dialog')),
  chooseQueue: lazy(() => import('@/features/queues/choose-queue-dialog')),
  copyAs: lazy(() => import('@/features/samples/copy-as-dialog')),
  sandbox: lazy(() => import('@/features/sandbox/sandbox-dialog')),
  commands: lazy(() => import('./command-palette')),
  shortcuts: lazy(() => import('./shortcuts-dialog')),
};
const Jobs = lazy(() => import('@/features/jobs/job-dialogs'));

/** A dialog, with the environment of its connection and the reason why its action cannot be done. */
export default function OpenDialogWithFacts({ open }: { open: OpenDialog }) {
  const connectionId = 'connectionId' in open ? open.connectionId : undefined;
  const environment = useEnvironment(connectionId);
  const denialReason = useDenialReason(connectionId ?? '', 'queue' in open ? open.queue : undefined);
  const permission = actionOf(open)?.may;
  const facts = {
    mark: environment && <EnvironmentBadge environment={environment} />,
    reason: connectionId === undefined || permission === undefined ? undefined : denialReason(permission),
  };
  return <DialogFactsProvider value={facts}>{drawn(open)}</DialogFactsProvider>;
}

function drawn(open: OpenDialog) {
  if (!isOwn(open)) return <Jobs open={open} onClose={closeDialog} />;
  // TypeScript does not relate the kind to the props of its dialog.
  const Own = DIALOGS[open.kind] as ComponentType<object & Closable>;
  return <Own {...open} onClose={closeDialog} />;
}

const isOwn = (open: OpenDialog): open is Exclude<OpenDialog, JobDialog> => open.kind in DIALOGS;
