/** A rectangle in CSS px of an ancestor, from its upper left corner. */
export type Box = { left: number; right: number; top: number; bottom: number };

/** How much larger an element is seen than it is laid out, by CSS `zoom` on it or around it; 1 where it has no size. */
export const zoomOf = (element: HTMLElement): number =>
  element.getBoundingClientRect().width / element.offsetWidth || 1;

/**
 * Measures where elements are within an ancestor, in the px that what is drawn in it is laid out in: the browser tells rectangles
 * as they are seen, magnified by `zoom`.
 */
export function boxesWithin(ancestor: HTMLElement): (element: Element) => Box {
  const origin = ancestor.getBoundingClientRect();
  const zoom = zoomOf(ancestor);
  return (element) => {
    const box = element.getBoundingClientRect();
    return {
      left: (box.left - origin.left) / zoom,
      right: (box.right - origin.left) / zoom,
      top: (box.top - origin.top) / zoom,
      bottom: (box.bottom - origin.top) / zoom,
    };
  };
}
