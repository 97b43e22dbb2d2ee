import { type ComponentType } from 'react';
import type { Account } from '@/azure/protocol/model';
import { useAccount } from '@/queries/use-account';
import type { JobDialog } from '@/state/navigation/open-dialog';
import { DIALOG, quietPart } from '@/ui/parts/lazy-part';
import { WithScopeChoice } from './shared/scope-choice';

type DialogProps = { account: Account; onClose: () => void };
type DialogOf<Kind> = ComponentType<Extract<JobDialog, { kind: Kind }> & DialogProps>;

const DIALOGS: { [Kind in JobDialog['kind']]: DialogOf<Kind> } = {
  moveMessages: quietPart(async () => (await import('./dialogs/move-messages-dialog')).default, DIALOG),
  workOnMessages: quietPart(async () => (await import('./dialogs/work-dialog')).default, DIALOG),
  deleteMessages: quietPart(async () => (await import('./dialogs/delete-messages-dialog')).default, DIALOG),
  addAgain: quietPart(async () => (await import('./dialogs/add-again-dialog')).default, DIALOG),
  exportMessages: quietPart(async () => (await import('./dialogs/export-messages-dialog')).default, DIALOG),
  importMessages: quietPart(async () => (await import('./dialogs/import-messages-dialog')).default, DIALOG),
  clearQueues: quietPart(async () => (await import('./dialogs/clear-queues-dialog')).default, DIALOG),
  sendCopies: quietPart(async () => (await import('./dialogs/send-copies')).default, DIALOG),
  templates: quietPart(async () => (await import('./dialogs/templates-dialog')).default, DIALOG),
  changeText: quietPart(async () => (await import('./dialogs/change-text-dialog')).default, DIALOG),
  setVisibility: quietPart(async () => (await import('./dialogs/set-visibility-dialog')).default, DIALOG),
  jobFailures: quietPart(async () => (await import('./panel/job-failures-dialog')).default, DIALOG),
  doubtfulItems: quietPart(async () => (await import('./interrupted/doubtful-items-dialog')).default, DIALOG),
  jobs: quietPart(async () => (await import('./panel/job-list')).default, DIALOG),
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
