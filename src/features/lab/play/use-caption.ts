import { type Caption, captionOf, eventText, mayBeTold } from '../text/event-text';
import type { Player, Scene } from './player';

/** How far back a caption may come from, in ms of the run. */
const MEMORY_MS = 30_000;

/** The caption of the last event that a person should notice. */
export function captionAt(player: Player, { now, playing }: Scene): Caption {
  const { nameOf } = player;
  const events = player.film.between(Math.max(0, now - MEMORY_MS), now);
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index];
    const caption = event && mayBeTold(event) && captionOf(event, player.film.at(event.at), nameOf);
    if (caption) return caption;
  }
  const last = events.findLast((event) => eventText(event, nameOf));
  const text = last && eventText(last, nameOf);
  if (text) return { ...QUIET, title: `${text.who}: ${text.what}` };
  return now === 0 && !playing ? READY : QUIET;
}

const READY: Caption = {
  title: 'Time stands still',
  detail: 'Press Play, or act: what you do comes first.',
  concept: '',
  tone: 'neutral',
};
const QUIET: Caption = {
  title: 'Nothing has happened lately',
  detail: 'Whatever is done to the queue is told here.',
  concept: '',
  tone: 'neutral',
};

/** Ms of the next event, or the one before, that has a caption; undefined when none is known. */
export function nextConcept({ film }: Player, { now, end }: Scene, by: 1 | -1): number | undefined {
  const at = Math.floor(now);
  return by === 1 ? film.between(at + 1, end).find(mayBeTold)?.at : film.between(0, at - 1).findLast(mayBeTold)?.at;
}
