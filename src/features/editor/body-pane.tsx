import { Check, FileX, TriangleAlert } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { isJson, isXml } from '@/azure/bodies/decode-body';
import { prettyJson } from '@/azure/bodies/format-json';
import { prettyXml } from '@/azure/bodies/format-xml';
import { HexView } from '@/ui/code/hex-view';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { bytes } from '@/ui/format/bytes';
import { toast } from '@/ui/overlay/toast-store';
import { BodyEditor } from './body-editor';
import { bodyVerdict } from './body-language';
import type { EditorHandle } from './code-mirror';
import { bodyOfFile, chooseFile } from './load-file';
import type { BodyProblem, FormBody } from './message-form';

type BodyPaneProps = {
  /** The box to write in. */
  ref?: Ref<EditorHandle> | undefined;
  body: FormBody;
  onChange: (body: FormBody) => void;
  problem: BodyProblem | undefined;
  /** Offered with a problem that Base64 solves. */
  onUseBase64?: (() => void) | undefined;
  /** Before the tools: a note that a draft came back. */
  note?: ReactNode;
  /** Before the other tools: texts to begin with. */
  templates?: ReactNode;
};

/** The head with what the body is and the tools, the box to write in, and below it what keeps it from being sent. */
export function BodyPane({ ref, body, onChange, problem, onUseBase64, note, templates }: BodyPaneProps) {
  const verdict = body.kind === 'text' ? bodyVerdict(body.text) : undefined;
  const text = body.kind === 'text' ? body.text : '';
  const canFormat = isJson(text) || isXml(text);

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
            <span className="truncate">{verdict.words}</span>
          </Badge>
        )}
        {body.kind === 'file' && (
          <Badge className="ml-2 min-w-0 shrink!">
            <span className="truncate">
              {body.name}, {bytes(body.bytes.length)}
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
            title={canFormat ? undefined : 'Lays out JSON and XML that is complete'}
            onClick={() => onChange({ kind: 'text', text: isJson(text) ? prettyJson(text) : prettyXml(text) })}
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
