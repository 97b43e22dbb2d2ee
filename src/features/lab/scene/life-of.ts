import type { LabEvent } from '@/lab/film/lab-event';
import type { Reply } from '@/lab/run/calls';
import { readOrder } from '@/lab/run/order';
import { asked, type NameOf, replied, wireLine } from '../text/event-text';
import { actorName, queueName, runTime } from '../text/names';

/** One line of the life of a message; `at` in ms of the run. `wire`: the request that did it, if one did. */
export type LifeLine = { key: number; at: number; who: string; what: string; after?: string; wire?: string };

/** Lines of a life that are shown, the last; a message that nobody can work on comes back for ever. */
export const MOST_LINES = 200;

/**
 * What happened up to a moment to an order, by the number or by a message that has it: also to its copies, and after it was
 * deleted. Takes as long as the events up to then.
 */
export function lifeOf(events: readonly LabEvent[], until: number, order: number, id: string, nameOf: NameOf) {
  const ids = new Set([id]);
  const lines: LifeLine[] = [];
  for (const event of events) {
    if (event.at > until) break;
    if (order > 0 && event.what === 'served' && event.request.op === 'send' && event.reply.ok)
      if (readOrder(event.request.text).order === order)
        for (const sent of event.reply.messages ?? []) ids.add(sent.id);
    const line = lineOf(event, ids, order, nameOf);
    if (line) lines.push({ key: event.number, at: event.at, ...line });
  }
  return lines;
}

function lineOf(
  event: LabEvent,
  ids: ReadonlySet<string>,
  order: number,
  nameOf: NameOf,
): Omit<LifeLine, 'key' | 'at'> | undefined {
  switch (event.what) {
    case 'visible':
      return ids.has(event.id) ? { who: 'Queue', what: 'Visible again by itself: nobody sent a request' } : undefined;
    case 'expired':
      return ids.has(event.id) ? { who: 'Queue', what: 'Expired: its time to live is over' } : undefined;
    case 'charged':
      return order > 0 && event.order === order
        ? { who: actorName(event.actor), what: 'Charged the order' }
        : undefined;
    case 'noted':
      return event.note.what === 'failed' && ids.has(event.note.id)
        ? { who: actorName(event.actor), what: 'Failed at it, and wrote nothing' }
        : undefined;
    case 'served': {
      const { request, reply, actor, at } = event;
      if (request.op === 'peek' || !isAbout(request, reply, ids)) return undefined;
      const { method, path } = wireLine(request);
      const after = stateAfter(request, reply, at);
      return {
        who: actorName(actor),
        what: `${asked(request, nameOf)}: ${replied(reply, nameOf)}`,
        wire: `${method} ${path}`,
        ...(after !== undefined && { after }),
      };
    }
    case 'asked':
    case 'answered':
    case 'viewed':
    case 'did':
      return undefined;
  }
}

type Request = Extract<LabEvent, { what: 'served' }>['request'];

const isAbout = (request: Request, reply: Reply, ids: ReadonlySet<string>): boolean =>
  ('id' in request && ids.has(request.id)) || (reply.ok && (reply.messages ?? []).some(({ id }) => ids.has(id)));

/** How it stands with the message after a request. */
function stateAfter(request: Request, reply: Reply, at: number): string | undefined {
  if (!reply.ok) return undefined;
  switch (request.op) {
    case 'receive':
    case 'update':
      return request.vis === 0 ? 'Visible at once' : `Hidden until ${runTime(at + request.vis * 1000)}`;
    case 'send':
      return request.delay > 0 ? `Hidden until ${runTime(at + request.delay * 1000)}` : undefined;
    case 'delete':
      return `Gone from ${queueName(request.queue)}`;
    case 'create':
    case 'peek':
    case 'count':
      return undefined;
  }
}

/** The message that a person looks for by its number or the beginning of its id, the latest of several; undefined: none yet. */
export function findMessage(events: readonly LabEvent[], until: number, text: string): string | undefined {
  const wanted = text.trim().replace(/^#/, '').toLowerCase();
  if (wanted === '') return undefined;
  let found: string | undefined;
  for (const event of events) {
    if (event.at > until) break;
    if (event.what !== 'served' || event.request.op !== 'send' || !event.reply.ok) continue;
    const { order } = readOrder(event.request.text);
    for (const { id } of event.reply.messages ?? [])
      if (String(order) === wanted || (wanted.length >= 4 && id.toLowerCase().startsWith(wanted))) found = id;
  }
  return found;
}
