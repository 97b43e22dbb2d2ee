import { countOf } from '@/lab/film/counts';
import type { LabEvent } from '@/lab/film/lab-event';
import { WATCHER, type World } from '@/lab/film/world';
import { type Call, POISON, type Reply } from '@/lab/run/calls';
import { readOrder } from '@/lab/run/order';
import { writeParam } from '@/lab/run/params';
import { counted } from '@/words/counts';
import { actorName, orderName, queueName, shortReceipt } from './names';

/** How grave what happened is: it chooses the colour and the icon. */
export type Tone = 'danger' | 'leased' | 'accent' | 'neutral';

/** What happened in one line, and in one or two sentences why that is so. */
export type Caption = { title: string; detail: string; concept: string; tone: Tone; id?: string; actor?: string };

/** The name of a message that still is, or was a moment ago. */
export type NameOf = (id: string) => string;

/** False for an event without a caption of its own: then the world at its time need not be looked at. */
export function mayBeTold(event: LabEvent): boolean {
  if (event.what === 'answered')
    return event.reply.ok ? event.request.op === 'send' && event.request.queue === POISON : 'id' in event.request;
  if (event.what === 'noted') return event.note.what === 'crashed' || event.note.what === 'failed';
  return event.what === 'visible' || event.what === 'expired' || event.what === 'charged';
}

/** The caption of an event that a person should notice; undefined for others. */
export function captionOf(event: LabEvent, world: World, nameOf: NameOf): Caption | undefined {
  switch (event.what) {
    case 'noted': {
      const { note, actor } = event;
      if (note.what === 'crashed') return crashed(actor, world, nameOf);
      if (note.what === 'failed')
        return {
          title: `${actorName(actor)} failed at ${orderName(note.order)}`,
          detail: 'It writes nothing: the lease just ends, and the message is visible again.',
          concept: 'Failure is silence',
          tone: 'danger',
          id: note.id,
          actor,
        };
      return undefined;
    }
    case 'visible': {
      const message = world.messages[event.id];
      const wasDelayed = message?.count === 0;
      return {
        title: `${nameOf(event.id)} is visible again`,
        detail: wasDelayed
          ? 'Its delay is over. Nobody sent a request for that.'
          : `Its lease ended without a delete. Nobody sent a request for that, and its dequeue count stays ${message?.count ?? 1} until the next receive.`,
        concept: 'At-least-once delivery',
        tone: 'accent',
        id: event.id,
      };
    }
    case 'expired':
      return {
        title: `${nameOf(event.id)} has expired`,
        detail: 'Its time to live is over: the service removed it, read or unread.',
        concept: 'Time to live',
        tone: 'danger',
        id: event.id,
      };
    case 'charged': {
      const times = countOf(world.effects, event.order);
      if (times < 2) return undefined;
      return {
        title: `${orderName(event.order)} was charged ${counted(times, 'time')}`,
        detail: 'The queue kept its promise: at least once. Make the work safe to repeat.',
        concept: 'Effects',
        tone: 'danger',
        actor: event.actor,
      };
    }
    case 'answered':
      return answered(event, world, nameOf);
    case 'asked':
    case 'served':
    case 'viewed':
    case 'did':
      return undefined;
  }
}

function crashed(actor: string, world: World, nameOf: NameOf): Caption {
  const lost = Object.values(world.messages).filter((one) => one.by === actor && !one.isVisible);
  const [first] = lost;
  if (!first)
    return {
      title: `${actorName(actor)} crashed`,
      detail: 'It held no message, so nobody waits for anything.',
      concept: 'At-least-once delivery',
      tone: 'danger',
      actor,
    };
  const others = lost.length > 1 ? ` and ${lost.length - 1} more` : '';
  return {
    title: `${actorName(actor)} crashed with ${nameOf(first.id)}${others} in its hands`,
    detail: `The service knows nothing of the crash. It only knows that nobody has deleted ${nameOf(first.id)}.`,
    concept: 'At-least-once delivery',
    tone: 'danger',
    id: first.id,
    actor,
  };
}

