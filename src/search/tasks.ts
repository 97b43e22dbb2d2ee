import { BRIEF } from '@/azure/bodies/budget';
import { decodeBody } from '@/azure/bodies/decode-body';
import { previewOfStage } from '@/azure/bodies/preview';
import { unwrapText } from '@/azure/bodies/unwrap-text';
import { writeRow } from '@/bulk/files/write-row';
import { pathsIn, printPath, shownAt } from './json-path';
import { bodyOf, layoutOf, type Results, type Task, type TaskOf, utf8Of, viewOf } from './task';

type Worked = { [Kind in Task['kind']]: (task: TaskOf<Kind>, signal?: AbortSignal) => Promise<Results[Kind]> };

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
    return viewOf(await decodeBody(text, { steps, limits, signal }), limits);
  },
  async paths({ text, steps, most }, signal) {
    const { stages } = await decodeBody(text, { steps, limits: BRIEF, signal });
    return pathsIn(stages.at(-1)?.text ?? '', most)
      .filter((path) => path.every((part) => typeof part === 'string' || part === 0))
      .map(printPath);
  },
  unwrap: ({ text, steps }, signal) => unwrapText(text, { steps, signal }),
  layout: ({ text }) => Promise.resolve(layoutOf(text)),
  async row({ text, message, form, isFirst }) {
    return utf8Of(writeRow(message, form, isFirst, bodyOf(text, await decodeBody(text))));
  },
};

/** Does a task here. Its work is bounded by the limits of decoding. Rejects when `signal` aborts. */
export const runTask = <Kind extends Task['kind']>(task: TaskOf<Kind>, signal?: AbortSignal): Promise<Results[Kind]> =>
  (WORK[task.kind] as (task: TaskOf<Kind>, signal?: AbortSignal) => Promise<Results[Kind]>)(task, signal);
