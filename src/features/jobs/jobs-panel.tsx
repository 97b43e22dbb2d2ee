import { ChevronDown } from 'lucide-react';
import { rem } from '@/ui/browser/text-size';
import { IconButton } from '@/ui/controls/button';
import { JobList } from './panel/job-list';

/** The jobs of this tab in the activity drawer, `width` px beside the requests, or filling it without `width`. */
export function JobsPanel({ width, onClose }: { width?: number; onClose: () => void }) {
  return (
    <section
      aria-label="Jobs"
      className={
        width === undefined ? 'flex min-w-0 flex-1 flex-col' : 'flex max-w-1/2 flex-none flex-col border-l border-line'
      }
      style={{ width: width === undefined ? undefined : rem(width) }}
    >
      <JobList
        layout={width === undefined ? 'wide' : 'narrow'}
        action={<IconButton size="sm" label="Close jobs" icon={<ChevronDown />} onClick={onClose} />}
      />
    </section>
  );
}
