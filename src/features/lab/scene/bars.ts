import type { LabEvent } from '@/lab/film/lab-event';
import type { NameOf } from '../text/event-text';

/** A stretch of a worker's time; ms of the run. `lease`: it is dead, and its lease runs on. */
export type Bar = { actor: string; from: number; to: number; kind: 'done' | 'now' | 'failed' | 'lease'; label: string };

/** What the workers did between two times, from the events up to the second. */
export function barsOf(events: readonly LabEvent[], from: number, now: number, nameOf: NameOf): Bar[] {
  const bars: Bar[] = [];
  const open = new Map<string, { id: string; since: number }>();
  /** When the lease on a message ends, as the events up to here have it. */
  const leases = new Map<string, number>();
  for (const event of events) {
    if (event.what === 'served' && event.reply.ok) {
      const { request } = event;
      if (request.op === 'receive')
        for (const { id } of event.reply.messages ?? []) leases.set(id, event.at + request.vis * 1000);
      if (request.op === 'update') leases.set(request.id, event.at + request.vis * 1000);
      if (request.op === 'delete') leases.delete(request.id);
    }
    if (event.what !== 'viewed' || !event.actor.startsWith('worker')) continue;
    const { actor, view, at } = event;
    const [id] = view.holds;
    const before = open.get(actor);
    if (before && (view.phase === 'crashed' || id !== before.id)) {
      open.delete(actor);
      const label = nameOf(before.id);
      const kind = view.phase === 'crashed' ? 'failed' : 'done';
      if (at >= from) bars.push({ actor, from: before.since, to: at, kind, label });
      const end = leases.get(before.id);
      if (kind === 'failed' && end !== undefined && end > at && end >= from)
        bars.push({ actor, from: at, to: end, kind: 'lease', label: 'lease still held' });
    }
    if (id !== undefined && view.phase !== 'crashed' && open.get(actor)?.id !== id) open.set(actor, { id, since: at });
  }
  for (const [actor, { id, since }] of open) bars.push({ actor, from: since, to: now, kind: 'now', label: nameOf(id) });
  return bars;
}
