import { describe, expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import type { Job } from '@/bulk/jobs/job';
import type { JobState } from '@/bulk/jobs/job-state';
import { startJob } from '@/bulk/jobs/start-job';
import { JOURNAL_KINDS } from '@/bulk/journal/journal';
import { OtherText } from '@/bulk/leasing/lease-handle';
import type { LeasingReport } from '@/bulk/leasing/leasing-report';
import { forecastJob, planOfItems } from '@/bulk/planning/forecast';
import { type Outcome, type OutcomeKind, troubled } from '@/bulk/requests/outcome';
import { createRandom } from '@/sandbox/random';
import type { ListedJob } from '@/state/jobs/job-store';
import { isAllDone, reportOf, reportText } from './job-report';

/** A browse is no job of the list. */
const KINDS = JOURNAL_KINDS.filter((kind) => kind !== 'browse');

const list = (job: Job, rest: Partial<ListedJob> = {}): ListedJob => ({
  id: 1,
  kind: 'delete',
  where: 'payments-poison',
  noun: 'message',
  startedAt: new Date(0),
  job,
  ...rest,
});

/** A job over so many items, each with the outcome that is drawn, of which `cancelAfter` end it early. */
async function ended(
  outcomes: readonly OutcomeKind[],
  reasons: readonly string[],
  cancelAfter = Infinity,
): Promise<Job> {
  let begun = 0;
  const job = startJob<number>({
    source: outcomes.keys(),
    total: outcomes.length,
    concurrency: 3,
    work: async (item): Promise<Outcome<number>> => {
      if (++begun > cancelAfter) job.cancel();
      const kind = outcomes[item] ?? 'done';
      return kind === 'done' ? { item, kind } : troubled(item, kind, reasons[item % reasons.length] ?? '');
    },
  });
  await job.finished;
  return job;
}

/** The same job, with what became of its leases. */
const withLeases = (job: Job, leasing: Partial<LeasingReport>, state: JobState = job.state): Job => ({
  ...job,
  progress: job.progress,
  state,
  leasing: {
    received: 0,
    wanted: 0,
    passed: 0,
    missing: [],
    raised: new Map(),
    returned: 0,
    hidden: 0,
    lost: [],
    gone: 0,
    notReturned: [],
    maybeHidden: [],
    requests: 0,
    ended: 'empty',
    ...leasing,
  },
});

const rows = (listed: ListedJob) => reportOf(listed).lines.map(({ messages, name, why }) => [messages, name, why]);

describe('a report', () => {
  test('of any kind of job adds up to what was chosen, whatever became of it', async () => {
    const random = createRandom(5);
    const kinds: OutcomeKind[] = ['done', 'skipped', 'failed', 'maybeDone', 'maybeTwice', 'inBoth'];
    for (let round = 0; round < 200; round++) {
      const number = Math.floor(random.share() * 60);
      const drawn = Array.from({ length: number }, () => kinds[Math.floor(random.share() * kinds.length)] ?? 'done');
      const reasons = Array.from({ length: 1 + Math.floor(random.share() * 8) }, (_, index) => `Reason ${index}.`);
      const job = await ended(drawn, reasons, random.share() < 0.5 ? Math.floor(random.share() * number) : Infinity);
      const kind = KINDS[round % KINDS.length] ?? 'move';
      const { lines, chosen, isAllDone: isAll } = reportOf(list(job, { kind }));
      expect(chosen).toBe(number);
      expect(lines.reduce((sum, { messages }) => sum + messages, 0)).toBe(number);
      expect(isAll).toBe(number > 0 && job.counts.done === number);
      // Each outcome stands in one line, which says why.
      const shown = lines.flatMap(({ outcomes }) => outcomes);
      expect(shown.toSorted((one, other) => one - other)).toEqual(job.outcomes.map((_, index) => index));
      expect(lines.filter(({ name, why }) => why === undefined && !name.includes(lines[0]?.name ?? ''))).toEqual([]);
      expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length);
    }
  });

  test('says why in words: what was not found, what another text stands in, and what was refused', async () => {
    const refused = new StorageError('No.', { status: 403, code: 'AuthorizationPermissionMismatch' });
    const outcomes: Outcome<number>[] = [
      { item: 0, kind: 'done' },
      troubled(1, 'failed', 'Not deleted.', new OtherText()),
      troubled(2, 'failed', 'Not deleted.', refused),
    ];
    const job = startJob<number>({
      source: [0, 1, 2],
      total: 4,
      work: async (item) => outcomes[item] as Outcome<number>,
    });
    await job.finished;
    const report = list(withLeases(job, { missing: ['x'] }));
    expect(rows(report)).toEqual([
      [1, 'deleted', undefined],
      [1, 'not found', 'gone already, or held by another consumer'],
      [1, 'kept', 'another text stands in them than the one you chose'],
      [1, 'not deleted', expect.not.stringMatching(/403|Mismatch/)],
    ]);
    expect(reportOf(report)).toMatchObject({ title: 'Deleted 1 of 4 messages', chosen: 4, isAllDone: false });
    expect(reportText(reportOf(report))).toMatch(
      /^Deleted 1 of 4 messages\n.*payments-poison\n1 deleted\n1 not found: gone already, or held by another consumer\n[^]*4 chosen\n/,
    );
  });

  test('of messages that were not looked for to the end does not call them gone', async () => {
    const job = await ended([], []);
    const searched = withLeases(
      { ...job, progress: { ...job.progress, total: 2 } },
      { missing: ['a', 'b'], ended: 'cap', received: 320 },
    );
    expect(rows(list(searched))[1]).toEqual([
      2,
      'not found',
      expect.stringMatching(/^among the first 320: further back/),
    ]);
    const stopped = withLeases(
      { ...job, progress: { ...job.progress, total: 2 } },
      { missing: ['a', 'b'], ended: 'aborted' },
      'cancelled',
    );
    expect(rows(list(stopped))[1]).toEqual([2, 'not begun', 'it was cancelled before their turn']);
  });

  test('is no success where nothing was done', async () => {
    const job = await ended([], []);
    expect(isAllDone(job)).toBe(false);
    expect(isAllDone(withLeases(await ended(['done'], []), { missing: ['a'] }))).toBe(false);
    expect(isAllDone(await ended(['done'], []))).toBe(true);
    expect(isAllDone(await ended(['done', 'skipped'], ['x']))).toBe(false);
  });

  test('puts requests and time beside the forecast, with what made it miss', async () => {
    const plan = planOfItems(['delete'], 3542);
    const forecast = forecastJob({ ...plan, roundTrip: 50 });
    const job = await ended(['done'], []);
    const kinds = { receive: 0, put: 0, update: 0, delete: 3559, return: 0, renewal: 0, clear: 0 };
    const busy = {
      ...job,
      progress: job.progress,
      plan,
      sent: { sum: 3559, kinds, again: new Map([['503 Server Busy', 17]]) },
    };
    expect(reportOf(list(busy, { forecast })).requests).toMatch(
      /^3,559 requests, forecast 3,542: 17 were sent again after 503 Server Busy, 3,541 messages were not worked on\. 1 s, forecast 30 s\.$/,
    );
    const exact = { ...job, progress: job.progress, plan, sent: { sum: 3542, kinds, again: new Map() } };
    expect(reportOf(list(exact, { forecast })).requests).toMatch(/^3,542 requests, forecast 3,542\. /);
  });

  test('says whether anything is hidden still', async () => {
    const job = await ended(['done'], []);
    expect(reportOf(list(withLeases(job, {}))).leases.at(-1)).toBe(
      'Nothing of this job is hidden any more. You may close this tab.',
    );
    const until = new Date(2026, 0, 1, 9, 30);
    const { leases } = reportOf(list(withLeases(job, { notReturned: [{ id: 'a', receipt: 'r', until, reason: '' }] })));
    expect(leases).toEqual(['1 not returned: hidden until 09:30:00.']);
  });
});
