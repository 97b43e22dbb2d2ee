import { clsx as cx } from 'clsx';
import { Check, FileX, TriangleAlert } from 'lucide-react';
import { type ReactNode, type Ref, useEffect, useMemo, useRef, useState } from 'react';
import { Arriving } from '@/ui/browser/arriving';
import { HexView } from '@/ui/code/hex-view';
import { isSlowToDraw } from '@/ui/code/slow-text';
import { SlowText } from '@/ui/code/slow-text-view';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { toast } from '@/ui/overlay/toast-store';
import { quietPart } from '@/ui/parts/lazy-part';
import { withoutTurns } from '@/words/isolate';
import { bytes } from '@/words/sizes';
import type { BodyProblem, FormBody } from '../form/message-form';
import { colouredLanguageOf, readBody } from './body-language';
import type { EditorHandle } from './code-mirror';
import { bodyOfFile, chooseFile } from './load-file';
import { PlainText } from './plain-text';

type BodyPaneProps = {
  /** The text editor. */
  ref?: Ref<EditorHandle> | undefined;
  body: FormBody;
  onChange: (body: FormBody) => void;
  problem: BodyProblem | undefined;
  /** Offered with a problem that Base64 solves. */
  onUseBase64?: (() => void) | undefined;
  /** Before the tools: the note on a restored draft. */
  note?: ReactNode;
  /** Before the other tools: the menus of drafts and templates. */
  templates?: ReactNode;
};

/** The body of a message: its kind and tools, the editor, and the problem that keeps it from being sent. */
export function BodyPane({ ref, body, onChange, problem, onUseBase64, note, templates }: BodyPaneProps) {
  const text = body.kind === 'text' ? body.text : '';
  const { verdict, canFormat } = readBody(text);
  const shown = useRef(text);
  useEffect(() => {
    shown.current = text;
  }, [text]);

  async function format() {
    const { decoder } = await import('@/search/decode-client');
    const laidOut = await decoder.run({ kind: 'layout', text }, { isUrgent: true });
    // What was written meanwhile stays.
    if (shown.current === text) onChange({ kind: 'text', text: laidOut });
  }

  async function load() {
    const file = await chooseFile();
    if (!file) return;
    try {
      onChange(await bodyOfFile(file));
    } catch (error) {
      toast({
        title: 'File not loaded',
        detail: error instanceof Error ? error.message : String(error),
        tone: 'danger',
      });
    }
  }

  return (
    <>
      <div className="-mr-2 flex min-h-11 flex-none flex-wrap items-center gap-x-1 py-1">
        <h3 className="text-13 font-semibold">Body</h3>
        {verdict && (
          <Badge tone={verdict.tone} className="ml-2 min-w-0 shrink!">
            {verdict.tone === 'accent' && <Check className="size-3" />}
            {verdict.tone === 'warn' && <TriangleAlert className="size-3 flex-none" />}
            <span className="truncate">{verdict.text}</span>
          </Badge>
        )}
        {body.kind === 'file' && (
          <Badge className="ml-2 min-w-0 shrink!">
            <span className="truncate">
              <bdi>{withoutTurns(body.name)}</bdi>, {bytes(body.bytes.length)}
            </span>
          </Badge>
        )}
        {note}
        <span className="flex-1" />
        {body.kind === 'file' && (
          <Button variant="ghost" size="sm" icon={<FileX />} onClick={() => onChange({ kind: 'text', text: '' })}>
            Remove file
          </Button>
        )}
        {templates}
        <Button variant="ghost" size="sm" onClick={() => void load()}>
          Load file
        </Button>
        {body.kind === 'text' && (
          <Button
            variant="ghost"
            size="sm"
            disabled={!canFormat}
            title={canFormat ? undefined : 'Formats complete JSON or XML'}
            onClick={() => void format()}
          >
            Format
          </Button>
        )}
      </div>
      {body.kind === 'text' ? (
        <BodyEditor
          ref={ref}
          value={body.text}
          onChange={(next) => onChange({ kind: 'text', text: next })}
          problem={problem}
        />
      ) : (
        <HexView
          bytes={body.bytes}
          label="Message body, bytes of the file"
          className="min-h-30 flex-1 rounded-8 border border-line-control bg-surface"
        />
      )}
      <div role="status" className="flex-none empty:hidden">
        {problem && (
          <div className="flex flex-wrap items-center gap-x-3 pt-1.5 text-12 text-danger">
            <span>{problem.message}</span>
            {problem.remedy && onUseBase64 && (
              <Button size="sm" onClick={onUseBase64}>
                Send as Base64
              </Button>
            )}
          </div>
        )}
      </div>
    </>
  );
}

/** Says that the text is a restored draft, and offers to discard it. */
export const RestoredNote = ({ onDiscard }: { onDiscard: () => void }) => (
  <span className="ml-2 flex items-center gap-1 text-12 text-text-3">
    Draft restored
    <Button variant="link" onClick={onDiscard}>
      Discard draft
    </Button>
  </span>
);

const CodeMirror = quietPart(async () => (await import('./code-mirror')).default, {
  waiting: (
    <p className="px-3 py-2 text-12 text-text-3">
      Loading the editor
      <Arriving />
    </p>
  ),
  beside: (props) => <PlainText {...props} />,
});

type BodyEditorProps = {
  ref?: Ref<EditorHandle> | undefined;
  value: string;
  onChange: (value: string) => void;
  problem?: BodyProblem | undefined;
};

/** The box to write a body in; the editor itself arrives in a chunk of its own. */
function BodyEditor({ ref, value, onChange, problem }: BodyEditorProps) {
  // What is written here comes from the person; any other text may be slow.
  const [own, setOwn] = useState<string>();
  const [isWanted, setWanted] = useState(false);
  const isSlow = useMemo(() => value !== own && isSlowToDraw(value), [value, own]);
  if (isSlow && !isWanted)
    return (
      <SlowText
        text={value}
        onEdit={() => setWanted(true)}
        className="min-h-30 flex-1 border-line-control bg-surface"
      />
    );
  return (
    <div
      className={cx(
        'flex min-h-30 flex-1 flex-col overflow-hidden rounded-8 border bg-surface transition-colors',
        problem
          ? 'border-danger-solid focus-within:ring-3 focus-within:ring-danger-tint'
          : 'border-line-control focus-within:border-accent-solid focus-within:ring-3 focus-within:ring-accent-tint',
      )}
    >
      <CodeMirror
        ref={ref}
        value={value}
        onChange={(next) => {
          setOwn(next);
          onChange(next);
        }}
        language={colouredLanguageOf(value)}
        label="Message body"
      />
    </div>
  );
}
