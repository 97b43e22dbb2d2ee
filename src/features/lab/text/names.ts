import { ORDERS } from '@/lab/run/calls';
import { twoDigits } from '@/words/times';

const PRODUCERS = ['web-checkout', 'pos-terminal', 'mobile-app', 'partner-feed'];

/** An actor as the screen names it: `Worker 2`, `web-checkout`, `You`. */
export function actorName(actor: string): string {
  const [kind = '', number = ''] = actor.split(' ');
  if (kind === 'producer') return PRODUCERS[Number(number) - 1] ?? `Producer ${number}`;
  if (kind === 'worker') return `Worker ${number}`;
  return kind === 'you' ? 'You' : 'The observer';
}

/** A message by its order: `#1042`. */
export const orderName = (order: number): string => (order > 0 ? `#${order}` : 'a message');

export const queueName = (queue: string): string => (queue === ORDERS ? 'orders' : 'orders-poison');

/** Ms of a run as a clock shows them: `0:34.0`, `1:02:03.4`. */
export function runTime(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const hours = Math.floor(tenths / 36_000);
  const minutes = Math.floor(tenths / 600) % 60;
  const seconds = `${twoDigits(Math.floor(tenths / 10) % 60)}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

/** Ms of the run to the second: `0:34`, `1:02:03`. */
export const clockTime = (ms: number): string => runTime(ms).replace(/\.\d$/, '');

/** Whole seconds until a time of the run, at least 0. */
export const secondsUntil = (until: number, now: number): number => Math.max(0, Math.ceil((until - now) / 1000));

/** A receipt so short that it fits, with its end: two receipts of a message begin alike. */
export const shortReceipt = (receipt: string): string =>
  receipt.length > 14 ? `${receipt.slice(0, 6)}…${receipt.replace(/=+$/, '').slice(-5)}` : receipt;
