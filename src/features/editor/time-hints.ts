import { clockTime } from '@/ui/format/relative-time';
import { secondsOf, type TimeSpan } from '@/ui/format/time-span';
import { momentAhead } from './moment-ahead';

/** Epoch ms by this clock, and the ms to add to it to get the service's. */
type Clocks = { now: number; skew: number };

/** Until when a message stays, by the clock of the service. */
export const lifeHint = (life: TimeSpan | 'never', { now, skew }: Clocks): string =>
  life === 'never' ? 'Stays until it is deleted' : `Expires ${momentAhead(now + skew + secondsOf(life) * 1000, now)}`;

/** From when on consumers see a message, by the clock of the service. */
export function delayHint(delay: TimeSpan, { now, skew }: Clocks): string {
  const seconds = secondsOf(delay);
  if (!(seconds > 0)) return 'Consumers see it at once';
  const at = now + skew + seconds * 1000;
  return `Consumers see it at ${seconds > 86_400 ? momentAhead(at, now) : clockTime(at)}`;
}
