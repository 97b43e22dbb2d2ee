import { QueryClient } from '@tanstack/react-query';
import { vi } from 'vitest';
import { bulkScene } from '@/bulk/bulk.fixture';
import { dismissJob } from '@/state/jobs/job-list';
import { currentJobs, openJobs } from '@/state/jobs/job-store';
import { dropConnectionLeases } from '@/state/leases/leases';
import { records } from '@/state/messages/records';
import { setClock } from '@/state/time/connection-clocks';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';

/** A sandbox whose messages this tab's records know, with no job, toast or lease left over. */
export function jobScene({ isDesk = true } = {}) {
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  vi.stubGlobal('matchMedia', () => ({ matches: isDesk }));
  const scene = bulkScene(1, undefined, records);
  const { id } = scene.account;
  dropConnectionLeases(id);
  for (const job of currentJobs()) dismissJob(job.id);
  for (const toast of readToasts()) dismissToast(toast.id);
  openJobs(false);
  setClock(id, scene.clock);
  return { ...scene, connectionId: id, client: new QueryClient() };
}

/** The toasts on screen, oldest first. */
export const toasts = () => readToasts().map(({ title, tone, action }) => ({ title, tone, action: action?.label }));
