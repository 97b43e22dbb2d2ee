import type { LabEvent } from '@/lab/film/lab-event';
import type { World } from '@/lab/film/world';
import { ORDERS } from '@/lab/run/calls';

/** How many messages there were from `at` on, in ms of the run. */
export type Depth = { at: number; visible: number; invisible: number; poison: number };

/** What can change how many there are. */
const CHANGES: ReadonlySet<LabEvent['what']> = new Set(['served', 'visible', 'expired']);

/** The depths with those that the events make. Looks at the world once a second of the run at most. */
export function addDepth(
  depths: readonly Depth[],
  events: readonly LabEvent[],
  worldAt: (at: number) => World,
): Depth[] {
  const after = [...depths];
  let last = after.at(-1)?.at ?? -1000;
  for (const [index, event] of events.entries()) {
    if (!CHANGES.has(event.what)) continue;
    const isLast = index === events.length - 1;
    if (event.at < last + 1000 && !isLast) continue;
    last = event.at;
    after.push(depthOf(worldAt(event.at)));
  }
  return after;
}

export const cutDepth = (depths: readonly Depth[], at: number): Depth[] => depths.filter((one) => one.at <= at);

/** How many messages there are. */
export function depthOf({ at, messages }: World): Depth {
  const depth: Depth = { at, visible: 0, invisible: 0, poison: 0 };
  for (const message of Object.values(messages)) {
    if (message.queue !== ORDERS) depth.poison++;
    else if (message.isVisible) depth.visible++;
    else depth.invisible++;
  }
  return depth;
}
