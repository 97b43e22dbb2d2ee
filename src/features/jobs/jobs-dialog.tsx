import { Dialog } from '@/ui/overlay/dialog';
import { JobList } from './jobs-panel';

/** The jobs where there is no drawer. */
export default function JobsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Jobs" size="md" onClose={onClose}>
      <div className="-mx-5 -my-4 flex max-desk:-mx-4">
        <JobList />
      </div>
    </Dialog>
  );
}
