import { lazy, Suspense } from 'react';
import { useEnvironment } from '@/state/connections/environments';
import { closeDialog, type OpenDialog, useOpenDialog } from '@/state/navigation/open-dialog';
import { useDenialReason, type Verb } from '@/state/permissions/permissions';
import { EnvironmentBadge } from '@/ui/controls/environment-badge';
import { DialogFactsProvider } from '@/ui/overlay/dialog-context';

const AddMessage = lazy(() => import('@/features/editor/add-message-dialog'));
const EditMessage = lazy(() => import('@/features/editor/edit-message-dialog'));
const CreateQueue = lazy(() => import('@/features/queues/create-queue-dialog'));
const DeleteQueue = lazy(() => import('@/features/queues/delete-queue-dialog'));
const ClearQueue = lazy(() => import('@/features/queues/clear-queue-dialog'));
const QueueMetadata = lazy(() => import('@/features/queues/queue-metadata-dialog'));
const AccessPolicies = lazy(() => import('@/features/service/access-policies-dialog'));
const ServiceProperties = lazy(() => import('@/features/service/service-properties-dialog'));
const ConnectionDetails = lazy(() => import('@/features/service/connection-details-dialog'));
const ForgetConnection = lazy(() => import('@/features/connections/access/forget-connection-dialog'));
const ConnectionAccess = lazy(() => import('@/features/connections/access/access-dialog'));
const AllowChanges = lazy(() => import('@/features/connections/access/allow-changes-dialog'));
const Passphrase = lazy(() => import('@/features/settings/passphrase-dialog'));
const ForgetAll = lazy(() => import('@/features/settings/forget-all-dialog'));
const SasReader = lazy(() => import('@/features/connections/sas/sas-details-dialog'));
const SasMaker = lazy(() => import('@/features/connections/sas/create-sas-dialog'));
const CheckConnection = lazy(() => import('@/features/connections/check/check-connection-dialog'));
const ChooseQueue = lazy(() => import('@/features/queues/choose-queue-dialog'));
const SandboxSettings = lazy(() => import('@/features/sandbox/sandbox-dialog'));
const Jobs = lazy(() => import('@/features/jobs/job-dialogs'));
const Commands = lazy(() => import('./command-palette'));
const Shortcuts = lazy(() => import('./shortcuts-dialog'));

/** Draws the dialog that some feature asked for; its code comes when it is asked for first. */
export function Dialogs() {
  const open = useOpenDialog();
  return <Suspense>{open && <WithFacts open={open} />}</Suspense>;
}

/** What holds for any dialog about a connection, said once: its environment, and why its work cannot be done. */
function WithFacts({ open }: { open: OpenDialog }) {
  const connectionId = 'connectionId' in open ? open.connectionId : undefined;
  const environment = useEnvironment(connectionId);
  const denialReason = useDenialReason(connectionId ?? '', 'queue' in open ? open.queue : undefined);
  const verb = verbOf(open);
  const facts = {
    mark: environment && <EnvironmentBadge environment={environment} />,
    refusal: connectionId === undefined || verb === undefined ? undefined : denialReason(verb),
  };
  return <DialogFactsProvider value={facts}>{dialog(open)}</DialogFactsProvider>;
}

/** What a dialog is for; those that only show something, or change nothing at the service, are not among them. */
const VERBS_OF: Partial<Record<OpenDialog['kind'], Verb>> = {
  addMessage: 'add',
  importMessages: 'add',
  sendCopies: 'add',
  addAgain: 'add',
  editMessage: 'edit',
  createQueue: 'createQueue',
  deleteQueue: 'deleteQueue',
  clearQueue: 'clearQueue',
  clearQueues: 'clearQueue',
  queueMetadata: 'setMetadata',
  accessPolicies: 'setPolicies',
  serviceProperties: 'setProperties',
  deleteMessages: 'delete',
  changeText: 'changeMany',
  setVisibility: 'changeMany',
};

function verbOf(open: OpenDialog): Verb | undefined {
  if (open.kind === 'moveMessages') return open.action === 'copy' ? 'copy' : 'move';
  // Chosen messages are here already.
  if (open.kind === 'exportMessages') return open.ids ? undefined : 'exportAll';
  return VERBS_OF[open.kind];
}

function dialog(open: OpenDialog) {
  switch (open.kind) {
    case 'addMessage':
      return <AddMessage {...open} onClose={closeDialog} />;
    case 'editMessage':
      return <EditMessage {...open} onClose={closeDialog} />;
    case 'createQueue':
      return <CreateQueue {...open} onClose={closeDialog} />;
    case 'deleteQueue':
      return <DeleteQueue {...open} onClose={closeDialog} />;
    case 'clearQueue':
      return <ClearQueue {...open} onClose={closeDialog} />;
    case 'queueMetadata':
      return <QueueMetadata {...open} onClose={closeDialog} />;
    case 'accessPolicies':
      return <AccessPolicies {...open} onClose={closeDialog} />;
    case 'serviceProperties':
      return <ServiceProperties {...open} onClose={closeDialog} />;
    case 'connectionDetails':
      return <ConnectionDetails {...open} onClose={closeDialog} />;
    case 'forgetConnection':
      return <ForgetConnection {...open} onClose={closeDialog} />;
    case 'connectionAccess':
      return <ConnectionAccess {...open} onClose={closeDialog} />;
    case 'allowChanges':
      return <AllowChanges {...open} onClose={closeDialog} />;
    case 'passphrase':
      return <Passphrase {...open} onClose={closeDialog} />;
    case 'forgetAll':
      return <ForgetAll onClose={closeDialog} />;
    case 'sasReader':
      return <SasReader {...open} onClose={closeDialog} />;
    case 'sasMaker':
      return <SasMaker {...open} onClose={closeDialog} />;
    case 'checkConnection':
      return <CheckConnection {...open} onClose={closeDialog} />;
    case 'chooseQueue':
      return <ChooseQueue {...open} onClose={closeDialog} />;
    case 'sandbox':
      return <SandboxSettings onClose={closeDialog} />;
    case 'commands':
      return <Commands onClose={closeDialog} />;
    case 'shortcuts':
      return <Shortcuts onClose={closeDialog} />;
    case 'moveMessages':
    case 'deleteMessages':
    case 'exportMessages':
    case 'importMessages':
    case 'clearQueues':
    case 'sendCopies':
    case 'templates':
    case 'changeText':
    case 'setVisibility':
    case 'addAgain':
    case 'jobFailures':
    case 'jobs':
      return <Jobs open={open} onClose={closeDialog} />;
  }
}
