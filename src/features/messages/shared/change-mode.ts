import { closeBrowse } from '@/state/messages/queue-browses';
import { type ExplorerPlace, go, type Mode } from '@/state/navigation/route';

/** Reads the queue the other way, which lets go of what an ended browse saw. Details that lie over the controls of that way are closed. */
export function changeMode(place: ExplorerPlace, mode: Mode) {
  if (mode !== place.mode && place.queue) closeBrowse(place.connection, place.queue);
  const isCovered = matchMedia('(width < 1180px)').matches;
  go({ ...place, mode, message: isCovered ? undefined : place.message });
}
