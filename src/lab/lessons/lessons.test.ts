import { describe, expect, test } from 'vitest';
import { createEngine } from '../engine/engine';
import type { LabEvent } from '../film/lab-event';
import type { Input, Run } from '../run/run';
import { followLesson, type Lesson, noProgress, type Progress, rightOptions, runOfLesson } from './lesson';
import { loadLesson } from './load';
import { LESSONS } from './titles';

/** Ms after the last act in which a lesson ends. */
const REST_MS = 120_000;

async function play(lesson: Lesson, run: Run, until: number): Promise<Progress & { events: readonly LabEvent[] }> {
  const engine = await createEngine(run, { watch: true });
  const events = await engine.advance(until);
  return { ...followLesson(lesson, noProgress, events), events };
}

const solved = (lesson: Lesson, seed?: number): Run => {
  const run = runOfLesson(lesson, seed);
  return { ...run, inputs: [...run.inputs, ...lesson.solution].toSorted((a, b) => a.at - b.at) };
};
const endOf = ({ solution }: Lesson) => (solution.at(-1)?.at ?? 0) + REST_MS;

const lessons = await Promise.all(
  LESSONS.map(async ({ id, title }) => [title, (await loadLesson(id)) as Lesson] as const),
);

describe.each(lessons)('%s', (_, lesson) => {
  const seeds = [42, 7, 20, 301, 4711];
  test.each(seeds)(
    'its solution ticks every step off, and one answer of each question holds (seed %i)',
    async (seed) => {
      const { ticks, events } = await play(lesson, solved(lesson, seed), endOf(lesson));
      expect(lesson.steps.slice(0, ticks.length).map(({ title }) => title)).toEqual(
        lesson.steps.map(({ title }) => title),
      );
      for (const [index, { ask }] of lesson.steps.entries()) {
        const { at = 0, facts } = ticks[index] ?? {};
        if (!ask || !facts) continue;
        expect(rightOptions(ask, facts)).toHaveLength(1);
        // Time stands still for the question, so its answer must come later.
        expect(at).toBeGreaterThan(ticks[index - 1]?.at ?? 0);
      }
      for (const { at, proof } of ticks) {
        const told = events.find((event) => event.what === 'answered' && event.call === proof);
        expect(told?.at).toBeLessThanOrEqual(at);
      }
      for (const [index, { seen }] of lesson.steps.entries())
        expect(seen(ticks[index]?.facts as Progress['facts'])).not.toMatch(/undefined|NaN|Infinity|#0/);
    },
  );

  test('every step says what it waits for, and has a hint that gives no answer away', () => {
    for (const { hint, waits, ask } of lesson.steps) {
      expect(waits).toMatch(/\S/);
      expect(hint).toMatch(/^[A-Z].*[.?]$/);
      for (const { text } of ask?.options ?? []) expect(hint).not.toContain(text);
    }
  });

  test('untouched, it ticks no step that a person acts in', async () => {
    const { ticks } = await play(lesson, runOfLesson(lesson), REST_MS);
    expect(lesson.steps.slice(0, ticks.length).filter(({ act }) => act)).toEqual([]);
  });
});

const LEAVE: Input = { at: 125_000, act: 'removeWorker' };
/** Acts that are as well done twice: a key that was pressed too often. */
const twice = ({ solution }: Lesson): Input[] =>
  solution.flatMap((input): Input[] =>
    input.act === 'crash' || input.act === 'removeWorker' ? [input] : [input, { ...input, at: input.at + 400 }],
  );

test.each(lessons)('%s comes to its end with each act done twice', async (_, lesson) => {
  const run = runOfLesson(lesson);
  // Two orders keep both workers of slow work busy: another one is sent when they are free again, as its hint says.
  const after: readonly Input[] = lesson.id === 'slow-work' ? [{ at: 50_000, act: 'send' }] : [];
  const acts = twice(lesson).map((input): Input => (after.length > 0 && input.at > 50_000 ? LEAVE : input));
  const inputs = [...run.inputs, ...acts, ...after].toSorted((a, b) => a.at - b.at);
  const { ticks } = await play(lesson, { ...run, inputs }, endOf(lesson) + 60_000);
  expect(lesson.steps.slice(0, ticks.length).map(({ title }) => title)).toEqual(lesson.steps.map(({ title }) => title));
  const right = lesson.steps.flatMap(({ ask }, index) =>
    ask ? [rightOptions(ask, ticks[index]?.facts ?? noProgress.facts).length] : [],
  );
  expect(right).toEqual(right.map(() => 1));
});

test('a worker that crashes with empty hands is not the one that the lesson is about', async () => {
  const [, lesson] = lessons.find(([title]) => title === 'Crash and redelivery') ?? [];
  if (!lesson) throw new Error('There is no such lesson');
  const run = runOfLesson(lesson);
  const [send] = lesson.solution as [Input];
  // Worker 2 has the order.
  const idle = await play(lesson, { ...run, inputs: [send, { at: 6000, act: 'crash', worker: 1 }] }, 8000);
  expect(idle.ticks).toHaveLength(2);
  const holder = await play(lesson, { ...run, inputs: [send, { at: 6000, act: 'crash', worker: 2 }] }, 8000);
  expect(holder.ticks).toHaveLength(3);
});

/** What the steps show as seen, with the usual seed: the rows of the lessons' plan, read from the run. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  'First message': [
    '201, the queue is there',
    'visible = 1, #1001',
    '#1001 with a receipt, peek finds nothing',
    'count 1: it is hidden, not gone',
    '204 for #1001, count 0',
  ],
  'Peek or receive': [
    'both see #1001, #1002, #1003, each with count 0',
    'you have #1001, the other one sees #1002, #1003',
    'you see #1002, #1003 as well, each with count 0',
  ],
  'Hidden, not gone': [
    '#1001, #1002, #1003, #1004, #1005 in one answer',
    'what nobody can see is not drawn',
    'peek finds nothing',
    'count 5, peek finds nothing',
    'visible = 5 again, and nobody sent a request',
  ],
  'Crash and redelivery': [
    'visible = 1',
    '#1001 hidden by worker 2, count 1',
    'no delete of #1001 by worker 2',
    '#1001 visible, count 1',
    '#1001 deleted by worker 1, its count was 2',
  ],
  'Slow work': [
    'visible = 1',
    '#1001 for worker 2 with count 1, for worker 1 with 2',
    '404 MessageNotFound for worker 2',
    '#1001 charged 2 times',
    '204 for a delete 40 s after its receive',
  ],
  'Extend the lease': [
    '#1001 with a receipt, good for 30 s',
    '204, with another receipt',
    '2 new receipts, all different',
    '3 new receipts, all different',
    '404 MessageNotFound',
    '204, charged 1 time',
  ],
  'A note to the next worker': [
    'count 1, no part is done yet',
    '204, with a new receipt; charged 1 time',
    '"1 of 3" in the text, count 1',
    'reads "1 of 3", count 2, charged 1 time',
    '"1 of 3" is still in the text, count 2',
    'count 3',
    'the text has 0 characters: an empty text is a text',
  ],
  'Poison, and who moves it': [
    'visible = 1',
    'count 8, orders-poison has 0',
    '1 in orders-poison, 0 in orders',
    'count 1',
    'moved at count 6, and in both queues: nothing is lost',
    '#1001 has a new id, and its count is 0 again',
  ],
};

test.each(lessons)('%s shows what the run gave', async (title, lesson) => {
  const { ticks } = await play(lesson, solved(lesson), endOf(lesson));
  expect(lesson.steps.map(({ seen }, index) => seen(ticks[index]?.facts ?? noProgress.facts))).toEqual(SEEN[title]);
});
