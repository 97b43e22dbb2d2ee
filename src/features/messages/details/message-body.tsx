import { Copy, WrapText } from 'lucide-react';
import { Fragment, useState } from 'react';
import { prettyJson } from '@/azure/bodies/format-json';
import { prettyXml } from '@/azure/bodies/format-xml';
import type { DecodedBody, Stage } from '@/azure/bodies/model';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { copyText } from '@/ui/code/code';
import { CodeView } from '@/ui/code/code-view';
import { HexView, hexDump } from '@/ui/code/hex-view';
import { IconButton } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { Menu, type MenuItem } from '@/ui/overlay/menu';
import { BodyColumnsMenu } from './body-columns-menu';
import { DecodeChain } from './decode-chain';
import { DecodeMenu, ForcedNote } from './decode-menu';
import { DetailSection } from './detail-section';
import { useDecodedBody } from './use-decoded-body';

/** The body at each step of its decode chain; JSON and XML as a formatted copy, the text as it came always one step away. */
export function MessageBody({ connectionId, queue, text }: { connectionId: string; queue: string; text: string }) {
  const { steps } = useQueueView(connectionId, queue);
  const decoded = useDecodedBody(text, steps);
  const [chosen, setChosen] = useState<{ stages: readonly Stage[] | undefined; index: number }>();
  const stages = decoded?.stages ?? [{ kind: 'text', label: 'Text', text } satisfies Stage];
  // Another chain has other steps: what was chosen in the last one means nothing here.
  const isChosen = chosen !== undefined && chosen.stages === decoded?.stages;
  const current = isChosen ? chosen.index : stages.length - 1;
  const stage: Stage = stages[current] ?? { kind: 'text', label: 'Text', text };
  return (
    <DetailSection
      title="Body"
      grow
      beside={
        <DecodeChain
          stages={stages}
          current={current}
          onChange={(index) => setChosen({ stages: decoded?.stages, index })}
        />
      }
      tools={
        <>
          {stage.kind === 'json' && (
            <BodyColumnsMenu connectionId={connectionId} queue={queue} json={stage.text ?? ''} />
          )}
          <DecodeMenu connectionId={connectionId} queue={queue} />
          <BodyTools text={text} stage={stage} />
        </>
      }
    >
      <div className="flex min-h-24 flex-1 flex-col">
        <ForcedNote connectionId={connectionId} queue={queue} />
        {stage.problem && (
          <p role="status" className="mx-3 mb-1 rounded-6 bg-warn-tint px-2.5 py-1.5 text-12">
            {stage.problem}
          </p>
        )}
        {decoded?.notes && decoded.notes.length > 0 && <DecodersSaid said={decoded.notes} />}
        {text === '' ? (
          <p className="px-4 py-2 text-12 text-text-3">The body is empty.</p>
        ) : (
          <StageView stage={stage} />
        )}
      </div>
    </DetailSection>
  );
}

/** Why the bytes are shown as they are. */
function DecodersSaid({ said }: { said: NonNullable<DecodedBody['notes']> }) {
  return (
    <details className="mx-3 mb-1 text-12">
      <summary className="min-h-6 cursor-pointer rounded-4 text-text-2">What each decoder said</summary>
      <dl className="grid max-h-40 grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 overflow-auto pl-3.5">
        {said.map(({ label, message }) => (
          <Fragment key={label}>
            <dt className="text-text-3">{label}</dt>
            <dd>{message}</dd>
          </Fragment>
        ))}
      </dl>
    </details>
  );
}

function StageView({ stage }: { stage: Stage }) {
  const wrap = usePreference('wrapBody');
  if (stage.text === undefined)
    return <HexView bytes={stage.bytes ?? new Uint8Array()} label="Message body" className="min-h-0 flex-1" />;
  return (
    <CodeView
      text={formatted(stage)}
      language={stage.kind === 'json' || stage.kind === 'xml' ? stage.kind : 'text'}
      // Base64 is one line that nobody reads sideways.
      wrap={wrap || stage.kind === 'base64'}
      label="Message body"
      className="min-h-0 flex-1"
    />
  );
}

function BodyTools({ text, stage }: { text: string; stage: Stage }) {
  const wrap = usePreference('wrapBody');
  const isFormatted = stage.kind === 'json' || stage.kind === 'xml';
  const items: MenuItem[] = [
    { label: 'Copy message text', keys: 'C', onSelect: () => void copy(text, 'Copied the message text') },
    ...(stage.text === undefined
      ? [{ label: 'Copy as hex', onSelect: () => void copy(hexDump(stage.bytes ?? new Uint8Array()), 'Copied as hex') }]
      : []),
    ...(stage.text !== undefined && stage.text !== text
      ? [{ label: 'Copy decoded', onSelect: () => void copy(stage.text ?? '', 'Copied the decoded text') }]
      : []),
    ...(isFormatted
      ? [{ label: 'Copy formatted', onSelect: () => void copy(formatted(stage), 'Copied the formatted text') }]
      : []),
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

/** A copy laid out to be read; the text itself is never changed by it. */
function formatted({ kind, text = '' }: Stage) {
  if (kind === 'json') return prettyJson(text);
  return kind === 'xml' ? prettyXml(text) : text;
}
