import { scrollerOf } from '../browser/use-media';

/**
 * Where the rows of a grid are in what scrolls them, in px: how much of the rows is above the upper edge of what is seen
 * (negative while they begin below it), and how high that is. What covers the edge, such as a head, is not seen.
 */
export function rowsInSight(
  grid: HTMLElement,
  head: number,
): { above: number; height: number; by: (px: number) => void } {
  const { scroller, covered } = scrollerOf(grid);
  const edge = scroller === grid ? head : covered;
  return {
    above: rowsAbove(grid) + edge,
    height: scroller.clientHeight - edge,
    by: (px) => scroller.scrollBy({ top: px, behavior: 'instant' }),
  };
}

/** Px from the first row down to the upper edge of what scrolls the grid; negative while the row is below it. */
export function rowsAbove(grid: HTMLElement | null): number {
  const rows = grid?.lastElementChild;
  if (!rows) return 0;
  return scrollerOf(grid).scroller.getBoundingClientRect().top - rows.getBoundingClientRect().top;
}