function answered(
  { actor, request, reply }: Extract<LabEvent, { what: 'answered' }>,
  world: World,
  nameOf: NameOf,
): Caption | undefined {
  if (!reply.ok) {
    if (!('id' in request)) return undefined;
    const why = world.messages[request.id]
      ? 'Its receipt is void: the message was received or updated since.'
      : 'The message is not there any more: someone deleted it, or it has expired.';
    return {
      title: `${actorName(actor)}: ${request.op} of ${nameOf(request.id)} was refused`,
      detail: `${reply.status} ${reply.code}. ${why}`,
      concept: 'Pop receipt',
      tone: 'danger',
      id: request.id,
      actor,
    };
  }
  if (request.op === 'send' && request.queue === POISON)
    return {
      title: `${actorName(actor)} put a copy of ${orderName(readOrder(request.text).order)} into orders-poison`,
      detail: 'Then it deletes the original. The worker does that, not Azure.',
      concept: 'Poison queue',
      tone: 'danger',
      actor,
    };
  return undefined;
}

/** One event in words, for the list; undefined for those that say nothing of their own. */
export function eventText(event: LabEvent, nameOf: NameOf): { who: string; what: string } | undefined {
  switch (event.what) {
    case 'answered':
      // The looks of the checks are nobody's doing.
      if (event.actor === WATCHER) return undefined;
      return { who: actorName(event.actor), what: `${asked(event.request, nameOf)}: ${replied(event.reply, nameOf)}` };
    case 'visible':
      return { who: 'Queue', what: `${nameOf(event.id)} is visible` };
    case 'expired':
      return { who: 'Queue', what: `${nameOf(event.id)} has expired` };
    case 'charged':
      return { who: actorName(event.actor), what: `Charged ${orderName(event.order)}` };
    case 'noted': {
      const { note } = event;
      if (note.what === 'ignored') return undefined;
      const what = note.what === 'failed' ? `Failed at ${orderName(note.order)}` : NOTES[note.what];
      return { who: actorName(event.actor), what };
    }
    case 'did':
      return event.input.act === 'set'
        ? { who: 'You', what: `Set ${event.input.name} to ${writeParam(event.input.value, event.input.name)}` }
        : undefined;
    case 'asked':
    case 'served':
    case 'viewed':
      return undefined;
  }
}

const NOTES = { crashed: 'Crashed', restarted: 'Started again', left: 'Left' } as const;

/** A request in words. */
export function asked(request: Call, nameOf: NameOf): string {
  const queue = queueName(request.queue);
  switch (request.op) {
    case 'create':
      return `Create queue ${queue}`;
    case 'send':
      return `Put ${orderName(readOrder(request.text).order)} into ${queue}`;
    case 'receive':
      return `Receive ${request.count === 1 ? 'a message' : `up to ${request.count}`} for ${request.vis} s`;
    case 'update':
      return `Update ${nameOf(request.id)}, hidden for ${request.vis} s`;
    case 'delete':
      return `Delete ${nameOf(request.id)}`;
    case 'peek':
      return `Peek ${queue}`;
    case 'count':
      return `Count of ${queue}`;
  }
}

/** An answer in words. */
export function replied(reply: Reply, nameOf: NameOf): string {
  if (!reply.ok) return `${reply.status} ${reply.code}`;
  if (reply.approximate !== undefined) return `${reply.status}, about ${reply.approximate}`;
  if (!reply.messages) return String(reply.status);
  if (reply.messages.length === 0) return `${reply.status}, no message`;
  return `${reply.status}, ${reply.messages.map(({ id, count }) => `${nameOf(id)} with dequeue count ${count}`).join(', ')}`;
}

/** A request as the wire has it: method and path. */
export function wireLine(request: Call): { method: string; path: string } {
  const messages = `/${request.queue}/messages`;
  switch (request.op) {
    case 'create':
      return { method: 'PUT', path: `/${request.queue}` };
    case 'send':
      return {
        method: 'POST',
        path: `${messages}?visibilitytimeout=${request.delay}&messagettl=${request.timeToLive}`,
      };
    case 'receive':
      return { method: 'GET', path: `${messages}?numofmessages=${request.count}&visibilitytimeout=${request.vis}` };
    case 'peek':
      return { method: 'GET', path: `${messages}?peekonly=true&numofmessages=${request.count}` };
    case 'count':
      return { method: 'GET', path: `/${request.queue}?comp=metadata` };
    case 'update':
      return {
        method: 'PUT',
        path: `${messages}/${short(request.id)}?popreceipt=${shortReceipt(request.receipt)}&visibilitytimeout=${request.vis}`,
      };
    case 'delete':
      return { method: 'DELETE', path: `${messages}/${short(request.id)}?popreceipt=${shortReceipt(request.receipt)}` };
  }
}

const short = (text: string) => `${text.slice(0, 8)}…`;
