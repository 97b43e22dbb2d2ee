import { Fragment, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { LONGER, mayGoOn } from '@/azure/bodies/budget';
import type { DecodedBody, Stage } from '@/azure/bodies/model';
import type { QueueRef } from '@/messages/record';
import type { BodyView } from '@/search/task';
import { stepsIn } from '@/state/settings/own-steps';
import { usePreference } from '@/state/settings/preferences';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { CodeView } from '@/ui/code/code-view';
import { HexView } from '@/ui/code/hex-view';
import { invisibleNote } from '@/ui/code/invisible';
import type { SourceButton } from '@/ui/code/source-pieces';
import { Button } from '@/ui/controls/button';
import { Toolbar } from '@/ui/controls/toolbar';
import { announce } from '@/ui/feedback/live-region';
import { cx } from '@/ui/format/cx';
import { PartFailure } from '@/ui/parts/part-failure';
import { isolated } from '@/words/isolate';
import { noteShownBody } from '../shared/printed-body';
import { BodyColumnsMenu, BodyTools, InnerValuesMenu } from './body-tools';
import { DecodeChain } from './decode-chain';
import { DecodeMenu, ForcedNote } from './decode-menu';
import { DetailSection } from './detail-section';
import { OpenedWay, shownPath } from './opened-way';
import { problemsUpTo } from './stage-problems';
import { useDecodedBody } from './use-decoded-body';

/** The body at a step of its decode chain, JSON and XML formatted, or an inner value of it. The first step is the raw text. */
export function MessageBody({ connectionId, queue, id, text }: QueueRef & { id: string; text: string }) {
  const of = { connectionId, queue, id };
  const steps = stepsIn(useQueueView(connectionId, queue), id);
  const reading = JSON.stringify([text, steps]);
  const { way, open, back, section } = useOpened(reading);
  const [longer, setLonger] = useState<string>();
  const isLonger = longer === reading;
  const {
    view: decoded,
    missing,
    retry,
  } = useDecodedBody(text, steps, { limits: isLonger ? LONGER : undefined, inside: way });
  const [chosen, setChosen] = useState<{ stages: readonly Stage[] | undefined; index: number }>();
  const stages = decoded?.stages ?? [{ kind: 'text', label: 'Text', text } satisfies Stage];
  // A chosen step is of one chain, and means nothing in another.
  const isChosen = chosen !== undefined && chosen.stages === decoded?.stages;
  const current = isChosen ? chosen.index : stages.length - 1;
  const stage: Stage = stages[current] ?? { kind: 'text', label: 'Text', text };
  // What is laid out, and marked in it, is the last step.
  const view = current === stages.length - 1 ? decoded : undefined;
  const isInside = way.length > 0;
  const printed = view?.laidOut ?? stage.text;
  const chain = stages.map(({ label }) => label).join(' → ');
  useEffect(() => {
    if (printed !== undefined) noteShownBody({ id, text: printed, chain });
    return () => noteShownBody(undefined);
  }, [id, printed, chain]);
  return (
    <DetailSection
      title="Body"
      grow
      beside={
        <DecodeChain
          stages={stages}
          current={current}
          of={isInside ? shownPath(way.at(-1) ?? '') : undefined}
          onChange={(index) => setChosen({ stages: decoded?.stages, index })}
        />
      }
      tools={
        <Toolbar label="Body tools" className="flex items-center gap-0.5">
          <InnerValuesMenu inner={view?.inner ?? []} onOpen={open} />
          {stage.kind === 'json' && !isInside && (
            <BodyColumnsMenu connectionId={connectionId} queue={queue} offered={decoded?.paths ?? []} />
          )}
          {!isInside && <DecodeMenu {...of} />}
          <BodyTools text={text} stage={stage} laidOut={view?.laidOut} />
        </Toolbar>
      }
    >
      <div ref={section} className="flex min-h-24 flex-1 flex-col short:max-h-[70dvh]">
        {isInside ? <OpenedWay key={way.join('/')} way={way} onBack={back} /> : <ForcedNote {...of} />}
        {missing && (
          <Note>
            <span className="min-w-0 flex-1">Not decoded: the decoder did not arrive.</span>
            <PartFailure shape="line" failure={missing} onRetry={retry} onClose={undefined} />
          </Note>
        )}
        {decoded?.stopped !== undefined && (
          <Note>
            <span className="min-w-0 flex-1">stopped: {decoded.stopped}</span>
            {!isLonger && mayGoOn(decoded.stopped) && (
              <Button variant="link" onClick={() => setLonger(reading)}>
                Try for longer
              </Button>
            )}
          </Note>
        )}
        {[...new Set(problemsUpTo(stages, current, decoded?.stopped))].map((problem) => (
          <Note key={problem}>{problem}</Note>
        ))}
        {view?.notJson && <Note>{view.notJson.problem}</Note>}
        {decoded && <Invisible stage={stage} />}
        {decoded?.notes && decoded.notes.length > 0 && <DecodersSaid said={decoded.notes} />}
        {text === '' ? (
          <p className="px-4 py-2 text-12 text-text-3">The body is empty.</p>
        ) : (
          <StageView stage={stage} view={view} onOpen={open} />
        )}
      </div>
    </DetailSection>
  );
}

/**
 * The way to the inner value that is open, of one text read in one way. Going back puts the focus where the value was opened.
 */
function useOpened(reading: string) {
  const section = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<{ reading: string; way: readonly string[] }>();
  const [left, setLeft] = useState<string>();
  const way = opened?.reading === reading ? opened.way : [];
  useEffect(() => {
    if (left === undefined) return;
    // The button is there once the text around it is.
    const place = section.current;
    const find = () => place?.querySelector<HTMLElement>(`[data-opens="${CSS.escape(left)}"]`);
    const focus = () => {
      const button = find();
      if (!button) return false;
      button.focus();
      setLeft(undefined);
      return true;
    };
    if (focus() || !place) return;
    place.querySelector<HTMLElement>('[role=region]')?.focus();
    const observer = new MutationObserver(() => {
      if (focus()) observer.disconnect();
    });
    observer.observe(place, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [left]);
  return {
    way,
    section,
    open: (path: string) => {
      setLeft(undefined);
      setOpened({ reading, way: [...way, path] });
      announce(`Opened ${isolated(path)}`);
    },
    back: (depth: number) => {
      setLeft(way[depth]);
      setOpened({ reading, way: way.slice(0, depth) });
    },
  };
}

function Note({ children, isMild = false }: { children: ReactNode; isMild?: boolean }) {
  return (
    <p
      role="status"
      className={cx(
        'mx-3 mb-1 flex flex-wrap items-center gap-x-2 rounded-6 px-2.5 py-1.5 text-12 break-words',
        isMild ? 'bg-info-tint' : 'bg-warn-tint',
      )}
    >
      {children}
    </p>
  );
}

/** Names what is in the text and cannot be seen. */
function Invisible({ stage: { text = '' } }: { stage: Stage }) {
  const note = useMemo(() => invisibleNote(text), [text]);
  return note === undefined ? null : <Note isMild>{note}</Note>;
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

/** `view`: where the stage is the last one, with what is laid out and marked of it. */
type StageProps = { stage: Stage; view: BodyView | undefined; onOpen: (path: string) => void };

function StageView({ stage, view, onOpen }: StageProps) {
  const wrap = usePreference('wrapBody');
  if (stage.text === undefined)
    return <HexView bytes={stage.bytes ?? new Uint8Array()} label="Message body" className="min-h-0 flex-1" />;
  const buttons = view?.inner.map(
    ({ path, start, chain }): SourceButton => ({
      at: start,
      key: path,
      name: `Open this value: ${isolated(path)}`,
      title: `Open this value: ${chain}`,
      onPress: () => onOpen(path),
    }),
  );
  return (
    <CodeView
      text={view?.laidOut ?? stage.text}
      language={stage.kind === 'json' || stage.kind === 'xml' ? stage.kind : view?.notJson ? 'code' : 'text'}
      // Base64 is one long line.
      wrap={wrap || stage.kind === 'base64'}
      label="Message body"
      className="min-h-0 flex-1"
      buttons={buttons}
      faults={view?.notJson?.faults}
    />
  );
}
