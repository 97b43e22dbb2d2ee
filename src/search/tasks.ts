import { almostJson } from '@/azure/bodies/almost-json/almost-json';
import { BRIEF, type Limits } from '@/azure/bodies/budget';
import { decodeBody } from '@/azure/bodies/decode-body';
import type { DecodedBody } from '@/azure/bodies/model';
import { previewOfStage } from '@/azure/bodies/preview';
import { unwrapText } from '@/azure/bodies/unwrap-text';
import { writeRow } from '@/bulk/files/write-row';
import { innerMarks, shownThrough, stringAt } from './inner-paths';
import { MOST_LEVELS } from './inner-values';
import { pathsIn, printPath } from './json-path';
import { type BodyView, bodyOf, layoutOf, OFFERED, type Results, type Task, type TaskOf, utf8Of, viewOf } from './task';
import { jsonForm } from './xml-as-json';

type Worked = { [Kind in Task['kind']]: (task: TaskOf<Kind>, signal?: AbortSignal) => Promise<Results[Kind]> };

const WORK: Worked = {
  async preview({ text, steps, paths }, signal) {
    const { format, stages, stopped } = await decodeBody(text, { steps, limits: BRIEF, signal });
    const last: { text?: string; bytes?: Uint8Array } = stages.at(-1) ?? {};
    const preview = previewOfStage(format, last);
    return {
      preview: stopped === undefined ? preview : { ...preview, stopped },
      values: await shownThrough(jsonForm(last.text ?? ''), paths, { limits: BRIEF, signal }),
    };
  },
  async view({ text, steps, limits, inside = [] }, signal) {
    let body = await decodeBody(text, { steps, limits, signal });
    for (const path of inside.slice(0, MOST_LEVELS)) {
      const content = stringAt(body.stages.at(-1)?.text ?? '', path);
      if (content === undefined) break;
      body = await decodeBody(content, { limits, signal });
    }
    return withInner(body, limits, signal);
  },
  async paths({ text, steps, most }, signal) {
    const { stages } = await decodeBody(text, { steps, limits: BRIEF, signal });
    const last = jsonForm(stages.at(-1)?.text ?? '');
    const own = pathsIn(last, most)
      .filter((path) => path.every((part) => typeof part === 'string' || part === 0))
      .map(printPath);
    const { paths: inner } = await innerMarks(last, { limits: BRIEF, signal }, most - own.length);
    return [...own, ...inner.filter((path) => !/\[[1-9]\d*\]/.test(path))];
  },
  unwrap: ({ text, steps }, signal) => unwrapText(text, { steps, signal }),
  layout: ({ text }) => Promise.resolve(layoutOf(text)),
  async row({ text, steps, message, form, isFirst }, signal) {
    return utf8Of(writeRow(message, form, isFirst, bodyOf(text, await decodeBody(text, { steps, signal }))));
  },
};

/** The details of a body with its inner values, which may be columns, too; or as almost JSON. */
async function withInner(body: DecodedBody, limits: Limits, signal?: AbortSignal): Promise<BodyView> {
  const view = viewOf(body, limits);
  const last = body.stages.at(-1);
  // What was cut off by a limit would only be told to be cut off.
  if (last?.kind === 'text' && body.stopped === undefined) {
    const almost = almostJson(last.text ?? '', limits);
    if (!almost) return view;
    const { laidOut, ...notJson } = almost;
    return { ...view, laidOut, notJson };
  }
  if (last?.kind !== 'json') return view;
  const { marks, paths } = await innerMarks(view.laidOut ?? last.text ?? '', { limits: BRIEF, signal }, OFFERED);
  // Half of what is offered is inside, at most.
  const own = view.paths.slice(0, OFFERED - Math.min(paths.length, OFFERED / 2));
  return { ...view, inner: marks, paths: [...own, ...paths].slice(0, OFFERED) };
}

/** Does a task here. Its work is bounded by the limits of decoding. Rejects when `signal` aborts. */
export const runTask = <Kind extends Task['kind']>(task: TaskOf<Kind>, signal?: AbortSignal): Promise<Results[Kind]> =>
  (WORK[task.kind] as (task: TaskOf<Kind>, signal?: AbortSignal) => Promise<Results[Kind]>)(task, signal);
