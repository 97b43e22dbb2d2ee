import { ChevronDown } from 'lucide-react';
import { isEnded, useJobs } from '@/state/jobs/job-store';
import { IconButton } from '@/ui/controls/button';
import { JobList } from './panel/job-list';

/** The jobs of this tab in the activity drawer, `width` px beside the requests, or filling it without `width`. */
export function JobsPanel({ width, onClose }: { width?: number; onClose: () => void }) {
  const jobs = useJobs();
  const running = jobs.filter(({ job }) => !isEnded(job)).length;
  return (
    <section
      aria-label="Jobs"
      className={
        width === undefined ? 'flex min-w-0 flex-1 flex-col' : 'flex max-w-1/2 flex-none flex-col border-l border-line'
      }
      style={{ width }}
    >
      <header className="flex h-9 flex-none items-center gap-2 pr-2 pl-4 text-12">
        <h2 className="text-13 font-semibold">Jobs</h2>
        <span className="text-text-3">{running} running</span>
        <span className="flex-1" />
        <IconButton size="sm" label="Close jobs" icon={<ChevronDown />} onClick={onClose} />
      </header>
      <JobList />
    </section>
  );
}
