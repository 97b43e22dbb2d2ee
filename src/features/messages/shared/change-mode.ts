import { closeBrowse } from '@/state/messages/queue-browses';
import { type ExplorerRoute, goTo, type Mode } from '@/state/navigation/route';

/** Reads the queue the other way, which lets go of what an ended browse saw. Details that lie over the controls of that way are closed. */
export function changeMode(route: ExplorerRoute, mode: Mode) {
  if (mode !== route.mode && route.queue) closeBrowse(route.connectionId, route.queue);
  const isCovered = matchMedia('(width < 1180px)').matches;
  goTo({ ...route, mode, message: isCovered ? undefined : route.message });
}
