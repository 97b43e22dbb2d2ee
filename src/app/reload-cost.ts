import { EMULATOR } from '@/azure/protocol/emulator';
import { currentConnections, type StoredConnection } from '@/state/connections/connections';
import { currentJobs, isEnded } from '@/state/jobs/job-store';
import { drafts } from '@/state/messages/drafts';
import { hasFormDrafts } from '@/state/messages/form-drafts';
import { areBrowsesRunning } from '@/state/messages/queue-browses';
import { currentDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import { counted } from '@/words/counts';

/** True when a reload leaves the connection without its secret: one for the tab, under the passphrase, or of a sign-in. */
function isAskedAgain({
  endpoint,
  account,
  local,
  kind,
  keep,
  isProtected,
  signIn,
  locked,
}: StoredConnection): boolean {
  if (locked || isSandbox({ endpoint })) return false;
  const isPublished = local && account === EMULATOR.account && kind === 'key';
  return signIn !== undefined || isProtected === true || (keep === 'tab' && !isPublished);
}

/** What a reload of the page costs now, as sentences. */
export function reloadCost(): string {
  const connections = currentConnections();
  const asked = connections.filter(isAskedAgain);
  const running = currentJobs().filter(({ job }) => !isEnded(job)).length;
  const costs = [
    running === 1 && 'The running job stops; the next visit can go on with it.',
    running > 1 && `${counted(running, 'running job')} stop; the next visit can go on with them.`,
    areBrowsesRunning() && 'The browse stops; its messages come back when their leases end.',
    (drafts.hasAny() || hasFormDrafts() || currentDialog() !== undefined) && 'What is typed and not sent is lost.',
    asked.length === 1 && `The secret of ${asked[0]?.account} is asked for again.`,
    asked.length > 1 && `The secrets of ${counted(asked.length, 'connection')} are asked for again.`,
    connections.some(isSandbox) && 'The sandbox begins anew.',
  ].filter((cost) => cost !== false);
  return costs.length > 0 ? `A reload costs this: ${costs.join(' ')}` : 'Nothing is lost by a reload.';
}
