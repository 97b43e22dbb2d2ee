import { useLayoutEffect, useRef, useState } from 'react';
import type { World } from '@/lab/film/world';
import { boxesWithin } from '@/ui/browser/boxes-within';
import { workersOf } from '../play/workers-of';

type Line = { path: string; tone: 'in' | 'held' | 'lost' };
type Drawn = { lines: readonly Line[]; hub?: { x: number; y: number } };

/**
 * Lines that stand: from producers to the queue, and from the leased messages to the workers that hold them, dashed to those that
 * crashed. Decoration: the tiles name their workers. Measured anew when something is held by another one or has moved.
 */
export function Links({ world, producers, isOff }: { world: World; producers: number; isOff: boolean }) {
  const svg = useRef<SVGSVGElement>(null);
  const [drawn, setDrawn] = useState<Drawn>({ lines: [] });
  const held = isOff ? '' : heldBy(world);
  useLayoutEffect(() => {
    const stage = svg.current?.parentElement;
    if (!stage) return undefined;
    const measure = () => setDrawn(measured(stage, producers, held));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(stage);
    for (const card of stage.querySelectorAll('.wks, .prs, .qs')) observer.observe(card);
    stage.addEventListener('scroll', measure, { capture: true, passive: true });
    return () => {
      observer.disconnect();
      stage.removeEventListener('scroll', measure, { capture: true });
    };
  }, [producers, held]);
  return (
    <svg ref={svg} className="lk" aria-hidden="true">
      {drawn.lines.map(({ path, tone }) => (
        <path key={path} d={path} className={`lk--${tone}`} />
      ))}
      {drawn.hub && <circle cx={drawn.hub.x} cy={drawn.hub.y} r="3.5" className="lk__hub" />}
    </svg>
  );
}

/** Who holds what: `2+ 3-`, the crashed with a minus. */
function heldBy(world: World): string {
  const holders = new Map<string, boolean>();
  for (const { by, isVisible, id } of Object.values(world.messages))
    if (by !== undefined && !isVisible) {
      const isHeld = world.actors[by]?.holds.includes(id) === true;
      holders.set(by, isHeld || holders.get(by) === true);
    }
  const names = ['you', ...workersOf(world).map(([name]) => name)];
  return names.flatMap((name) => (holders.has(name) ? [`${name}${holders.get(name) ? '+' : '-'}`] : [])).join(',');
}

function measured(stage: HTMLElement, producers: number, held: string): Drawn {
  const within = boxesWithin(stage);
  const boxOf = (selector: string) => {
    const element = stage.querySelector(selector);
    if (!element) return undefined;
    const { left, right, top, bottom } = within(element);
    if (left === right) return undefined;
    const y = (top + bottom) / 2;
    // What has been scrolled out of its column has no line.
    const column = element.closest('.col');
    const seen = column && within(column);
    return seen && (y < seen.top || y > seen.bottom) ? undefined : { left, right, y };
  };
  const lines: Line[] = [];
  const queue = boxOf('.qbox');
  const visible = boxOf('.lane--v');
  const invisible = boxOf('.lane--l');
  if (queue && visible)
    for (let index = 1; index <= producers; index++) {
      const from = boxOf(`[data-stop="actor producer ${index}"]`);
      if (from && queue.left - from.right > LEAST_PX)
        lines.push({
          path: `${curve(from.right, from.y, queue.left - 3, visible.y)}${arrow(queue.left - 3, visible.y)}`,
          tone: 'in',
        });
    }
  if (!queue || !invisible || held === '') return { lines };
  const hub = { x: queue.right + 4, y: invisible.y };
  for (const one of held.split(',')) {
    const to = boxOf(`[data-stop="actor ${one.slice(0, -1)}"]`);
    if (to && to.left - hub.x > LEAST_PX)
      lines.push({ path: curve(hub.x, hub.y, to.left, to.y), tone: one.endsWith('+') ? 'held' : 'lost' });
  }
  return lines.some(({ tone }) => tone !== 'in') ? { lines, hub } : { lines };
}

/** Room that a line needs between two columns. */
const LEAST_PX = 24;

function curve(x: number, y: number, toX: number, toY: number): string {
  const middle = (x + toX) / 2;
  return `M${x} ${y}C${middle} ${y} ${middle} ${toY} ${toX} ${toY}`;
}

const arrow = (x: number, y: number) => `M${x - 5} ${y - 4}l5 4l-5 4`;
