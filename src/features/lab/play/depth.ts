import type { LabEvent } from '@/lab/film/lab-event';
import type { World } from '@/lab/film/world';
import { ORDERS } from '@/lab/run/calls';

/** How many messages there were from `at` on, in ms of the run. */
export type Depth = { at: number; visible: number; invisible: number; poison: number };

/** What can change how many there are. */
const CHANGES: ReadonlySet<LabEvent['what']> = new Set(['served', 'visible', 'expired']);

/** Ms of the run between two depths at least. */
const EVERY_MS = 1000;

/** Adds the depth after an event to the depths, once a second of the run at most. Changes `depths`. */
export function addDepth(depths: Depth[], world: World, event: LabEvent): void {
  if (CHANGES.has(event.what) && event.at >= (depths.at(-1)?.at ?? -EVERY_MS) + EVERY_MS) depths.push(counted(world));
}

export const cutDepth = (depths: readonly Depth[], at: number): Depth[] => depths.filter((one) => one.at <= at);

/** Worlds as they are shown, each counted once. */
const known = new WeakMap<World, Depth>();

/** How many messages there are in a world that is shown. */
export function depthOf(world: World): Depth {
  const depth = known.get(world) ?? counted(world);
  known.set(world, depth);
  return depth;
}

function counted({ at, messages }: World): Depth {
  const depth: Depth = { at, visible: 0, invisible: 0, poison: 0 };
  for (const message of Object.values(messages)) {
    if (message.queue !== ORDERS) depth.poison++;
    else if (message.isVisible) depth.visible++;
    else depth.invisible++;
  }
  return depth;
}
