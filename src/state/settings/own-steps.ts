import { type QueueView, queueViewOf, setQueueView } from './queue-view-settings';

/** Messages of one queue that have steps of their own; the oldest choice goes first. */
const MOST_OWN = 500;

/** The decode steps of one message: its own, or those of its queue. */
export const stepsIn = ({ own, steps }: QueueView, id: string): QueueView['steps'] =>
  own?.has(id) ? own.get(id) : steps;

/** The decode steps of one message of a queue. */
export const stepsOf = (connectionId: string, queue: string, id: string) =>
  stepsIn(queueViewOf(connectionId, queue), id);

/** Sets the decode steps of one message; without `to` those of its queue hold for it again. */
export function setOwnSteps(connectionId: string, queue: string, id: string, to?: Pick<QueueView, 'steps'>) {
  const own = new Map(queueViewOf(connectionId, queue).own);
  own.delete(id);
  if (to) own.set(id, to.steps);
  for (const oldest of own.keys()) if (own.size > MOST_OWN) own.delete(oldest);
  setQueueView(connectionId, queue, { own });
}
