import { useState } from 'react';
import { hexOf } from '@/azure/bodies/base64';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import type { BodyView } from '@/search/task';
import { stepsOf } from '@/state/settings/own-steps';
import { useIsPhone } from '@/ui/browser/use-media';
import { DiffView } from '@/ui/code/diff-view';
import { Segmented } from '@/ui/controls/segmented';
import { Skeleton } from '@/ui/feedback/skeleton';
import { Dialog } from '@/ui/overlay/dialog';
import { PartFailure } from '@/ui/parts/part-failure';
import { exactly } from '@/words/counts';
import { useDecodedBody } from '../details/use-decoded-body';
import { shortId } from '../shared/short-id';

type CompareDialogProps = QueueRef & { rows: readonly [MessageRow, MessageRow]; onClose: () => void };

type Kind = 'decoded' | 'raw';
type Layout = 'side' | 'unified';

/** Compares two messages line by line: decoded and formatted, or raw. */
export function CompareDialog({ connectionId, queue, rows: [left, right], onClose }: CompareDialogProps) {
  const [kind, setKind] = useState<Kind>('decoded');
  const [chosen, setLayout] = useState<Layout>('side');
  const layout = useIsPhone() ? 'unified' : chosen;
  const before = useDecodedBody(left.message.text, stepsOf(connectionId, queue, left.id));
  const after = useDecodedBody(right.message.text, stepsOf(connectionId, queue, right.id));
  const missing = before.missing ?? after.missing;
  const isRaw = kind === 'raw';
  return (
    <Dialog
      size="editor"
      dismissible
      title="Compare messages"
      subtitle={<span className="max-w-3/5 flex-none truncate text-text-3 max-desk:hidden">{queue}</span>}
      onClose={onClose}
    >
      <div className="flex h-full min-h-0 flex-col">
        <div className="flex flex-none flex-wrap items-center gap-2 border-b border-line px-5 py-2 max-desk:px-4">
          <Segmented
            label="What to compare"
            value={kind}
            onChange={setKind}
            options={[
              { value: 'decoded', label: 'Decoded', title: 'What the bodies mean, laid out to be read' },
              { value: 'raw', label: 'Raw text', title: 'The texts exactly as they came' },
            ]}
          />
          <span className="max-desk:hidden">
            <Segmented
              label="Layout"
              value={chosen}
              onChange={setLayout}
              options={[
                { value: 'side', label: 'Side by side' },
                { value: 'unified', label: 'One below the other' },
              ]}
            />
          </span>
        </div>
        {missing ? (
          <PartFailure
            shape="pane"
            failure={missing}
            onRetry={() => {
              before.retry();
              after.retry();
            }}
            onClose={undefined}
          />
        ) : !before.view || !after.view ? (
          <Skeleton label="Decoding both messages" />
        ) : (
          <DiffView
            before={isRaw ? left.message.text : readableOf(before.view)}
            after={isRaw ? right.message.text : readableOf(after.view)}
            names={[`Message ${shortId(left.id)}`, `Message ${shortId(right.id)}`]}
            layout={layout}
          />
        )}
      </div>
    </Dialog>
  );
}

/** Bytes that are compared; more than a message holds that is not packed. */
const MOST_BYTES = 65_536;

/** The decoded text, formatted; bytes as lines of hex. */
function readableOf({ stages, laidOut }: BodyView): string {
  const { text, bytes } = stages.at(-1) ?? {};
  return laidOut ?? text ?? hexLines(bytes ?? new Uint8Array());
}

function hexLines(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, MOST_BYTES);
  const lines = Array.from({ length: Math.ceil(shown.length / 16) }, (_, line) =>
    hexOf(shown.subarray(line * 16, line * 16 + 16), ' '),
  );
  const more = bytes.length - shown.length;
  return more > 0 ? [...lines, `${exactly(more, 'more byte')} are not compared`].join('\n') : lines.join('\n');
}
