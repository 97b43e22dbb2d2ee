import { type ReactNode, useEffect, useRef } from 'react';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { rem } from '@/ui/browser/text-size';
import { useAlone } from '@/ui/browser/use-alone';
import { useMedia } from '@/ui/browser/use-media';
import { Splitter } from '@/ui/controls/splitter';
import { cx } from '@/ui/format/cx';
import { shortId } from '../shared/short-id';

const NARROWEST_PX = 320;
const WIDEST_PX = 640;

type DetailsPaneProps = { messageId: string; onClose: () => void; children: ReactNode };

/** Beside the grid, over it under 1180 px, the whole screen under 760 px and in a short window. Esc closes it. */
export function DetailsPane({ messageId, onClose, children }: DetailsPaneProps) {
  const { width } = usePreference('details');
  const isOver = useMedia('(width < 1180px), (height < 520px)');
  const isWhole = useMedia('(width < 760px), (height < 520px)');
  const pane = useRef<HTMLElement>(null);
  useAlone(pane, isWhole);
  useEffect(() => {
    // The whole screen covers the rows, and takes the focus; what is open over the details keeps it.
    if (isWhole && !document.activeElement?.closest('[data-open]')) pane.current?.focus();
  }, [isWhole]);
  return (
    <>
      {!isOver && (
        <Splitter
          label="Resize details"
          orientation="vertical"
          inverted
          value={width}
          min={NARROWEST_PX}
          max={WIDEST_PX}
          onChange={(next) => setPreference('details', { width: next })}
        />
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc from any control inside */}
      <aside
        ref={pane}
        tabIndex={-1}
        aria-label={`Message ${shortId(messageId)}`}
        className={cx(
          '@container flex min-h-0 flex-col bg-surface outline-none short:block short:scroll-py-11 short:overflow-y-auto',
          isWhole
            ? 'fixed inset-0 z-30'
            : isOver
              ? 'absolute inset-y-0 right-0 z-10 max-w-full border-l border-line-strong shadow-3'
              : 'flex-none',
        )}
        style={isWhole ? undefined : { width: rem(width) }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.stopPropagation();
          onClose();
        }}
      >
        {children}
      </aside>
    </>
  );
}
