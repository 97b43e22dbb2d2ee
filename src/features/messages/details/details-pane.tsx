import { type ReactNode, useEffect, useRef } from 'react';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { rem } from '@/ui/browser/text-size';
import { useIsPhone, useMedia } from '@/ui/browser/use-media';
import { Splitter } from '@/ui/controls/splitter';
import { cx } from '@/ui/format/cx';
import { shortId } from '../shared/short-id';

const NARROWEST_PX = 320;
const WIDEST_PX = 640;

type DetailsPaneProps = { messageId: string; onClose: () => void; children: ReactNode };

/** Beside the grid, over it under 1180 px, the whole screen under 760 px. Esc closes it. */
export function DetailsPane({ messageId, onClose, children }: DetailsPaneProps) {
  const { width } = usePreference('details');
  const isOver = useMedia('(width < 1180px), (height < 520px)');
  const isPhone = useIsPhone();
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the details cover the rows and take the focus.
    if (isPhone) pane.current?.focus();
  }, [isPhone]);
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
          isPhone
            ? 'fixed inset-0 z-30'
            : isOver
              ? 'absolute short:fixed inset-y-0 right-0 z-10 short:z-30 max-w-full border-l border-line-strong shadow-3'
              : 'flex-none',
        )}
        style={isPhone ? undefined : { width: rem(width) }}
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
