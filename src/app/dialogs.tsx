import { lazy, Suspense } from 'react';
import { closeDialog, type OpenDialog, useOpenDialog } from '@/state/dialogs';

const AddMessage = lazy(() => import('@/features/editor/add-message-dialog'));
const EditMessage = lazy(() => import('@/features/editor/edit-message-dialog'));
const CreateQueue = lazy(() => import('@/features/queues/create-queue-dialog'));
const DeleteQueue = lazy(() => import('@/features/queues/delete-queue-dialog'));
const ClearQueue = lazy(() => import('@/features/queues/clear-queue-dialog'));
const QueueMetadata = lazy(() => import('@/features/queues/queue-metadata-dialog'));
const ForgetConnection = lazy(() => import('@/features/connections/forget-connection-dialog'));
const CheckConnection = lazy(() => import('@/features/connections/check-connection-dialog'));
const ChooseQueue = lazy(() => import('@/features/queues/choose-queue-dialog'));
const SandboxSettings = lazy(() => import('@/features/sandbox/sandbox-dialog'));
const Jobs = lazy(() => import('@/features/jobs/job-dialogs'));
const Commands = lazy(() => import('./command-palette'));
const Shortcuts = lazy(() => import('./shortcuts-dialog'));

/** Draws the dialog that some feature asked for; its code comes when it is asked for first. */
export function Dialogs() {
  const open = useOpenDialog();
  return <Suspense>{open && dialog(open)}</Suspense>;
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
    case 'forgetConnection':
      return <ForgetConnection {...open} onClose={closeDialog} />;
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
