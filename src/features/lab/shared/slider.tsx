import { type CSSProperties, useEffect, useEffectEvent, useId, useRef, useState } from 'react';

type SliderProps = {
  /** Its accessible name: "Visibility timeout". */
  label: string;
  /** One of `stops`, or between two of them. */
  value: number;
  /** The values that it can have, in order. */
  stops: readonly number[];
  text: (value: number) => string;
  /** Called when the person has let go of it. */
  onChange: (value: number) => void;
};

/** A slider over a few values, with its value in words beside its name. */
export function Slider({ label, value, stops, text, onChange }: SliderProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [dragged, setDragged] = useState<number>();
  const index = dragged ?? nearest(stops, value);
  const shown = dragged === undefined ? value : (stops[dragged] ?? value);
  const commit = useEffectEvent(() => {
    const chosen = stops[Number(input.current?.value)];
    setDragged(undefined);
    if (chosen !== undefined) onChange(chosen);
  });
  // React's onChange is the browser's "input": a run is not played anew while the slider still moves.
  useEffect(() => {
    const element = input.current;
    const changed = () => commit();
    element?.addEventListener('change', changed);
    return () => element?.removeEventListener('change', changed);
  }, []);
  return (
    <div className="sl">
      <div className="sl__l">
        <label htmlFor={id}>{label}</label>
        <b className="tabular-nums">{text(shown)}</b>
      </div>
      <input
        ref={input}
        id={id}
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={index}
        aria-valuetext={text(shown)}
        // Where the thumb stands, for the track before it.
        style={{ '--v': stops.length > 1 ? index / (stops.length - 1) : 0 } as CSSProperties}
        onChange={(event) => setDragged(Number(event.target.value))}
      />
    </div>
  );
}

/** Index of the stop that is nearest to the value. */
function nearest(stops: readonly number[], value: number): number {
  let best = 0;
  for (const [index, stop] of stops.entries())
    if (Math.abs(stop - value) < Math.abs((stops[best] ?? 0) - value)) best = index;
  return best;
}
