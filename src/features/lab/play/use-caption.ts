import { type Caption, captionOf, type NameOf } from '../text/event-text';
import type { Player, Scene } from './player';

/** How far back a caption may come from, in ms of the run. */
const MEMORY_MS = 30_000;

/** The caption of the last event that a person should notice. */
export function captionAt(player: Player, { now, playing }: Scene, nameOf: NameOf): Caption {
  const events = player.film.between(Math.max(0, now - MEMORY_MS), now);
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index];
    const caption = event && captionOf(event, player.film.at(event.at), nameOf);
    if (caption) return caption;
  }
  return now === 0 && !playing ? READY : QUIET;
}

const READY: Caption = {
  title: 'Time stands still',
  detail: 'Press Play, or act: what you do comes first.',
  concept: '',
  tone: 'neutral',
};
const QUIET: Caption = {
  title: 'Nothing out of the ordinary',
  detail: 'Orders come, workers receive them, work and delete them.',
  concept: '',
  tone: 'neutral',
};
