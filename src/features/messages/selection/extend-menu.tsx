import { ChevronDown } from 'lucide-react';
import { useAvailability } from '@/actions/action';
import { EXTENSIONS_SECONDS, extendLeases, leaseActions, type MessageSubject } from '@/actions/message-actions';
import { IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { Menu } from '@/ui/overlay/menu';
import { spokenSpan } from '@/words/spans';

type ExtendMenuProps = {
  on: MessageSubject;
  /** Offered first, where given. */
  usualSeconds?: number;
  align?: 'start';
  /** Of its button, where the usual one stands on another. */
  name?: string;
  label?: string;
  className?: string;
};

/** The menu beside Extend: for how long. */
export function ExtendMenu({
  on,
  usualSeconds,
  className,
  name = 'Choose how long to extend',
  ...menu
}: ExtendMenuProps) {
  const { rows, reason } = useAvailability(leaseActions.extend, on);
  const ids = rows.map(({ id }) => id);
  return (
    <Menu
      {...menu}
      trigger={
        <IconButton
          variant="default"
          label={name}
          icon={<ChevronDown className="size-3.5" />}
          className={cx('-ml-px w-6! rounded-l-none max-desk:w-9!', className)}
        />
      }
      items={[...new Set([...(usualSeconds ? [usualSeconds] : []), ...EXTENSIONS_SECONDS])].map((seconds) => ({
        label: `For ${spokenSpan(seconds)} from now`,
        reason,
        onSelect: () => extendLeases(on, ids, seconds),
      }))}
    />
  );
}
