import { describe, expect, test } from 'vitest';
import type { Job } from '@/bulk/jobs/job';
import type { JobState } from '@/bulk/jobs/job-state';
import { type Counts, noCounts } from '@/bulk/jobs/progress';
import type { LeasingReport } from '@/bulk/leasing/leasing-report';
import type { JobKind, ListedJob } from '@/state/jobs/job-store';
import { clockTime } from '@/words/times';
import { doingText, jobName, jobTitle, leasingRemarks, outcomeText, rateText, timeLeftText } from './job-text';

type Facts = {
  state?: JobState;
  total?: number | undefined;
  counts?: Partial<Counts>;
  leasing?: Partial<LeasingReport>;
} & Partial<Pick<ListedJob, 'kind' | 'noun' | 'dryRun'>>;

/** A job with as much as its texts need. */
function listed({ state = 'done', total, counts: some = {}, leasing, ...rest }: Facts): ListedJob {
  const counts = { ...noCounts(), ...some };
  const report = {
    missing: [],
    returned: 0,
    lost: [],
    notReturned: [],
    maybeHidden: [],
    raised: new Map(),
    ...leasing,
  };
  const job = { state, counts, progress: { total, done: counts.done }, leasing: leasing && report } as unknown as Job;
  return { id: 1, kind: 'move', where: 'a to b', noun: 'message', startedAt: new Date(0), job, ...rest };
}

describe('a title', () => {
  test.each<[Facts, string]>([
    [{ state: 'running', total: 10_000 }, 'Move 10,000 messages'],
    [{ state: 'paused' }, 'Move messages'],
    [{ state: 'running', total: 1, kind: 'visibility' }, 'Set visibility of 1 message'],
    [{ state: 'running', total: 2, kind: 'text' }, 'Change text of 2 messages'],
    [{ state: 'running', total: 2, kind: 'text', dryRun: true }, 'Dry run: change text of 2 messages'],
    [{ total: 2, counts: { done: 2 } }, 'Moved 2 messages'],
    [{ total: 3, counts: { done: 2 } }, 'Moved 2 of 3 messages'],
    [{ counts: { done: 1 }, kind: 'visibility' }, 'Set visibility of 1 message'],
    [{ counts: { done: 2 }, kind: 'text' }, 'Changed text of 2 messages'],
    [{ counts: { done: 2 }, kind: 'text', dryRun: true }, 'Dry run: 2 messages would be changed'],
    [{ counts: { done: 2 }, kind: 'clear', noun: 'queue' }, 'Cleared 2 queues'],
    [{ total: 1, kind: 'delete', leasing: { missing: ['a'] } }, 'Nothing deleted'],
    [{ total: 1, kind: 'visibility' }, 'Nothing changed'],
    [{ state: 'cancelled', total: 200, counts: { done: 12 } }, 'Cancelled: moved 12 of 200 messages'],
    [{ state: 'failed', counts: { done: 12 } }, 'Stopped: moved 12 messages'],
  ])('the title of %j: %s', (facts, title) => expect(jobTitle(listed(facts))).toBe(title));

  test.each<[JobKind, string, string, string]>([
    ['move', 'Move', 'Moving', 'Moved 1 message'],
    ['copy', 'Copy', 'Copying', 'Copied 1 message'],
    ['redrive', 'Redrive', 'Redriving', 'Redriven 1 message'],
    ['delete', 'Delete', 'Deleting', 'Deleted 1 message'],
    ['clear', 'Clear', 'Clearing', 'Cleared 1 message'],
    ['send', 'Send', 'Sending', 'Sent 1 message'],
    ['addAgain', 'Add again', 'Adding again', 'Added again 1 message'],
    ['import', 'Import', 'Importing', 'Imported 1 message'],
    ['export', 'Export', 'Exporting', 'Exported 1 message'],
  ])('the texts of %s: %s, %s, %s', (kind, name, doing, title) => {
    expect([jobName({ kind }), doingText({ kind })]).toEqual([name, doing]);
    expect(jobTitle(listed({ kind, counts: { done: 1 } }))).toBe(title);
  });
});

describe('time and rate', () => {
  test.each([
    [0.2, '1 s left'],
    [59, '59 s left'],
    [59.1, '1 min 0 s left'],
    [71, '1 min 11 s left'],
    [3599, '59 min 59 s left'],
    [3600, '1 h 0 min left'],
    [7500, '2 h 5 min left'],
  ])('%d seconds left read %s', (seconds, text) => expect(timeLeftText(seconds)).toBe(text));

  test.each([
    [0, '0/s'],
    [9.94, '9.9/s'],
    [10.4, '10/s'],
    [1234.5, '1,235/s'],
  ])('a rate of %d per second reads %s', (rate, text) => expect(rateText(rate)).toBe(text));
});

test.each([
  ['skipped', 'Skipped'],
  ['failed', 'Not moved'],
  ['maybeDone', 'Maybe moved'],
  ['maybeTwice', 'Maybe twice'],
  ['inBoth', 'In both queues'],
] as const)('an outcome that is %s is called %s', (kind, text) => expect(outcomeText('move', kind)).toBe(text));

const left = (id: string, until: Date) => ({ id, receipt: undefined, until, reason: '' });

function remarks(facts: Partial<LeasingReport>) {
  const { leasing } = listed({ leasing: facts }).job;
  return leasing && leasingRemarks(leasing);
}

test('the remarks tell what became of the leases', () => {
  const raised = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  expect(remarks({})).toEqual([]);
  expect(remarks({ returned: 2, raised })).toEqual(['2 messages returned, dequeue count up by 1']);
  expect(remarks({ raised })).toEqual(['2 dequeue counts up by 1']);
  const [soon, late] = [new Date(2026, 0, 1, 9, 30), new Date(2026, 0, 1, 10, 0)];
  expect(
    remarks({
      lost: ['c'],
      notReturned: [left('a', late), left('b', soon)],
      maybeHidden: [
        { messages: 32, until: soon },
        { messages: 1, until: soon },
      ],
    }),
  ).toEqual([
    '1 not returned: received by another consumer meanwhile, or gone',
    `2 not returned: hidden until ${clockTime(late.getTime())}`,
    `up to 33 hidden until ${clockTime(late.getTime())}: an answer was lost, or could not be read`,
  ]);
});
