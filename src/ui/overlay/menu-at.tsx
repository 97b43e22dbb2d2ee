import { Menu as Base } from '@base-ui/react/menu';
import { landmarkFor, MENU_STYLE, type MenuItem, MenuItems } from './menu';

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
export function MenuAt({ label, at, items, from, onClose }: MenuAtProps) {
  const anchor = { getBoundingClientRect: () => DOMRect.fromRect(at) };
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal container={landmarkFor(from ?? undefined)}>
        <Base.Positioner
          anchor={anchor}
          align="start"
          side="bottom"
          sideOffset={2}
          collisionPadding={8}
          className="z-50"
        >
          <Base.Popup aria-label={label} finalFocus={() => from} className={MENU_STYLE}>
            <MenuItems items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
