import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { Kbd } from './kbd';

/** Shows the name of `children` (one focusable element with a name) or why it is disabled, on hover and focus. */
export function Tooltip({
  label,
  keys,
  children,
}: {
  label: string;
  keys?: string | undefined;
  children: ReactElement;
}) {
  return (
    <Base.Root
      onOpenChange={(_, change) => {
        // Esc closes the tooltip and, with the same press, the dialog or pane it was in.
        if (change.reason === 'escape-key') change.allowPropagation();
      }}
    >
      <Base.Trigger delay={450} render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-60">
          {/* Hidden, since it repeats the name of its element. */}
          <Base.Popup
            aria-hidden="true"
            className="flex max-w-80 items-center gap-2 rounded-6 bg-ink px-2 py-1 text-12 text-on-ink shadow-2 transition-opacity duration-(--t-base) data-ending-style:opacity-0 data-instant:duration-0 data-starting-style:opacity-0"
          >
            {label}
            {keys && <Kbd className="border-current/40! bg-transparent! text-inherit!">{keys}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
