import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { startJob } from '@/bulk/jobs/start-job';
import {
  addConnection,
  currentConnections,
  forgetAllConnections,
  loadConnections,
} from '@/state/connections/connections';
import { dismissJob, listJob } from '@/state/jobs/job-list';
import { closeDialog, currentDialog, openDialog } from '@/state/navigation/open-dialog';
import { resetPreferences, setPreference } from '@/state/settings/preferences';
import { startIdleLock } from './idle-lock';

const at = (account: string) => ({ account, endpoint: `https://${account}.queue.core.windows.net` });
const key = async () => ({ kind: 'key' as const, key: await importKey(btoa('k'.repeat(64))) });
const lockedIds = () => currentConnections().flatMap(({ id, locked }) => (locked ? id : []));

beforeEach(() => loadConnections());
afterEach(async () => {
  vi.useRealTimers();
  await forgetAllConnections();
  resetPreferences();
  closeDialog();
});

test('it locks after the minutes that were set, and closes what a dialog shows', async () => {
  await addConnection({ ...at('tabkey'), credential: await key() }, 'tab');
  openDialog({ kind: 'sasMaker', connectionId: 'tabkey' });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const stop = startIdleLock(5);
  vi.advanceTimersByTime(4 * 60_000);
  dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
  vi.advanceTimersByTime(4 * 60_000);
  expect(lockedIds()).toEqual([]);
  vi.advanceTimersByTime(60_000);
  await vi.waitFor(() => expect(lockedIds()).toEqual(['tabkey']));
  await vi.waitFor(() => expect(currentDialog()).toBeUndefined());
  stop();
});

test('a job, and Live where it was asked to go on, keep it open', async () => {
  await addConnection({ ...at('tabkey'), credential: await key() }, 'tab');
  let end: (() => void) | undefined;
  const job = startJob<number>({
    source: [1],
    work: (item) => new Promise((resolve) => (end = () => resolve({ item, kind: 'done' }))),
  });
  await vi.waitFor(() => expect(job.progress.working).toBe(1));
  const { id } = listJob({ kind: 'move', where: 'a to b', noun: 'message', job });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const stop = startIdleLock(5);
  vi.advanceTimersByTime(60 * 60_000);
  end?.();
  await job.finished;
  dismissJob(id);
  setPreference('live', true);
  setPreference('liveGoesOn', true);
  vi.advanceTimersByTime(60 * 60_000);
  expect(lockedIds()).toEqual([]);
  setPreference('liveGoesOn', false);
  vi.advanceTimersByTime(5 * 60_000);
  await vi.waitFor(() => expect(lockedIds()).toEqual(['tabkey']));
  stop();
});
