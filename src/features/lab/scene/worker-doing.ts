import type { View } from '@/lab/actors/actor';
import type { Film } from '@/lab/film/film';
import type { LabEvent } from '@/lab/film/lab-event';
import type { World } from '@/lab/film/world';
import { POISON, type Reply } from '@/lab/run/calls';
import type { Run } from '@/lab/run/run';
import { tenths } from '@/words/counts';
import { paramsAt } from '../play/params-at';
import type { NameOf } from '../text/event-text';
import { orderName, secondsUntil } from '../text/names';

/** What a worker does, in words; `share` of its work is done, 0 to 1. */
export type Doing = { what: string; rest?: string; share?: number };

/** The run around a worker, where more is known of it than its view. */
export type Around = { film: Film; run: Run; nameOf: NameOf };

/** What a worker does now, what it did before, and when it goes on. */
export function doingOf(name: string, view: View, world: World, now: number, around?: Around): Doing {
  const [first] = view.holds;
  const order = orderName((first !== undefined && world.messages[first]?.order) || 0);
  switch (view.phase) {
    case 'crashed':
      return { what: lostOf(name, world) ?? 'It held nothing', ...isBack(name, world, now, around) };
    case 'working': {
      const { since = now, until = now } = view;
      const more = view.holds.length > 1 ? ` and ${view.holds.length - 1} more in hand` : '';
      return {
        what: `Processing ${order}${more}`,
        rest: `${tenths(Math.max(0, now - since) / 1000)} of ${round((until - since) / 1000)} s`,
        share: Math.min(1, Math.max(0, (now - since) / Math.max(1, until - since))),
      };
    }
    case 'moving':
      return { what: `Copies ${order} to orders-poison` };
    case 'deleting':
      return { what: `Deletes ${order}` };
    case 'asking':
      return { what: 'Asks for the next message' };
    case 'idle':
    case 'gone': {
      const next = around && nextAsk(name, around.film, now);
      const rest = next === undefined ? undefined : `polls in ${tenths(Math.max(0, next - now) / 1000)} s`;
      return { what: (around && lastDeed(name, around, now)) ?? 'Waits for a message', ...(rest && { rest }) };
    }
  }
}

const round = (seconds: number) => Math.round(seconds * 10) / 10;

/** What a crashed worker still hides: its leases run on. */
function lostOf(name: string, { messages }: World): string | undefined {
  const lost = Object.values(messages).filter(({ by, isVisible }) => by === name && !isVisible);
  const [first] = lost;
  if (!first) return undefined;
  return `Lost ${orderName(first.order)}${lost.length > 1 ? ` and ${lost.length - 1} more` : ''} before the delete`;
}

function isBack(name: string, { notes }: World, now: number, around: Around | undefined): { rest?: string } {
  const note = notes[name];
  if (note?.what !== 'crashed') return {};
  if (!around) return { rest: `down for ${tenths((now - note.at) / 1000)} s` };
  // The wait is the one that was set when it crashed.
  const { restart } = paramsAt(around.run.params, around.run.inputs, note.at);
  return { rest: `back in ${secondsUntil(note.at + restart * 1000, now)} s` };
}

/** How far ahead and back is looked, in ms of the run, and over how many events. */
const AHEAD_MS = 5000;
const BEHIND_MS = 20_000;
const MOST_EVENTS = 600;

/** Ms of the run at which it sends its next request, as the film has it already. */
const nextAsk = (name: string, film: Film, now: number): number | undefined =>
  film.between(now + 1, now + AHEAD_MS).find((event) => event.what === 'asked' && event.actor === name)?.at;

function lastDeed(name: string, { film, nameOf }: Around, now: number): string | undefined {
  const last = film
    .between(Math.max(0, now - BEHIND_MS), now, MOST_EVENTS)
    .findLast((event) => event.what === 'answered' && event.actor === name);
  return last?.what === 'answered' ? deedOf(last, last.reply, nameOf) : undefined;
}

function deedOf(
  { request }: Extract<LabEvent, { what: 'answered' }>,
  reply: Reply,
  nameOf: NameOf,
): string | undefined {
  if (request.op === 'delete') return reply.ok ? `Deleted ${nameOf(request.id)}` : `Delete refused: ${reply.status}`;
  if (request.op === 'send' && request.queue === POISON) return 'Moved an order to orders-poison';
  if (request.op === 'receive') return reply.ok && reply.messages?.length === 0 ? 'Found no message' : undefined;
  return undefined;
}
