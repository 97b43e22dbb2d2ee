import { Download, FolderOpen } from 'lucide-react';
import { useActions } from '@/actions/action';
import { labFileActions } from '@/actions/lab-file-actions';
import { IconButton } from '@/ui/controls/button';
import type { Player } from '../play/player';

const open = async () => (await import('../files/run-files')).chooseRun();

/** Saves the run as a file and opens one, here and in the palette. Their code is loaded when it is used. */
export function RunFileButtons({ player, part }: { player: Player; part: string }) {
  const save = async () => (await import('../files/run-files')).saveRun(player, part);
  useActions(Object.values(labFileActions), { save: () => void save(), open: () => void open() });
  return (
    <span className="flex gap-1">
      <IconButton label="Save run" icon={<Download />} onClick={() => void save()} />
      <IconButton label="Open run" icon={<FolderOpen />} onClick={() => void open()} />
    </span>
  );
}
