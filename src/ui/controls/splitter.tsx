import type { KeyboardEvent, PointerEvent } from 'react';
import { textScale } from '../browser/text-size';
import { cx } from '../format/cx';

export type SplitterProps = {
  /** "Resize details". */
  label: string;
  /** Of the line: `vertical` is between left and right panes, `horizontal` between upper and lower. */
  orientation: 'vertical' | 'horizontal';
  /** Size of the pane it belongs to, in px of the design. */
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  /** True when the pane is after the line (right of it or below it). */
  inverted?: boolean | undefined;
};

const STEP_PX = 16;

/** A line between panes, dragged or moved with arrow keys (16 px), Home and End (WAI-ARIA window splitter). */
export function Splitter({ label, orientation, value, min, max, onChange, inverted }: SplitterProps) {
  const vertical = orientation === 'vertical';
  const sign = inverted ? -1 : 1;
  const set = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))));

  function key(event: KeyboardEvent) {
    const less = vertical ? 'ArrowLeft' : 'ArrowUp';
    const more = vertical ? 'ArrowRight' : 'ArrowDown';
    const targets: Record<string, number> = {
      [less]: value - sign * STEP_PX,
      [more]: value + sign * STEP_PX,
      Home: min,
      End: max,
    };
    const next = targets[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  }

  const at = (pointer: { clientX: number; clientY: number }) => (vertical ? pointer.clientX : pointer.clientY);

  function drag(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    const line = event.currentTarget;
    const start = at(event);
    const move = (pointer: globalThis.PointerEvent) => set(value + (sign * (at(pointer) - start)) / textScale());
    const stop = () => line.removeEventListener('pointermove', move);
    event.preventDefault();
    line.focus();
    line.setPointerCapture(event.pointerId);
    line.addEventListener('pointermove', move);
    line.addEventListener('lostpointercapture', stop, { once: true });
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a focusable separator is a widget
    <div
      role="separator"
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a focusable separator is a widget
      tabIndex={0}
      onKeyDown={key}
      onPointerDown={drag}
      className={cx(
        'group/splitter relative z-2 flex-none touch-none bg-line outline-none',
        // 9 px for the pointer, 1 px visible.
        "before:absolute before:content-[''] after:absolute after:rounded-full after:bg-line-control after:content-[''] hover:bg-line-control focus-visible:bg-accent-solid focus-visible:after:bg-accent-solid",
        vertical
          ? 'w-px cursor-col-resize before:inset-y-0 before:-inset-x-1 after:inset-y-0 after:-left-px after:my-auto after:h-7 after:w-[3px] focus-visible:after:w-1'
          : 'h-px cursor-row-resize before:inset-x-0 before:-inset-y-1 after:inset-x-0 after:-top-px after:mx-auto after:h-[3px] after:w-7 focus-visible:after:h-1',
      )}
    />
  );
}
