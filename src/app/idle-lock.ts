import { watchIdle } from '@/state/activity/idle';
import { lockAll } from '@/state/connections/lock';
import { currentJobs, isEnded } from '@/state/jobs/job-store';
import { areBrowsesRunning } from '@/state/messages/queue-browses';
import { closeDialog } from '@/state/navigation/open-dialog';
import { preferences } from '@/state/settings/preferences';
import { toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

/** Locks after so many minutes without input, without a job or a browse, and without Live where that counts. Returns how to end it. */
export function startIdleLock(minutes: number): () => void {
  const watch = watchIdle({ limitMs: minutes * 60_000, isBusy, onIdle: () => void lock(minutes) });
  const options = { capture: true, passive: true };
  for (const input of INPUTS) addEventListener(input, watch.used, options);
  return () => {
    watch.stop();
    for (const input of INPUTS) removeEventListener(input, watch.used, options);
  };
}

function isBusy(): boolean {
  const { live, liveGoesOn } = preferences();
  return (live && liveGoesOn) || areBrowsesRunning() || currentJobs().some(({ job }) => !isEnded(job));
}

async function lock(minutes: number) {
  if (!(await lockAll())) return;
  // What it shows is of a locked connection. Drafts stay in memory.
  closeDialog();
  toast({ title: `Locked after ${counted(minutes, 'minute')} without use`, duration: 0 });
}
