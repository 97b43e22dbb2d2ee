import { type ExplorerPlace, go, type Mode } from '@/state/place';

/** Reads the queue the other way. Details that lie over the controls of that way are closed. */
export function changeMode(place: ExplorerPlace, mode: Mode) {
  const isCovered = matchMedia('(width < 1180px)').matches;
  go({ ...place, mode, message: isCovered ? undefined : place.message });
}
