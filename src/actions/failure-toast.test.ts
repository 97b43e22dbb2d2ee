import { afterEach, describe, expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import type { Outcome, OutcomeKind } from '@/bulk/requests/outcome';
import { dismissToast, readToasts } from '@/ui/overlay/toast-store';
import { failureToast, outcomesToast } from './failure-toast';

afterEach(() => {
  for (const { id } of readToasts()) dismissToast(id);
});

const refused = (code = 'MessageNotFound', status = 404) => new StorageError('Refused.', { code, status });
const outcome = (kind: OutcomeKind, reason?: string, error?: unknown): Outcome => ({
  item: {},
  kind,
  ...(reason !== undefined && { reason }),
  ...(error !== undefined && { error }),
});
const words = { done: 'deleted', failed: 'Message not deleted' };
function shown(...outcomes: readonly Outcome[]) {
  outcomesToast(outcomes, words);
  const [one] = readToasts();
  return one && { title: one.title, tone: one.tone, stays: one.duration, causes: causesOf(one.detail) };
}
const causesOf = (detail: unknown) =>
  (detail as { props: { reason: string; code: string | undefined } }[]).map(({ props: { reason, code } }) => [
    reason,
    code,
  ]);

describe('of several', () => {
  test('each kind is counted, and what is not known is told apart', () => {
    expect(shown(outcome('done'), outcome('maybeDone', 'Lost.'), outcome('failed', 'No.'))?.title).toBe(
      '1 deleted, 1 perhaps, 1 not',
    );
  });

  test('what was not sent was not done', () => {
    expect(shown(outcome('done'), outcome('skipped', 'Move has this message.'))).toMatchObject({
      title: '1 deleted, 1 not',
      tone: 'danger',
      causes: [['Move has this message.', undefined]],
    });
  });

  test('what may be done is a warning, and is there for long', () => {
    expect(shown(outcome('maybeDone', 'Lost.'), outcome('maybeDone', 'Lost.'))).toEqual({
      title: '0 deleted, 2 perhaps',
      tone: 'warn',
      stays: 20_000,
      causes: [['Lost.', undefined]],
    });
  });

  test('each cause is told once', () => {
    const failed = outcome('failed', 'No.', refused());
    expect(shown(failed, failed, outcome('failed', 'No.', refused('QueueNotFound')))?.causes).toHaveLength(2);
  });
});

describe('of one', () => {
  test('that was not done, with the words for it', () => {
    expect(shown(outcome('failed', 'No.', refused()))).toMatchObject({ title: 'Message not deleted', tone: 'danger' });
  });

  test('that may be done', () => {
    expect(shown(outcome('maybeDone', 'Lost.'))).toMatchObject({ title: 'Perhaps deleted', tone: 'warn' });
  });
});

test('nothing is said when all went well', () => {
  expect(shown(outcome('done'), outcome('done'))).toBeUndefined();
});

test('a refusal is told by its answer; what the record knows, and what nobody knows, by its own words', () => {
  const [[refusal, code] = []] = shown(outcome('failed', 'Own words.', refused('QueueNotFound')))?.causes ?? [];
  expect(refusal).not.toBe('Own words.');
  expect(code).toBe('404 QueueNotFound');
  for (const kind of ['failed', 'maybeDone'] as const) {
    for (const { id } of readToasts()) dismissToast(id);
    expect(shown(outcome(kind, 'Own words.', refused()))?.causes).toEqual([['Own words.', '404 MessageNotFound']]);
  }
});

test('what failed for several causes says each of them once', () => {
  failureToast('Not leased', refused(), refused(), refused('QueueNotFound'));
  expect(readToasts()[0]).toMatchObject({ title: 'Not leased', tone: 'danger' });
  expect(causesOf(readToasts()[0]?.detail)).toHaveLength(2);
});
