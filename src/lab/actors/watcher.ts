import { MOST_MESSAGES } from '../../azure/protocol/limits';
import { ORDERS, POISON } from '../run/calls';
import type { Actor, Wish } from './actor';

type State = { epoch: number };

/** Looks whenever something has happened, by requests that change nothing: what a check knows of the queues. */
export const watcher: Actor<State> = {
  begin: () => ({ epoch: 0 }),
  react: (state, event) => [state, event.event === 'start' || event.event === 'wake' ? LOOKS : []],
  view: () => ({ phase: 'idle', holds: [] }),
};

const LOOKS: readonly Wish[] = [ORDERS, POISON].flatMap((queue): Wish[] => [
  { wish: 'call', call: { op: 'peek', queue, count: MOST_MESSAGES } },
  { wish: 'call', call: { op: 'count', queue } },
]);
