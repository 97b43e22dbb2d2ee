import { Layers } from 'lucide-react';
import { STEP_LABELS, type Step } from '@/azure/bodies/model';
import type { QueueRef } from '@/messages/record';
import { setQueueView, useQueueView } from '@/state/settings/queue-view-settings';
import { Button, IconButton } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { Menu } from '@/ui/overlay/menu';

/** The steps in words: `Base64, then UTF-16`. */
const wordsOf = (steps: readonly Step[]) =>
  steps.length === 0 ? 'as they came' : steps.map((step) => STEP_LABELS[step]).join(', then ');

/** Sets how the bodies of this queue are decoded on this device: automatically, or by chosen steps. */
export function DecodeMenu({ connectionId, queue }: QueueRef) {
  const { steps } = useQueueView(connectionId, queue);
  function choose(next: readonly Step[] | undefined) {
    setQueueView(connectionId, queue, { steps: next });
    announce(next ? `Bodies of ${queue} are decoded ${wordsOf(next)}` : 'Bodies are decoded automatically');
  }
  const isBegun = steps !== undefined && steps.length > 0;
  return (
    <Menu
      label="Decode as"
      trigger={<IconButton size="sm" label="Decode as" icon={<Layers />} />}
      items={[
        { label: 'Automatic', checked: steps === undefined, onSelect: () => choose(undefined) },
        { label: 'As it came', checked: steps?.length === 0, onSelect: () => choose([]) },
        'separator',
        ...(Object.keys(STEP_LABELS) as Step[]).map((step) => ({
          label: `${isBegun ? 'Then' : 'As'} ${STEP_LABELS[step]}`,
          onSelect: () => choose([...(steps ?? []), step]),
        })),
        ...(isBegun
          ? (['separator', { label: 'Take back the last step', onSelect: () => choose(steps.slice(0, -1)) }] as const)
          : []),
      ]}
    />
  );
}

/** Says that bodies are decoded by chosen steps, with a button that ends it. */
export function ForcedNote({ connectionId, queue }: QueueRef) {
  const { steps } = useQueueView(connectionId, queue);
  if (!steps) return null;
  return (
    <p className="mx-3 mb-1 flex items-center gap-2 rounded-6 bg-info-tint px-2.5 py-1 text-12">
      <span className="min-w-0 flex-1">
        All bodies of {queue} are shown {steps.length === 0 ? wordsOf(steps) : `as ${wordsOf(steps)}`}.
      </span>
      <Button variant="link" onClick={() => setQueueView(connectionId, queue, { steps: undefined })}>
        Automatic
      </Button>
    </p>
  );
}
