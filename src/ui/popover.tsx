import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';

type PopoverProps = {
  /** A button; it opens and closes the popover. */
  trigger: ReactElement;
  /** The accessible name, shown as a heading. */
  title?: string | undefined;
  align?: 'start' | 'center' | 'end' | undefined;
  children: ReactNode;
};

/** A small panel by its button; focus goes in, Esc or a press outside closes it and gives focus back. */
export function Popover({ trigger, title, align = 'start', children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className="max-h-(--available-height) max-w-(--available-width) origin-(--transform-origin) overflow-auto rounded-8 bg-raised p-3 text-text shadow-2 transition duration-(--t-base) data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
            {title && <Base.Title className="mb-2 text-13 font-semibold">{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
