import { Popover as Base } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import { useArrived } from '../browser/arriving';
import { backTo } from './final-focus';
import { isInTooltip } from './in-tooltip';

type PopoverProps = {
  /** The button that opened it, which gets the focus back. */
  anchor: HTMLElement | null;
  /** Its accessible name, also written on top. */
  title: string;
  align?: 'start' | 'end' | undefined;
  onClose: () => void;
  children: ReactNode;
};

/** A small window beside its button, mounted only while open: Esc or a press outside closes it. */
export function Popover({ anchor, title, align = 'end', onClose, children }: PopoverProps) {
  useArrived();
  return (
    <Base.Root
      open
      onOpenChange={(open, { event }) => {
        // The button handles its own press; closing here would open it again.
        if (open || isInTooltip(event)) return;
        if (!(event.target instanceof Node && anchor?.contains(event.target))) onClose();
      }}
    >
      <Base.Portal container={document.querySelector<HTMLElement>('main') ?? document.body}>
        <Base.Positioner anchor={anchor} align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup
            finalFocus={backTo(anchor)}
            className="flex max-h-(--available-height) w-96 max-w-[calc(100vw-16px)] flex-col gap-3 overflow-auto rounded-8 bg-raised p-3 text-text shadow-2 outline-none"
          >
            <Base.Title className="text-13 font-semibold">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
