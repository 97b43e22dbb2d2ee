import { Layers } from 'lucide-react';
import { useState } from 'react';
import { STEP_LABELS, type Step } from '@/azure/bodies/model';
import type { QueueRef } from '@/messages/record';
import { setOwnSteps, stepsIn } from '@/state/settings/own-steps';
import { setQueueView, useQueueView } from '@/state/settings/queue-view-settings';
import { Button, IconButton } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import type { MenuItem } from '@/ui/overlay/menu-item';
import { toast } from '@/ui/overlay/toast-store';
import type { Steps } from '../rows/row-reading';

/** The steps in words: `Base64, then UTF-16`. */
const wordsOf = (steps: readonly Step[]) =>
  steps.length === 0 ? 'as they came' : steps.map((step) => STEP_LABELS[step]).join(', then ');
const shownWords = (steps: Steps, isOne: boolean) =>
  steps === undefined
    ? 'decoded automatically'
    : steps.length === 0
      ? `shown ${isOne ? 'as it came' : wordsOf(steps)}`
      : `shown as ${wordsOf(steps)}`;

type Of = QueueRef & { id: string };

/** How one message is read, and how its queue is. */
function useReadings({ connectionId, queue, id }: Of) {
  const view = useQueueView(connectionId, queue);
  const { steps: ofQueue } = view;
  const isOwn = view.own?.has(id) === true;
  const steps = stepsIn(view, id);

  /** Sets how this message is read; without `to` as its queue is. Undo brings back what was before. */
  function readMessage(to: { steps: Steps } | undefined) {
    setOwnSteps(connectionId, queue, id, to);
    const before = isOwn ? { steps } : undefined;
    say(`This message is ${shownWords(to ? to.steps : ofQueue, true)}`, () =>
      setOwnSteps(connectionId, queue, id, before),
    );
  }
  function readQueue(to: Steps) {
    setQueueView(connectionId, queue, { steps: to });
    say(`All bodies of ${queue} are ${shownWords(to, false)}`, () =>
      setQueueView(connectionId, queue, { steps: ofQueue }),
    );
  }
  return { isOwn, steps, ofQueue, readMessage, readQueue };
}

const say = (title: string, undo: () => void) =>
  void toast({ title, action: { label: 'Undo', kbd: 'Z', onClick: undo } });

/** Sets how the body of this message is decoded, or those of its whole queue on this device: automatically, or by chosen steps. */
export function DecodeMenu(of: Of) {
  const { isOwn, steps, ofQueue, readMessage, readQueue } = useReadings(of);
  const [isForQueue, setIsForQueue] = useState(false);
  const now = isForQueue ? ofQueue : steps;
  const isBegun = now !== undefined && now.length > 0;
  const choose = (next: Steps) => (isForQueue ? readQueue(next) : readMessage({ steps: next }));
  const automatic: MenuItem[] = [
    // With steps for the queue, "automatic" is a choice of its own for one message.
    {
      label: 'Automatic',
      checked: now === undefined,
      onSelect: () => (isForQueue || ofQueue !== undefined ? choose(undefined) : readMessage(undefined)),
    },
    { label: 'As it came', checked: now?.length === 0, onSelect: () => choose([]) },
    ...(ofQueue !== undefined && !isForQueue
      ? [{ label: 'As its queue', checked: !isOwn, onSelect: () => readMessage(undefined) }]
      : []),
  ];
  return (
    <Menu
      label="Decode as"
      trigger={<IconButton size="sm" label="Decode as" icon={<Layers />} />}
      items={[
        { label: 'For this message', checked: !isForQueue, staysOpen: true, onSelect: () => setIsForQueue(false) },
        { label: 'For this queue', checked: isForQueue, staysOpen: true, onSelect: () => setIsForQueue(true) },
        'separator',
        ...automatic,
        'separator',
        ...(Object.keys(STEP_LABELS) as Step[]).map((step) => ({
          label: `${isBegun ? 'Then' : 'As'} ${STEP_LABELS[step]}`,
          onSelect: () => choose([...(now ?? []), step]),
        })),
        ...(isBegun
          ? (['separator', { label: 'Take back the last step', onSelect: () => choose(now.slice(0, -1)) }] as const)
          : []),
      ]}
    />
  );
}

/** Says that this message, or its queue, is decoded by chosen steps, with a button that ends it. */
export function ForcedNote(of: Of) {
  const { isOwn, steps, ofQueue, readMessage, readQueue } = useReadings(of);
  if (!isOwn && !ofQueue) return null;
  const { queue } = of;
  return (
    <p className="mx-3 mb-1 flex flex-wrap items-center gap-x-2 rounded-6 bg-info-tint px-2.5 py-1 text-12">
      <span className="min-w-40 flex-1">
        {isOwn
          ? `This message is ${shownWords(steps, true)}${ofQueue ? `, and all others of ${queue} ${otherWords(ofQueue)}` : ''}.`
          : `All bodies of ${queue} are ${shownWords(ofQueue, false)}.`}
      </span>
      {isOwn && ofQueue && (
        <Button variant="link" onClick={() => readMessage(undefined)}>
          As its queue
        </Button>
      )}
      {steps !== undefined && (
        <Button
          variant="link"
          onClick={() => (!isOwn ? readQueue(undefined) : readMessage(ofQueue ? { steps: undefined } : undefined))}
        >
          Back to automatic
        </Button>
      )}
    </p>
  );
}

const otherWords = (steps: readonly Step[]) => (steps.length === 0 ? wordsOf(steps) : `as ${wordsOf(steps)}`);
