import { describe, expect, test } from 'vitest';
import { createSimulation } from '../planning/simulation.fixture';
import { fill } from '../planning/situation.fixture';
import { moveMessage } from '../work/move-message';
import { startMessageJob } from './message-job';
import { createWalkProgress, type WalkProgress } from './progress';

describe('the phases of a walk', () => {
  test('are measured each from its own beginning, and say what is left of them', () => {
    const measure = createWalkProgress(1000);
    const walk = { receives: 2, lostReceives: 0, wanted: 4 };
    const before = { ...walk, isFinding: true, found: 64, returned: 0, toReturn: 60 };
    expect(measure(before, 3000)).toEqual({
      finding: { done: 64, total: undefined, rate: 32, secondsLeft: undefined, isOver: false, took: undefined },
      // Each receive took a second.
      returning: { done: 0, total: 60, rate: 0, secondsLeft: 60, isOver: false, took: undefined },
    });
    expect(measure(before, 3000, undefined, { returnedAtATime: 24, before: 5 }).returning.secondsLeft).toBe(5 + 10);
    const found = { ...walk, isFinding: false, found: 96, returned: 0, toReturn: 90 };
    measure(found, 4000);
    expect(measure({ ...found, returned: 30 }, 6000)).toEqual({
      finding: { done: 96, total: 96, rate: 32, secondsLeft: undefined, isOver: true, took: 3 },
      returning: { done: 30, total: 90, rate: 15, secondsLeft: 4, isOver: false, took: undefined },
    });
    expect(measure({ ...found, returned: 90 }, 9000, 9000).returning).toMatchObject({
      secondsLeft: undefined,
      isOver: true,
      took: 5,
    });
  });

  test('of a job overlap: returning goes on beside the work, and all of it is over at the end', async () => {
    const simulation = createSimulation({ latency: 20 });
    const { account, targetOf, run, sandbox } = simulation;
    sandbox.setFaults({ latency: 0 });
    const ids = await run(fill(account, { doing: 'move', messages: 200, chosen: undefined }));
    sandbox.setFaults({ latency: 20 });
    const job = startMessageJob({
      from: targetOf('source'),
      name: 'Move',
      wanted: new Set(ids.filter((_, index) => index % 4 === 0)),
      work: moveMessage(targetOf('target')),
      returnedAtATime: 8,
      concurrency: 2,
      total: 50,
    });
    const seen: (WalkProgress & { done: number })[] = [];
    job.subscribe(() => {
      const { walk, done } = job.progress;
      if (walk) seen.push({ ...walk, done });
    });
    await run(job.finished);
    expect(seen.some(({ finding, done }) => !finding.isOver && done > 0)).toBe(true);
    expect(seen.some(({ returning, done }) => returning.done > 0 && done < 50)).toBe(true);
    expect(job.progress.walk).toMatchObject({
      finding: { done: 200, total: 200, isOver: true },
      returning: { done: 150, total: 150, isOver: true },
    });
  });
});
