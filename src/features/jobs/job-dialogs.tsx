import { type ComponentType, lazy } from 'react';
import type { Account } from '@/azure/protocol/model';
import { useAccount } from '@/queries/use-account';
import type { JobDialog } from '@/state/navigation/open-dialog';
import { WithScopeChoice } from './shared/scope-choice';

type DialogProps = { account: Account; onClose: () => void };
type DialogOf<Kind> = ComponentType<Extract<JobDialog, { kind: Kind }> & DialogProps>;

const DIALOGS: { [Kind in JobDialog['kind']]: DialogOf<Kind> } = {
  moveMessages: lazy(() => import('./dialogs/move-messages-dialog')),
  workOnMessages: lazy(() => import('./dialogs/work-dialog')),
  deleteMessages: lazy(() => import('./dialogs/delete-messages-dialog')),
  addAgain: lazy(() => import('./dialogs/add-again-dialog')),
  exportMessages: lazy(() => import('./dialogs/export-messages-dialog')),
  importMessages: lazy(() => import('./dialogs/import-messages-dialog')),
  clearQueues: lazy(() => import('./dialogs/clear-queues-dialog')),
  sendCopies: lazy(() => import('./dialogs/send-copies')),
  templates: lazy(() => import('./dialogs/templates-dialog')),
  changeText: lazy(() => import('./dialogs/change-text-dialog')),
  setVisibility: lazy(() => import('./dialogs/set-visibility-dialog')),
  jobFailures: lazy(() => import('./panel/job-failures-dialog')),
  doubtfulItems: lazy(() => import('./interrupted/doubtful-items-dialog')),
  jobs: lazy(() => import('./panel/job-list')),
};

/** The dialogs that begin jobs or report on them; nothing for a connection that was forgotten. */
export default function JobDialogs({ open, onClose }: { open: JobDialog; onClose: () => void }) {
  const isAboutConnection = 'connectionId' in open;
  const account = useAccount(isAboutConnection ? open.connectionId : '');
  if (isAboutConnection && !account) return null;
  const Shown = DIALOGS[open.kind] as ComponentType<JobDialog & { account: Account | undefined; onClose: () => void }>;
  return (
    <WithScopeChoice open={open}>{(meant) => <Shown {...meant} account={account} onClose={onClose} />}</WithScopeChoice>
  );
}
