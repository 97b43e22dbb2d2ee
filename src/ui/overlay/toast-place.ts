import { textScale } from '../browser/text-size';

type Size = { width: number; height: number };
type Box = { left: number; right: number; top: number; bottom: number };

/** Px between the toasts and the edges of the main part, and what they keep clear of. */
const MARGIN = { wide: 16, phone: 12, bottom: 12, clear: 12 };
const PHONE_PX = 760;

/**
 * Where toasts stand, in px from the left and the bottom of the window: at the bottom left of the main part, raised above what they
 * would lie over there; at its right when there is no room above. Where nothing is clear, at the bottom left all the same, and
 * `isClear` is false: then it is below the rest that it stands.
 */
export function placeToasts(
  window: Size,
  main: Box,
  stack: Size,
  obstacles: readonly Box[],
): { left: number; bottom: number; isClear: boolean } {
  const margin = window.width < PHONE_PX * textScale() ? MARGIN.phone : MARGIN.wide;
  const foot = Math.min(main.bottom, window.height) - MARGIN.bottom;
  const first = Math.max(0, main.left) + margin;
  const last = Math.min(main.right, window.width) - margin - stack.width;
  for (const left of last > first ? [first, last] : [first]) {
    const end = clearEnd(left, foot, stack, obstacles);
    if (end - stack.height >= Math.max(0, main.top)) return { left, bottom: window.height - end, isClear: true };
  }
  return { left: first, bottom: window.height - foot, isClear: false };
}

/** The lower end of a stack at this left that lies over no obstacle, at most `foot`. */
function clearEnd(left: number, foot: number, { width, height }: Size, obstacles: readonly Box[]): number {
  let end = foot;
  // Each round passes at least one obstacle.
  for (let round = 0; round <= obstacles.length; round++) {
    const top = end - height;
    const hit = obstacles.find(
      (box) =>
        box.right > left &&
        box.left < left + width &&
        box.bottom > top - MARGIN.clear &&
        box.top < end + MARGIN.clear &&
        box.bottom > box.top,
    );
    if (!hit) return end;
    end = hit.top - MARGIN.clear;
  }
  return end;
}
