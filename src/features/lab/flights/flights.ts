import type { LabEvent } from '@/lab/film/lab-event';
import { ORDERS } from '@/lab/run/calls';
import { readOrder } from '@/lab/run/order';

/** Where a token starts or ends: an actor's card, or a lane. */
export type Stop = `actor ${string}` | 'visible' | 'invisible' | 'poison' | 'away';

/** A message on its way, for a moment of real time after its event; it says nothing that the lists do not. */
export type Flight = { from: Stop; to: Stop; at: number; label: string; tone: 'accent' | 'leased' | 'danger' };

/** The flights that the events begin, in their order. */
export function flightsOf(events: readonly LabEvent[], nameOf: (id: string) => string): Flight[] {
  return events.flatMap((event): Flight[] => {
    if (event.what === 'visible')
      return [{ from: 'invisible', to: 'visible', at: event.at, label: nameOf(event.id), tone: 'accent' }];
    if (event.what !== 'served' || !event.reply.ok) return [];
    const { request, reply, actor, at } = event;
    const here: Stop = `actor ${actor}`;
    switch (request.op) {
      case 'send': {
        const label = `#${readOrder(request.text).order}`;
        if (request.queue !== ORDERS) return [{ from: here, to: 'poison', at, label, tone: 'danger' }];
        return [{ from: here, to: request.delay > 0 ? 'invisible' : 'visible', at, label, tone: 'accent' }];
      }
      case 'receive':
        return (reply.messages ?? []).map(({ id }) => ({
          from: 'visible',
          to: here,
          at,
          label: nameOf(id),
          tone: 'leased',
        }));
      case 'delete':
        return [{ from: here, to: 'away', at, label: nameOf(request.id), tone: 'accent' }];
      case 'create':
      case 'update':
      case 'peek':
      case 'count':
        return [];
    }
  });
}
