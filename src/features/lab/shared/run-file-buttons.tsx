import { Download, FolderOpen } from 'lucide-react';
import { IconButton } from '@/ui/controls/button';

/** Save the run, and open one. */
export const RunFileButtons = ({ files: { save, open } }: { files: { save: () => void; open: () => void } }) => (
  <span className="flex gap-1">
    <IconButton label="Save run" icon={<Download />} onClick={save} />
    <IconButton label="Open run" icon={<FolderOpen />} onClick={open} />
  </span>
);
