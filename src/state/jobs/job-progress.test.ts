import { expect, test } from 'vitest';
import type { Job } from '@/bulk/jobs/job';
import type { Phase } from '@/bulk/jobs/progress';
import { shareDone } from './job-progress';

type Progress = Job['progress'];
const items: Progress = {
  done: 40,
  failed: 0,
  skipped: 0,
  uncertain: 0,
  working: 0,
  total: 40,
  rate: 0,
  secondsLeft: undefined,
  walk: undefined,
};
const phase = (done: number, total: number | undefined, isOver = false): Phase => ({
  done,
  total,
  rate: 0,
  secondsLeft: undefined,
  isOver,
});

test.each<[Partial<Progress>, number | undefined]>([
  [{}, 1],
  [{ total: undefined }, undefined],
  [{ total: 0, done: 0 }, 1],
  [{ total: 80 }, 0.5],
  // All items are done, and 60 of 160 messages are still to be returned.
  [{ walk: { finding: phase(200, 200, true), returning: phase(100, 160) } }, 0.7],
  [{ walk: { finding: phase(200, 200, true), returning: phase(160, 160) } }, 1],
  // It may find more.
  [{ walk: { finding: phase(200, undefined), returning: phase(0, 0) } }, 0.99],
  // What it could not return is told apart.
  [{ walk: { finding: phase(200, 200, true), returning: phase(80, 160, true) } }, 0.6],
])('of %j the share that is done is %s', (change, share) => expect(shareDone({ ...items, ...change })).toBe(share));
