import type { LabEvent } from '@/lab/film/lab-event';
import { type Tally, WATCHER, type World } from '@/lab/film/world';
import { counted } from '@/words/counts';
import { type Caption, captionOf, eventText, mayBeTold, type NameOf } from '../text/event-text';
import { runTime } from '../text/names';

/** How far back a caption may come from, in ms of the run. */
const MEMORY_MS = 30_000;
/** Events that are looked at for a line of what happened last, where nothing has a caption. */
const MOST_EVENTS = 100;
/** Captions that are kept. */
const MOST_TOLD = 4000;
/** Ms of playing for which a caption stands, and from 60× on a summary. */
const STANDS_MS = 3000;
const SUMMARY_STANDS_MS = 5000;
/** From this speed on single events are too quick to be told. */
const QUICK = 60;

type Told = { at: number; caption: Caption };
/** What the captions need to know of the moment. */
type Moment = { now: number; playing: boolean; speed: number | 'most'; world: World };

/**
 * The captions of a run. Each belongs to an event. While the run plays, one stands for three seconds at least, and what is
 * announced is the gravest that came meanwhile; from 60× on, a summary every five seconds. Seconds are those in which the run
 * played: a pause ends nothing. A run that stands still has the caption of its moment.
 */
export class Captions {
  #told: Told[] = [];
  /** What stands, since when, by the ms played and by the run. */
  #standing: { caption: Caption; played: number; at: number; tally: Tally; twice: number } | undefined;

  /** Takes an event in; `world` is what it led to. */
  add(event: LabEvent, world: World, nameOf: NameOf): void {
    const caption = mayBeTold(event) && captionOf(event, world, nameOf);
    if (!caption) return;
    this.#told.push({ at: event.at, caption });
    if (this.#told.length > MOST_TOLD * 1.25) this.#told = this.#told.slice(-MOST_TOLD);
  }

  /** Forgets the captions after `at`, and what stands. */
  cut(at: number): void {
    this.#told = this.#told.slice(0, this.#after(at));
    this.#standing = undefined;
  }

  /** What is said at this moment, after so many ms of playing; `last` gives the events up to now, the latest last. */
  say(moment: Moment, played: number, last: () => readonly LabEvent[], nameOf: NameOf): Caption {
    const { now, playing, speed, world } = moment;
    const before = this.#standing;
    const isQuick = speed === 'most' || speed >= QUICK;
    const stands = isQuick ? SUMMARY_STANDS_MS : STANDS_MS;
    if (playing && before && now >= before.at && played - before.played < stands) return before.caption;
    const caption =
      playing && isQuick
        ? summary(before ?? { at: now, tally: world.tally, twice: world.effects.twice }, moment)
        : this.#captionAt(moment, playing && before ? before.at : now, last, nameOf);
    const isNew = !before || isQuick || caption.title !== before.caption.title;
    this.#standing = {
      caption,
      // A caption that says the same goes on: the next one that differs need not wait.
      played: isNew ? played : before.played,
      at: now,
      tally: { ...world.tally },
      twice: world.effects.twice,
    };
    // What is said of a run that has not begun stands only until it begins; what is said in a pause, as long as all else.
    if (!playing) this.#standing.played = caption === READY ? Number.NEGATIVE_INFINITY : played;
    return caption;
  }

  /** Index of the first caption after `at`. */
  #after(at: number): number {
    let low = 0;
    let high = this.#told.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#told[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The gravest caption since `since`, of those the last; else the last one. */
  #captionAt({ now, playing }: Moment, since: number, last: () => readonly LabEvent[], nameOf: NameOf): Caption {
    const end = this.#after(now);
    const meanwhile = this.#told.slice(this.#after(since), end);
    const told = meanwhile.findLast(({ caption }) => caption.tone === 'danger') ?? this.#told[end - 1];
    if (told && told.at >= now - MEMORY_MS) return told.caption;
    const text = last()
      .slice(-MOST_EVENTS)
      .findLast((event) => !('actor' in event && event.actor === WATCHER) && eventText(event, nameOf));
    const line = text && eventText(text, nameOf);
    if (line) return { ...QUIET, title: `${line.who}: ${line.what}` };
    return now === 0 && !playing ? READY : QUIET;
  }
}

/** What happened between two moments, in numbers. */
function summary(before: { at: number; tally: Tally; twice: number }, { now, world }: Moment): Caption {
  const { tally, effects } = world;
  const since = (name: keyof Tally) => tally[name] - before.tally[name];
  const others = [
    [since('crashes'), counted(since('crashes'), 'crash', 'crashes')],
    [since('moved'), `${since('moved')} moved to orders-poison`],
    [since('expired'), `${since('expired')} expired`],
    [effects.twice - before.twice, `${effects.twice - before.twice} charged twice`],
  ] as const;
  const told = others.flatMap(([count, words]) => (count > 0 ? [words] : []));
  return {
    title: `In ${runTime(Math.max(0, now - before.at))} of the run: ${since('sent')} sent, ${since('done')} done`,
    detail: told.length > 0 ? `${told.join(', ')}.` : 'Nothing else happened.',
    concept: 'Summary',
    tone: told.length > 0 ? 'leased' : 'neutral',
  };
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
