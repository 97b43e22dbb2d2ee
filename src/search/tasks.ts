import { BRIEF, type Limits } from '@/azure/bodies/budget';
import { decodeBody, guessFormat, isJson } from '@/azure/bodies/decode-body';
import { isTooLarge, type Unwrapped, unwrapText } from '@/azure/bodies/encode-layers';
import { prettyJson } from '@/azure/bodies/format-json';
import { prettyXml } from '@/azure/bodies/format-xml';
import type { DecodedBody, Stage, Step } from '@/azure/bodies/model';
import { type Preview, previewOfStage } from '@/azure/bodies/preview';
import { type ExportedMessage, type RowForm, writeRow } from '@/bulk/files/write-row';
import { pathsIn, printPath, shownAt } from './json-path';

/** The steps that a person chose; undefined: as the text suggests. */
type Steps = readonly Step[] | undefined;

/**
 * Work on one message text that the page leaves to a worker.
 * - `preview`: the line of a row, and the values of its columns
 * - `view`: the decode chain for the details, its last stage laid out, and the keys that may be columns
 * - `paths`: keys that may be columns, of the first item of each list alone
 * - `unwrap`: the text for the editor
 * - `layout`: the text with line breaks and indents, for the editor
 * - `row`: a row of a file
 */
export type Task =
  | { kind: 'preview'; text: string; steps: Steps; paths: readonly string[] }
  | { kind: 'view'; text: string; steps: Steps; limits: Limits }
  | { kind: 'paths'; text: string; steps: Steps; most: number }
  | { kind: 'unwrap'; text: string; steps: Steps }
  | { kind: 'layout'; text: string }
  | { kind: 'row'; text: string; message: ExportedMessage; form: RowForm; isFirst: boolean };

/** `values`: by path, as a cell shows them; undefined where there is none. */
export type RowView = { preview: Preview; values: ReadonlyMap<string, string | undefined> };

/** `laidOut`: the last stage with line breaks and indents; undefined where it is neither JSON nor XML. */
export type BodyView = DecodedBody & { laidOut?: string; paths: readonly string[] };

export type Results = {
  preview: RowView;
  view: BodyView;
  paths: readonly string[];
  unwrap: Unwrapped;
  layout: string;
  row: Uint8Array<ArrayBuffer>;
};
export type TaskOf<Kind> = Extract<Task, { kind: Kind }>;

type Worked = { [Kind in Task['kind']]: (task: TaskOf<Kind>, signal?: AbortSignal) => Promise<Results[Kind]> };

/** Keys that the details offer as columns. */
const OFFERED = 40;

const WORK: Worked = {
  async preview({ text, steps, paths }, signal) {
    const { format, stages, stopped } = await decodeBody(text, { steps, limits: BRIEF, signal });
    const last: { text?: string; bytes?: Uint8Array } = stages.at(-1) ?? {};
    const preview = previewOfStage(format, last);
    return {
      preview: stopped === undefined ? preview : { ...preview, stopped },
      values: shownAt(last.text ?? '', paths),
    };
  },
  async view({ text, steps, limits }, signal) {
    const body = await decodeBody(text, { steps, limits, signal });
    const last = body.stages.at(-1);
    const laidOut = last && laidOutOf(last, limits);
    const paths = last?.kind === 'json' ? pathsIn(last.text ?? '', OFFERED).map(printPath) : [];
    return { ...body, paths, ...(laidOut !== undefined && { laidOut }) };
  },
  async paths({ text, steps, most }, signal) {
    const { stages } = await decodeBody(text, { steps, limits: BRIEF, signal });
    return pathsIn(stages.at(-1)?.text ?? '', most)
      .filter((path) => path.every((part) => typeof part === 'string' || part === 0))
      .map(printPath);
  },
  unwrap: ({ text, steps }, signal) => unwrapText(text, { steps, signal }),
  async layout({ text }) {
    const laidOut = isJson(text) ? prettyJson(text) : prettyXml(text);
    return isTooLarge(laidOut) ? text : laidOut;
  },
  async row({ message, form, isFirst }) {
    return new TextEncoder().encode(await writeRow(message, form, isFirst));
  },
};

function laidOutOf({ kind, text = '' }: Stage, { tokens }: Limits): string | undefined {
  if (kind === 'json') return prettyJson(text, tokens);
  return kind === 'xml' ? prettyXml(text, tokens) : undefined;
}

/** Does a task here. Its work is bounded by the limits of decoding. Rejects when `signal` aborts. */
export const runTask = <Kind extends Task['kind']>(task: TaskOf<Kind>, signal?: AbortSignal): Promise<Results[Kind]> =>
  (WORK[task.kind] as (task: TaskOf<Kind>, signal?: AbortSignal) => Promise<Results[Kind]>)(task, signal);

type Left = { [Kind in Task['kind']]: (task: TaskOf<Kind>, stopped: string) => Results[Kind] | Promise<Results[Kind]> };

const AS_IT_CAME: Left = {
  preview: ({ text }, stopped) => ({ preview: { ...guessFormat(text), stopped }, values: new Map() }),
  view: ({ text }, stopped) => ({
    stages: [{ kind: 'text', label: 'Text', text }],
    format: guessFormat(text).format,
    paths: [],
    stopped,
  }),
  paths: () => [],
  layout: ({ text }) => text,
  unwrap: ({ text }, stopped) => ({ text, layers: [], raw: `Decoding stopped: ${stopped}.` }),
  // With the text in place of the body, as for one that cannot be decoded.
  // As for a text that cannot be decoded.
  async row({ message, form, isFirst }) {
    return new TextEncoder().encode(await writeRow(message, form, isFirst, (text) => Promise.resolve(text)));
  },
};

/** The result of a task that was ended: the text as it came. `stopped`: why, to follow "stopped: ". */
export const asItCame = async <Kind extends Task['kind']>(
  task: TaskOf<Kind>,
  stopped: string,
): Promise<Results[Kind]> => AS_IT_CAME[task.kind](task, stopped);

/** Whether the page may do a task itself: of a short text that a look at its characters decodes. */
export const isShort = (task: Task) =>
  task.text.length <= SHORT_CHARACTERS &&
  !('steps' in task && task.steps !== undefined) &&
  !guessFormat(task.text).isPacked;

const SHORT_CHARACTERS = 4096;
