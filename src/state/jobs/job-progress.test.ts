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
  workTook: undefined,
  walk: undefined,
  requests: undefined,
};
const phase = (done: number, total: number | undefined, isOver = false): Phase => ({
  done,
  total,
  rate: 0,
  secondsLeft: undefined,
  isOver,
  took: undefined,
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
  // Requests sent of all that are expected.
  [{ done: 10, requests: { sent: 2568, least: 3650, most: 3650 } }, 2568 / 3650],
  [{ done: 10, requests: { sent: 60, least: 60, most: 60 } }, 0.99],
  // A file alone needs none.
  [{ total: 80, requests: { sent: 0, least: 0, most: 0 } }, 0.5],
  // What it could not return is told apart.
  [{ walk: { finding: phase(200, 200, true), returning: phase(80, 160, true) } }, 0.6],
])('of %j the share that is done is %s', (change, share) => expect(shareDone({ ...items, ...change })).toBe(share));
