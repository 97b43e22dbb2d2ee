import type { ReactElement } from 'react';

type Piece = ReactElement | false;

/**
 * What a control shows and what a screen reader says for it, where they differ: "orders 10,432" and "orders, about 10,432
 * messages". `as` becomes the control's name; it has the words of `children` in their order, so that whoever speaks to
 * the page can say what is seen (WCAG 2.5.3). The children are elements, which are laid out as the control's own.
 */
export const Spoken = ({ as, children }: { as: string; children: Piece | Piece[] }) => (
  <>
    <span className="sr-only">{as}</span>
    <span aria-hidden="true" className="contents">
      {children}
    </span>
  </>
);
