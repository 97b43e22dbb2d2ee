import { describe, expect, test } from 'vitest';
import { createEngine } from '../engine/engine';
import type { Run } from '../run/run';
import { followLesson, type Lesson, noProgress, type Progress, rightOptions, runOfLesson } from './lesson';
import { loadLesson } from './load';
import { LESSONS } from './titles';

/** Ms after the last act in which a lesson ends. */
const REST_MS = 120_000;

async function play(lesson: Lesson, run: Run, until: number): Promise<Progress> {
  const engine = await createEngine(run, { watch: true });
  return followLesson(lesson, noProgress, await engine.advance(until));
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
      const { ticks } = await play(lesson, solved(lesson, seed), endOf(lesson));
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
      for (const [index, { seen }] of lesson.steps.entries())
        expect(seen(ticks[index]?.facts as Progress['facts'])).not.toMatch(/undefined|NaN|Infinity/);
    },
  );

  test('untouched, it ticks no step that a person acts in', async () => {
    const { ticks } = await play(lesson, runOfLesson(lesson), REST_MS);
    expect(lesson.steps.slice(0, ticks.length).filter(({ act }) => act)).toEqual([]);
  });
});
