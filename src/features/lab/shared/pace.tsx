import { count, tenths } from '@/words/counts';
import type { Scene } from '../play/player';

/** How fast the run is played where this machine cannot do what was asked for, or where it was asked for all it can. */
export function Pace({ scene: { pace, playing } }: { scene: Scene }) {
  if (pace === undefined || !playing) return null;
  return (
    <span className="px-2 text-12 whitespace-nowrap text-text-2 tabular-nums" role="note">
      As fast as this machine: {pace < 10 ? tenths(pace) : count(Math.round(pace))}×
    </span>
  );
}
