import { mayBeTold } from '../text/event-text';
import type { Player, Scene } from './player';

/** Ms of the next event, or the one before, that has a caption; undefined when none is known. */
export function nextConcept({ film }: Player, { now, end }: Scene, by: 1 | -1): number | undefined {
  const at = Math.floor(now);
  return by === 1 ? film.between(at + 1, end).find(mayBeTold)?.at : film.between(0, at - 1).findLast(mayBeTold)?.at;
}
