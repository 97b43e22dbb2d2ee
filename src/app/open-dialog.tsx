import { type ComponentType } from 'react';
import { actionOf } from '@/actions/dialog-action';
import { useEnvironment } from '@/state/connections/environments';
import { closeDialog, type JobDialog, type OpenDialog } from '@/state/navigation/open-dialog';
import { useDenialReason } from '@/state/permissions/permissions';
import { EnvironmentBadge } from '@/ui/controls/badge';
import { DialogFactsProvider } from '@/ui/overlay/dialog-context';
import { DIALOG, lazyPart, quietPart } from '@/ui/parts/lazy-part';

type Closable = { onClose: () => void };
type OwnKind = Exclude<OpenDialog['kind'], JobDialog['kind']>;

/** The dialogs by kind, each a chunk of its own. Those of jobs share one. */
const DIALOGS: { [Kind in OwnKind]: ComponentType<Omit<Extract<OpenDialog, { kind: Kind }>, 'kind'> & Closable> } = {
  addMessage: quietPart(async () => (await import('@/features/editor/add-message-dialog')).default, DIALOG),
  editMessage: quietPart(async () => (await import('@/features/editor/edit-message-dialog')).default, DIALOG),
  leaseMessage: quietPart(
    async () => (await import('@/features/messages/leases/lease-message-dialog')).default,
    DIALOG,
  ),
  createQueue: quietPart(async () => (await import('@/features/queues/create-queue-dialog')).default, DIALOG),
  deleteQueue: quietPart(async () => (await import('@/features/queues/delete-queue-dialog')).default, DIALOG),
  clearQueue: quietPart(async () => (await import('@/features/queues/clear-queue-dialog')).default, DIALOG),
  queueMetadata: quietPart(async () => (await import('@/features/queues/queue-metadata-dialog')).default, DIALOG),
  accessPolicies: lazyPart(async () => (await import('@/features/service/access-policies-dialog')).default, DIALOG),
  serviceProperties: lazyPart(
    async () => (await import('@/features/service/service-properties-dialog')).default,
    DIALOG,
  ),
  connectionDetails: lazyPart(
    async () => (await import('@/features/service/connection-details-dialog')).default,
    DIALOG,
  ),
  forgetConnection: lazyPart(
    async () => (await import('@/features/connections/access/forget-connection-dialog')).default,
    DIALOG,
  ),
  connectionAccess: lazyPart(async () => (await import('@/features/connections/access/access-dialog')).default, DIALOG),
  allowChanges: lazyPart(
    async () => (await import('@/features/connections/access/allow-changes-dialog')).default,
    DIALOG,
  ),
  passphrase: lazyPart(async () => (await import('@/features/settings/passphrase-dialog')).default, DIALOG),
  forgetAll: lazyPart(async () => (await import('@/features/settings/forget-all-dialog')).default, DIALOG),
  sasReader: lazyPart(async () => (await import('@/features/connections/sas/sas-details-dialog')).default, DIALOG),
  sasMaker: lazyPart(async () => (await import('@/features/connections/sas/create-sas-dialog')).default, DIALOG),
  checkConnection: lazyPart(
    async () => (await import('@/features/connections/check/check-connection-dialog')).default,
    DIALOG,
  ),
  chooseQueue: quietPart(async () => (await import('@/features/queues/choose-queue-dialog')).default, DIALOG),
  copyAs: quietPart(async () => (await import('@/features/samples/copy-as-dialog')).default, DIALOG),
  sandbox: lazyPart(async () => (await import('@/features/sandbox/sandbox-dialog')).default, DIALOG),
  commands: quietPart(async () => (await import('./palette/command-palette')).default, DIALOG),
  shortcuts: quietPart(async () => (await import('./shortcuts-dialog')).default, DIALOG),
};
const Jobs = quietPart(async () => (await import('@/features/jobs/job-dialogs')).default, DIALOG);

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
