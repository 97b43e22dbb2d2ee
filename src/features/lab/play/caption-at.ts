import type { LabEvent } from '@/lab/film/lab-event';
import { type Caption, captionOf, eventText, mayBeTold } from '../text/event-text';
import type { Player, Scene } from './player';

/** How far back a caption may come from, in ms of the run. */
const MEMORY_MS = 30_000;
/** And over how many events. */
const MOST_EVENTS = 1000;

/** The caption of the last event that a person should notice. */
export function captionAt(player: Player, { now, playing }: Scene): Caption {
  const { nameOf } = player;
  const events = player.film.between(Math.max(0, now - MEMORY_MS), now, MOST_EVENTS);
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index];
    const caption = event && mayBeTold(event) && toldOf(event, player);
    if (caption) return caption;
  }
  const last = events.findLast((event) => eventText(event, nameOf));
  const text = last && eventText(last, nameOf);
  if (text) return { ...QUIET, title: `${text.who}: ${text.what}` };
  return now === 0 && !playing ? READY : QUIET;
}

/** The captions of events that were looked at: the world is looked up once for each. */
const told = new WeakMap<LabEvent, Caption | 'none'>();

function toldOf(event: LabEvent, { film, nameOf }: Player): Caption | undefined {
  const known = told.get(event) ?? captionOf(event, film.at(event.at), nameOf) ?? 'none';
  told.set(event, known);
  return known === 'none' ? undefined : known;
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
