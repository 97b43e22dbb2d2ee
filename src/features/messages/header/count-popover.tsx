import type { ReactNode } from 'react';
import { cx } from '@/ui/format/cx';
import { Popover } from '@/ui/overlay/popover';
import { count, counted } from '@/words/counts';
import { CountBar, PART_LOOKS } from './count-bar';
import type { CountParts } from './count-parts';

type CountPopoverProps = { anchor: HTMLElement | null; parts: CountParts; asked: number; onClose: () => void };

/** The parts of the count of a queue: which Azure tells, which were seen, and which are inferred. */
export function CountPopover({ anchor, parts, asked, onClose }: CountPopoverProps) {
  const { total, visible, isAllVisible, held, rest } = parts;
  return (
    <Popover
      anchor={anchor}
      align="start"
      title={total === undefined ? 'Number of messages unknown' : `About ${counted(total, 'message')}`}
      onClose={onClose}
    >
      <CountBar parts={parts} className="h-2 w-full" />
      <dl className="grid gap-2.5">
        <Part name="Visible" value={`${isAllVisible ? '' : 'at least '}${count(visible)}`} look={PART_LOOKS.visible}>
          {isAllVisible
            ? 'All that a receive could be handed when this page looked last.'
            : `A peek of ${asked} came back full and sees no further.`}
        </Part>
        <Part name="Held here" value={count(held)} look={PART_LOOKS.held}>
          {held > 0
            ? 'Leased by this tab: hidden from every consumer until released or ended.'
            : 'No lease of this tab.'}
        </Part>
        <Part
          name={isAllVisible ? 'Hidden or delayed elsewhere' : 'Further back or hidden elsewhere'}
          value={rest === undefined ? 'unknown' : `about ${count(rest)}`}
          look={isAllVisible ? PART_LOOKS.hidden : PART_LOOKS.unknown}
        >
          {rest === undefined
            ? "The account's CORS rules hide x-ms-approximate-messages-count from this page. Expose x-ms-* to see it."
            : isAllVisible
              ? 'Inferred: what is left of Azure’s count. Leased by other consumers, or waiting for a delay to end.'
              : 'Inferred: what is left of Azure’s count. How much of it is visible only Browse all can tell.'}
        </Part>
      </dl>
      {total !== undefined && (
        <p className="text-12 text-text-3">
          Azure counts visible and hidden messages together. Its count is approximate and may lag behind.
        </p>
      )}
    </Popover>
  );
}

function Part({ name, value, look, children }: { name: string; value: string; look: string; children: ReactNode }) {
  return (
    <div>
      <dt className="flex items-center gap-2">
        <span aria-hidden="true" className={cx('size-2 flex-none rounded-[2px]', look)} />
        {name}
      </dt>
      <dd className="pl-4">
        <b className="font-semibold">{value}</b>
        <span className="block text-12 text-pretty text-text-2">{children}</span>
      </dd>
    </div>
  );
}
