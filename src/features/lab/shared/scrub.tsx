import type { CSSProperties } from 'react';
import { runTime } from '../text/names';

type ScrubProps = {
  now: number;
  /** Ms up to which the run is known. */
  end: number;
  /** Ms at which steps ticked. */
  marks: readonly number[];
  onSeek: (at: number) => void;
};

/** The time of a run as a slider: any moment that is known can be gone to. */
export function Scrub({ now, end, marks, onSeek }: ScrubProps) {
  const most = Math.max(end, now, 1000);
  return (
    <div className="scrub2">
      {marks.map((at) => (
        <s key={at} style={{ left: `${(at / most) * 100}%` }} />
      ))}
      <input
        type="range"
        aria-label="Time of the run"
        aria-valuetext={runTime(now)}
        min={0}
        max={most}
        step={100}
        value={Math.floor(now)}
        style={{ '--v': now / most } as CSSProperties}
        onChange={(event) => onSeek(Number(event.target.value))}
      />
    </div>
  );
}
