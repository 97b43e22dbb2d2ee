import { ChevronLeft, ChevronRight, CircleAlert, Eye, Info, Zap } from 'lucide-react';
import { IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import type { Caption } from '../text/event-text';

const ICONS = { danger: Zap, leased: CircleAlert, accent: Eye, neutral: Info } as const;

/** What is happening, in words that belong to an event, and why. */
export function CaptionBar({
  caption,
  isSmall = false,
  onStep,
}: {
  caption: Caption;
  isSmall?: boolean;
  /** To the next event that has a caption, or the one before. */
  onStep?: (by: 1 | -1) => void;
}) {
  const Icon = ICONS[caption.tone];
  return (
    <section
      data-keep-clear
      className={cx('cap', isSmall && 'cap--s')}
      role="status"
      aria-live="polite"
      aria-label="What is happening"
    >
      <span
        className={cx('cap__i', caption.tone === 'accent' && 'cap__i--a', caption.tone === 'neutral' && 'cap__i--n')}
      >
        <Icon size={18} aria-hidden="true" />
      </span>
      <div className="min-w-0 flex-1">
        {/* A sentence, no heading: nothing is below it. */}
        <div className="cap__t">{caption.title}</div>
        <p className="cap__s">{caption.detail}</p>
      </div>
      <div className="cap__n max-desk:hidden">
        <span className="text-text-3">{caption.concept}</span>
        {onStep && (
          <span className="row">
            <IconButton label="Previous concept" icon={<ChevronLeft />} onClick={() => onStep(-1)} />
            <IconButton label="Next concept" icon={<ChevronRight />} onClick={() => onStep(1)} />
          </span>
        )}
      </div>
    </section>
  );
}
