import { useState } from 'react';
import { prettyJson } from '@/azure/bodies/format-json';
import { prettyXml } from '@/azure/bodies/format-xml';
import type { DecodedBody } from '@/azure/bodies/model';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { useIsPhone } from '@/ui/browser/use-media';
import { DiffView } from '@/ui/code/diff-view';
import { Segmented } from '@/ui/controls/segmented';
import { Skeleton } from '@/ui/feedback/skeleton';
import { Dialog } from '@/ui/overlay/dialog';
import { useDecodedBody } from '../details/use-decoded-body';
import { shortId } from '../shared/short-id';

type CompareDialogProps = QueueRef & { rows: readonly [MessageRow, MessageRow]; onClose: () => void };

type Kind = 'decoded' | 'raw';
type Layout = 'side' | 'unified';

/** Compares two messages line by line: decoded and formatted, or raw. */
export function CompareDialog({ connectionId, queue, rows: [left, right], onClose }: CompareDialogProps) {
  const { steps } = useQueueView(connectionId, queue);
  const [kind, setKind] = useState<Kind>('decoded');
  const [chosen, setLayout] = useState<Layout>('side');
  const layout = useIsPhone() ? 'unified' : chosen;
  const before = useDecodedBody(left.message.text, steps);
  const after = useDecodedBody(right.message.text, steps);
  const isRaw = kind === 'raw';
  return (
    <Dialog
      size="editor"
      dismissible
      title="Compare messages"
      subtitle={<span className="truncate text-text-3 max-desk:hidden">{queue}</span>}
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
        {!before || !after ? (
          <Skeleton label="Decoding both messages" />
        ) : (
          <DiffView
            before={isRaw ? left.message.text : readableOf(before)}
            after={isRaw ? right.message.text : readableOf(after)}
            names={[`Message ${shortId(left.id)}`, `Message ${shortId(right.id)}`]}
            layout={layout}
          />
        )}
      </div>
    </Dialog>
  );
}

/** The decoded text, formatted; bytes as lines of hex. */
function readableOf({ stages }: DecodedBody): string {
  const { kind, text, bytes } = stages.at(-1) ?? { kind: 'text' };
  const plain = text ?? hexLines(bytes ?? new Uint8Array());
  return kind === 'json' ? prettyJson(plain) : kind === 'xml' ? prettyXml(plain) : plain;
}

function hexLines(bytes: Uint8Array): string {
  const lines = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, line) =>
    Array.from(bytes.subarray(line * 16, line * 16 + 16), (byte) => byte.toString(16).padStart(2, '0')).join(' '),
  );
  return lines.join('\n');
}
