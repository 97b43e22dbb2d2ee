import { Columns3, Copy, CornerDownRight, WrapText } from 'lucide-react';
import { shownKey } from '@/actions/action';
import { messageActions } from '@/actions/message-actions';
import type { Stage } from '@/azure/bodies/model';
import type { QueueRef } from '@/messages/record';
import type { BodyView } from '@/search/task';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { setQueueView, useQueueView } from '@/state/settings/queue-view-settings';
import { copyText } from '@/ui/code/code';
import { hexDump } from '@/ui/code/hex-view';
import { IconButton } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { Menu } from '@/ui/overlay/menu';
import type { MenuItem } from '@/ui/overlay/menu-item';
import { isolated } from '@/words/isolate';

/** Makes a key of this body a column of the grid, or takes it out again. */
export function BodyColumnsMenu({ connectionId, queue, offered }: QueueRef & { offered: readonly string[] }) {
  const { paths } = useQueueView(connectionId, queue);
  if (offered.length === 0) return null;
  return (
    <Menu
      label="Show as columns"
      trigger={<IconButton size="sm" label="Show as columns" icon={<Columns3 />} />}
      items={offered.map((path) => ({
        label: isolated(path),
        checked: paths.includes(path),
        onSelect: () =>
          setQueueView(connectionId, queue, {
            paths: paths.includes(path) ? paths.filter((one) => one !== path) : [...paths, path],
          }),
      }))}
    />
  );
}

/** The inner values of the text in sight, for those that are far down or right in it. */
export function InnerValuesMenu({ inner, onOpen }: { inner: BodyView['inner']; onOpen: (path: string) => void }) {
  if (inner.length === 0) return null;
  return (
    <Menu
      label="Open a value"
      trigger={<IconButton size="sm" label="Open a value" icon={<CornerDownRight />} />}
      items={inner.map(({ path, chain }) => ({ label: `${isolated(path)}: ${chain}`, onSelect: () => onOpen(path) }))}
    />
  );
}

const copyItem = (label: string, textOf: () => string, said: string): MenuItem[] => [
  { label, onSelect: () => void copy(textOf(), said) },
];

/** `text`: the message text; `laidOut`: that of the stage with line breaks and indents, where it has been laid out. */
type BodyToolsProps = { text: string; stage: Stage; laidOut: string | undefined };

/** Wrapping, and what can be copied. */
export function BodyTools({ text, stage, laidOut }: BodyToolsProps) {
  const wrap = usePreference('wrapBody');
  const { text: decoded } = stage;
  const items: MenuItem[] = [
    {
      label: 'Copy message text',
      keys: shownKey(messageActions.copy),
      onSelect: () => void copy(text, 'Copied the message text'),
    },
    ...(decoded === undefined
      ? copyItem('Copy as hex', () => hexDump(stage.bytes ?? new Uint8Array()), 'Copied as hex')
      : []),
    ...(decoded !== undefined && decoded !== text
      ? copyItem('Copy decoded', () => decoded, 'Copied the decoded text')
      : []),
    ...(laidOut === undefined ? [] : copyItem('Copy formatted', () => laidOut, 'Copied the formatted text')),
  ];
  return (
    <>
      <IconButton
        size="sm"
        label="Wrap lines"
        aria-pressed={wrap}
        icon={<WrapText />}
        className="aria-pressed:bg-active aria-pressed:text-text"
        onClick={() => setPreference('wrapBody', !wrap)}
      />
      <Menu label="Copy body" trigger={<IconButton size="sm" label="Copy body" icon={<Copy />} />} items={items} />
    </>
  );
}

async function copy(text: string, said: string) {
  if (await copyText(text)) announce(said);
}
