import { lazy } from 'react';
import type { JobDialog } from '@/state/navigation/open-dialog';

const MoveMessages = lazy(() => import('./move-messages-dialog'));
const DeleteMessages = lazy(() => import('./delete-messages-dialog'));
const AddAgain = lazy(() => import('./add-again-dialog'));
const ExportMessages = lazy(() => import('./export-messages-dialog'));
const ImportMessages = lazy(() => import('./import-messages-dialog'));
const ClearQueues = lazy(() => import('./clear-queues-dialog'));
const SendCopies = lazy(() => import('./send-copies-dialog'));
const Templates = lazy(() => import('./templates-dialog'));
const ChangeText = lazy(() => import('./change-text-dialog'));
const SetVisibility = lazy(() => import('./set-visibility-dialog'));
const JobFailures = lazy(() => import('./job-failures-dialog'));
const Jobs = lazy(() => import('./jobs-dialog'));

/** The dialogs that begin jobs and tell of them. */
export default function JobDialogs({ open, onClose }: { open: JobDialog; onClose: () => void }) {
  switch (open.kind) {
    case 'moveMessages':
      return <MoveMessages {...open} onClose={onClose} />;
    case 'deleteMessages':
      return <DeleteMessages {...open} onClose={onClose} />;
    case 'exportMessages':
      return <ExportMessages {...open} onClose={onClose} />;
    case 'importMessages':
      return <ImportMessages {...open} onClose={onClose} />;
    case 'clearQueues':
      return <ClearQueues {...open} onClose={onClose} />;
    case 'sendCopies':
      return <SendCopies {...open} onClose={onClose} />;
    case 'templates':
      return <Templates {...open} onClose={onClose} />;
    case 'changeText':
      return <ChangeText {...open} onClose={onClose} />;
    case 'setVisibility':
      return <SetVisibility {...open} onClose={onClose} />;
    case 'addAgain':
      return <AddAgain {...open} onClose={onClose} />;
    case 'jobFailures':
      return <JobFailures {...open} onClose={onClose} />;
    case 'jobs':
      return <Jobs onClose={onClose} />;
  }
}
