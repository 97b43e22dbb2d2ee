import { ArrowRight, Columns3, Copy, WrapText } from 'lucide-react';
import { Fragment, useState } from 'react';
import { shownKey } from '@/actions/action';
import { messageActions } from '@/actions/message-actions';
import { LONGER, mayGoOn } from '@/azure/bodies/budget';
import type { DecodedBody, Stage } from '@/azure/bodies/model';
import type { QueueRef } from '@/messages/record';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { setQueueView, useQueueView } from '@/state/settings/queue-view-settings';
import { copyText } from '@/ui/code/code';
import { CodeView } from '@/ui/code/code-view';
import { HexView, hexDump } from '@/ui/code/hex-view';
import { Button, IconButton } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { Menu, type MenuItem } from '@/ui/overlay/menu';
import { DecodeMenu, ForcedNote } from './decode-menu';
import { DetailSection } from './detail-section';
import { useDecodedBody } from './use-decoded-body';

/** The body at a step of its decode chain, JSON and XML formatted. The first step is the raw text. */
export function MessageBody({ connectionId, queue, text }: QueueRef & { text: string }) {
  const { steps } = useQueueView(connectionId, queue);
  const [longer, setLonger] = useState<{ text: string; steps: typeof steps }>();
  const isLonger = longer?.text === text && longer.steps === steps;
  const decoded = useDecodedBody(text, steps, isLonger ? LONGER : undefined);
  const [chosen, setChosen] = useState<{ stages: readonly Stage[] | undefined; index: number }>();
  const stages = decoded?.stages ?? [{ kind: 'text', label: 'Text', text } satisfies Stage];
  // A chosen step is of one chain, and means nothing in another.
  const isChosen = chosen !== undefined && chosen.stages === decoded?.stages;
  const current = isChosen ? chosen.index : stages.length - 1;
  const stage: Stage = stages[current] ?? { kind: 'text', label: 'Text', text };
  const laidOut = current === stages.length - 1 ? decoded?.laidOut : undefined;
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
            <BodyColumnsMenu connectionId={connectionId} queue={queue} offered={decoded?.paths ?? []} />
          )}
          <DecodeMenu connectionId={connectionId} queue={queue} />
          <BodyTools text={text} stage={stage} laidOut={laidOut} />
        </>
      }
    >
      <div className="flex min-h-24 flex-1 flex-col">
        <ForcedNote connectionId={connectionId} queue={queue} />
        {decoded?.stopped !== undefined && (
          <p role="status" className="mx-3 mb-1 flex items-center gap-2 rounded-6 bg-warn-tint px-2.5 py-1.5 text-12">
            <span className="min-w-0 flex-1">stopped: {decoded.stopped}</span>
            {!isLonger && mayGoOn(decoded.stopped) && (
              <Button variant="link" onClick={() => setLonger({ text, steps })}>
                Try for longer
              </Button>
            )}
          </p>
        )}
        {stage.problem && (
          <p role="status" className="mx-3 mb-1 rounded-6 bg-warn-tint px-2.5 py-1.5 text-12">
            {stage.problem}
          </p>
        )}
        {decoded?.notes && decoded.notes.length > 0 && <DecodersSaid said={decoded.notes} />}
        {text === '' ? (
          <p className="px-4 py-2 text-12 text-text-3">The body is empty.</p>
        ) : (
          <StageView stage={stage} laidOut={laidOut} />
        )}
      </div>
    </DetailSection>
  );
}

type DecodeChainProps = { stages: readonly Stage[]; current: number; onChange: (stage: number) => void };

/** The steps of the decode chain as buttons; each shows the body at that step. */
function DecodeChain({ stages, current, onChange }: DecodeChainProps) {
  return (
    <div role="group" aria-label="Decode chain" className="flex min-w-0 flex-wrap items-center gap-x-1 py-1">
      {stages.map((stage, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a step is its place in the chain
        <span key={index} className="flex flex-none items-center gap-1">
          {index > 0 && <ArrowRight aria-hidden="true" className="size-3 text-text-3" />}
          <button
            type="button"
            aria-pressed={index === current}
            onClick={() => onChange(index)}
            className="h-6 px-px max-desk:h-9 [&[aria-pressed=true]>span]:bg-accent-tint [&[aria-pressed=true]>span]:font-semibold [&[aria-pressed=true]>span]:text-accent"
          >
            <span className="flex h-5 items-center rounded-4 bg-active px-2 text-11 text-text-2 forced-colors:border">
              {stage.label}
            </span>
          </button>
        </span>
      ))}
    </div>
  );
}

/** Makes a key of this body a column of the grid, or takes it out again. */
function BodyColumnsMenu({ connectionId, queue, offered }: QueueRef & { offered: readonly string[] }) {
  const { paths } = useQueueView(connectionId, queue);
  if (offered.length === 0) return null;
  return (
    <Menu
      label="Show as columns"
      trigger={<IconButton size="sm" label="Show as columns" icon={<Columns3 />} />}
      items={offered.map((path) => ({
        label: path,
        checked: paths.includes(path),
        onSelect: () =>
          setQueueView(connectionId, queue, {
            paths: paths.includes(path) ? paths.filter((one) => one !== path) : [...paths, path],
          }),
      }))}
    />
  );
}

/** What each decoder says of bytes that none could read. */
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

/** `laidOut`: the text of the stage with line breaks and indents, where it has been laid out. */
type StageProps = { stage: Stage; laidOut: string | undefined };

function StageView({ stage, laidOut }: StageProps) {
  const wrap = usePreference('wrapBody');
  if (stage.text === undefined)
    return <HexView bytes={stage.bytes ?? new Uint8Array()} label="Message body" className="min-h-0 flex-1" />;
  return (
    <CodeView
      text={laidOut ?? stage.text}
      language={stage.kind === 'json' || stage.kind === 'xml' ? stage.kind : 'text'}
      // Base64 is one long line.
      wrap={wrap || stage.kind === 'base64'}
      label="Message body"
      className="min-h-0 flex-1"
    />
  );
}

const copyItem = (label: string, textOf: () => string, said: string): MenuItem[] => [
  { label, onSelect: () => void copy(textOf(), said) },
];

function BodyTools({ text, stage, laidOut }: StageProps & { text: string }) {
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
