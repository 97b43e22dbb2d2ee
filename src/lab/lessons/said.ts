import type { Seen } from '../run/calls';
import { readOrder } from '../run/order';

/** A message by the number of its order: `#1001`. */
export const named = ({ text }: Pick<Seen, 'text'>): string => `#${readOrder(text).order}`;

/** Messages by their numbers: `#1001, #1002`; `nothing` for none. */
export const allNamed = (messages: readonly Seen[] = []): string =>
  messages.length === 0 ? 'nothing' : messages.map(named).join(', ');
