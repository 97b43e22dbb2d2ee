import { MenuPopup } from './menu';
import type { MenuItem } from './menu-item';

/** Where a menu opens, in px of the window. */
export type MenuPoint = { x: number; y: number };

type MenuAtProps = {
  /** Its accessible name. */
  label: string;
  at: MenuPoint;
  items: readonly MenuItem[];
  /** What gets the focus back. */
  from: HTMLElement | null;
  onClose: () => void;
};

/** A menu at a point, mounted only while open: keys as in `Menu`; Esc or a press outside closes it. */
export const MenuAt = ({ at, ...menu }: MenuAtProps) => (
  <MenuPopup
    {...menu}
    isOpen
    anchor={{ getBoundingClientRect: () => DOMRect.fromRect(at) }}
    gap={2}
    align="start"
    side="bottom"
  />
);
