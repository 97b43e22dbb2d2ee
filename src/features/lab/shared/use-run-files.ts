import { useActions } from '@/actions/action';
import { labFileActions } from '@/actions/lab-file-actions';
import type { Player } from '../play/player';

const open = () => void (async () => (await import('../files/run-files')).chooseRun())();

/** Saves the run as a file and opens one, for menus, and in the palette. The code of both is loaded when it is used. */
export function useRunFiles(player: Player, part: string): { save: () => void; open: () => void } {
  const save = async () => (await import('../files/run-files')).saveRun(player, part);
  const files = { save: () => void save(), open };
  useActions(Object.values(labFileActions), files);
  return files;
}

/** Opens a run from a file where none is open. */
export function useOpenRun(): () => void {
  useActions(Object.values(labFileActions), { open });
  return open;
}
