import { ChevronDown, ChevronUp, Ellipsis } from 'lucide-react';
import { createContext, type FocusEvent, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Mode } from '@/state/navigation/route';
import { useIsShort } from '@/ui/browser/use-media';
import { Button, IconButton } from '@/ui/controls/button';
import './fold.css';

const Unfold = createContext<{ isOpen: boolean; toggle: () => void }>({ isOpen: false, toggle: () => {} });

/**
 * The bars between the head and the rows. In a short window they fold to one line that scrolls away: what is most urgent, and
 * how the queue is read; a press shows all of them in full. `fold.css` says which are in the line, the `folded:` variant what
 * of a bar is not. It is the same element in every window, so that a field that raises a phone's keyboard keeps its focus.
 */
export function Fold({ mode, children }: { mode: Mode; children: ReactNode }) {
  // Another mode has other bars, and begins with the line.
  const [openIn, setOpenIn] = useState<Mode>();
  const isOpen = openIn === mode;
  const unfold = useMemo(() => ({ isOpen, toggle: () => setOpenIn(isOpen ? undefined : mode) }), [isOpen, mode]);
  return (
    <Unfold value={unfold}>
      <div
        data-fold=""
        data-unfolded={isOpen || undefined}
        onFocus={(event: FocusEvent<HTMLElement>) => {
          if (event.target.matches('input:not([type=radio], [type=checkbox]), select, textarea')) setOpenIn(mode);
        }}
      >
        <div data-bars="">{children}</div>
        <IconButton
          label={isOpen ? 'Fold the bars to one line' : 'Show the bars in full'}
          icon={isOpen ? <ChevronUp /> : <Ellipsis />}
          aria-expanded={isOpen}
          data-fold-toggle=""
          onClick={unfold.toggle}
        />
      </div>
    </Unfold>
  );
}

/** In the folded line, what a bar is set to, which is also in its name; a press shows its fields. */
export function FoldedSettings({ label, children }: { label: string; children: string }) {
  const { isOpen, toggle } = useContext(Unfold);
  return (
    useIsShort() && (
      <Button
        variant="ghost"
        aria-label={`${label}: ${children}. Change`}
        aria-expanded={isOpen}
        className="text-12! text-text! folded:max-line:hidden"
        onClick={toggle}
      >
        {children}
        <ChevronDown className="size-3.5" />
      </Button>
    )
  );
}
