import { BRIEF, isTooLarge, type Limits } from '@/azure/bodies/budget';
import { decodePlain } from '@/azure/bodies/decode-plain';
import { prettyJson } from '@/azure/bodies/format-json';
import { prettyXml } from '@/azure/bodies/format-xml';
import { isJson } from '@/azure/bodies/json-tokens';
import type { DecodedBody, Stage, Step } from '@/azure/bodies/model';
import { guessFormat, type Preview } from '@/azure/bodies/preview';
import type { Unwrapped } from '@/azure/bodies/unwrap-text';
import { type ExportedMessage, type RowForm, writeRow } from '@/bulk/files/write-row';
import type { InnerMark } from './inner-paths';
import { pathsIn, printPath } from './json-path';
import { mayHoldInner } from './may-be-inner';
import { jsonForm } from './xml-as-json';

/** The steps that a person chose; undefined: as the text suggests. */
type Steps = readonly Step[] | undefined;

/**
 * Work on one message text that the page leaves to a worker.
 * - `preview`: the line of a row, and the values of its columns
 * - `view`: the decode chain for the details, its last stage laid out, and the keys that may be columns; of the body, or of
 *   the inner value that `inside` leads to, by the path of one string after the other
 * - `paths`: keys that may be columns, of the first item of each list alone
 * - `unwrap`: the text for the editor
 * - `layout`: the text with line breaks and indents, for the editor
 * - `row`: a row of a file
 */
export type Task =
  | { kind: 'preview'; text: string; steps: Steps; paths: readonly string[] }
  | { kind: 'view'; text: string; steps: Steps; limits: Limits; inside?: readonly string[] }
  | { kind: 'paths'; text: string; steps: Steps; most: number }
  | { kind: 'unwrap'; text: string; steps: Steps }
  | { kind: 'layout'; text: string }
  | { kind: 'row'; text: string; steps?: Steps; message: ExportedMessage; form: RowForm; isFirst: boolean };

/** `values`: by path, as a cell shows them; undefined where there is none. */
export type RowView = { preview: Preview; values: ReadonlyMap<string, string | undefined> };

/**
 * `laidOut`: the last stage with line breaks and indents; undefined where it is neither JSON, XML nor almost JSON. `notJson`:
 * what keeps a text that is almost JSON from being it, in a sentence, and the stretches of `laidOut` that do. `inner`: the
 * inner values, with their places in `laidOut`.
 */
export type BodyView = DecodedBody & {
  laidOut?: string;
  paths: readonly string[];
  notJson?: { problem: string; faults: readonly { start: number; end: number }[] };
  inner: readonly InnerMark[];
};

export type Results = {
  preview: RowView;
  view: BodyView;
  paths: readonly string[];
  unwrap: Unwrapped;
  layout: string;
  row: Uint8Array<ArrayBuffer>;
};
export type TaskOf<Kind> = Extract<Task, { kind: Kind }>;

/** Keys that the details offer as columns. */
export const OFFERED = 40;

/** The details of a decoded body, without its inner values, and without what is almost JSON. */
export function viewOf(body: DecodedBody, limits: Limits): BodyView {
  const last = body.stages.at(-1);
  const laidOut = last && laidOutOf(last, limits);
  const isKeyed = last?.kind === 'json' || last?.kind === 'xml';
  const paths = isKeyed ? pathsIn(jsonForm(last.text ?? ''), OFFERED).map(printPath) : [];
  return { ...body, paths, inner: [], ...(laidOut !== undefined && { laidOut }) };
}

function laidOutOf({ kind, text = '' }: Stage, { tokens }: Limits): string | undefined {
  if (kind === 'json') return prettyJson(text, tokens);
  return kind === 'xml' ? prettyXml(text, tokens) : undefined;
}

/** The text with line breaks and indents, unless that makes it too large for the editor. */
export function layoutOf(text: string): string {
  const laidOut = isJson(text) ? prettyJson(text) : prettyXml(text);
  return isTooLarge(laidOut) ? text : laidOut;
}

/**
 * The body for a file; the text as it came for bytes, and where decoding stopped, found something wrong or only lists what is
 * inside, since a part would pass for the whole.
 */
export function bodyOf(text: string, { stages, stopped }: DecodedBody): string {
  const isPart =
    stopped !== undefined || stages.some(({ problem, isList }) => problem !== undefined || isList === true);
  return isPart ? text : (stages.at(-1)?.text ?? text);
}

export const utf8Of = (text: string) => new TextEncoder().encode(text);

/** True for a text that is not JSON and begins as JSON does, or with a comment. */
const mayBeAlmostJson = (text: string) => /^[\s\ufeff]*[{[/#]/u.test(text);

/** Characters of a text that the page may look at itself. */
const SHORT_CHARACTERS = 4096;

type Short = { [Kind in Task['kind']]?: (task: TaskOf<Kind>, body: DecodedBody) => Results[Kind] | undefined };

const IN_PAGE: Short = {
  view({ limits, inside = [] }, body) {
    const { kind, text = '' } = body.stages.at(-1) ?? {};
    // Inner values may be packed, and the page has no reader of what is almost JSON.
    const isMore = kind === 'text' ? mayBeAlmostJson(text) : mayHoldInner(text);
    return inside.length > 0 || isMore ? undefined : viewOf(body, limits);
  },
  layout: ({ text }) => layoutOf(text),
  row: ({ text, message, form, isFirst }, body) => utf8Of(writeRow(message, form, isFirst, bodyOf(text, body))),
};

/** The result of a task that takes one look at a short text; undefined for all others. */
export function shortResult<Kind extends Task['kind']>(task: TaskOf<Kind>): Results[Kind] | undefined {
  const work: Short[Kind] = IN_PAGE[task.kind];
  if (!work || task.text.length > SHORT_CHARACTERS || ('steps' in task && task.steps !== undefined)) return undefined;
  const body = decodePlain(task.text, BRIEF);
  return body && work(task, body);
}

type Left = { [Kind in Task['kind']]: (task: TaskOf<Kind>, stopped: string) => Results[Kind] };

const AS_IT_CAME: Left = {
  preview: ({ text }, stopped) => ({ preview: { ...guessFormat(text), stopped }, values: new Map() }),
  view: ({ text }, stopped) => ({
    stages: [{ kind: 'text', label: 'Text', text }],
    format: guessFormat(text).format,
    paths: [],
    inner: [],
    stopped,
  }),
  paths: () => [],
  layout: ({ text }) => text,
  unwrap: ({ text }, stopped) => ({ text, layers: [], raw: `Decoding stopped: ${stopped}.` }),
  row: ({ message, form, isFirst }) => utf8Of(writeRow(message, form, isFirst)),
};

/** The result of a task that was ended: the text as it came. `stopped`: why, to follow "stopped: ". */
export const asItCame = <Kind extends Task['kind']>(task: TaskOf<Kind>, stopped: string): Results[Kind] =>
  AS_IT_CAME[task.kind](task, stopped);
