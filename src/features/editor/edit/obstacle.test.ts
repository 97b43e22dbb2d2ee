import { describe, expect, test } from 'vitest';
import type { Evidence } from '@/messages/evidence';
import { emptyRecord, type MessageRecord, type RecordLease } from '@/messages/record';
import { obstacleTo } from './obstacle';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const evidence: Evidence = { asked: 1, answered: 2, at: NOW, date: undefined };
const message = { id: 'a', text: 'one', insertedAt: new Date(NOW), expiresAt: null, dequeueCount: 1 };
const held: RecordLease = {
  holder: 'tab',
  receipt: 'r',
  total: 30,
  leasedAt: NOW,
  endsAt: NOW + 30_000,
  visibleAt: NOW + 30_000,
  clockEvidence: 0,
  evidence,
  state: 'held',
};
const record: MessageRecord = { ...emptyRecord('a'), message, facts: message, lease: held };
const facts = { serviceNow: NOW, isMaybeMine: true, isRefused: false };
const of = (change: Partial<MessageRecord>, more: Partial<typeof facts> = {}) =>
  obstacleTo({ ...record, ...change }, { ...facts, ...more });
const leaseThat = (change: Partial<RecordLease>) => of({ lease: { ...held, ...change } });
const unknown = (since: 'delete' | 'clear' | 'return' | 'refused', likely?: boolean) =>
  ({ is: 'unknown', since, evidence, ...(likely && { likely }) }) as const;

test('a leased message with a working receipt has no obstacle', () => {
  expect(of({})).toBeUndefined();
});

describe('a message is called deleted only when that is certain', () => {
  test.each([
    ['deleted', 'This tab deleted it.'],
    ['cleared', 'The queue was cleared.'],
    ['elsewhere', 'Another tab of this browser deleted it.'],
  ] as const)('%s', (how, reason) => {
    expect(of({ lease: undefined, standing: { is: 'deleted', how, evidence } })).toMatchObject({
      way: 'gone',
      title: 'The message is deleted',
      reason,
      canAdd: true,
    });
  });

  test('a message deleted with its queue cannot be added again', () => {
    expect(of({ standing: { is: 'deleted', how: 'queueDeleted', evidence } })).toMatchObject({
      way: 'gone',
      canAdd: false,
    });
  });

  test('a moved message names the queue that it was moved to', () => {
    const to = { connectionId: 'c', queue: 'orders-done' };
    expect(of({ standing: { is: 'deleted', how: 'moved', to, evidence } })?.title).toBe(
      'The message was moved to orders-done',
    );
  });

  test('a message has expired by the clock of the service', () => {
    const life = { ...message, expiresAt: new Date(NOW + 1000) };
    expect(of({ facts: life })).toBeUndefined();
    expect(of({ facts: life }, { serviceNow: NOW + 1000 })).toMatchObject({
      way: 'gone',
      title: 'The message has expired',
    });
  });

  test('a refused receipt does not make a message deleted', () => {
    const refused = of({ lease: { ...held, state: 'ended', ending: 'refused' }, standing: unknown('refused') });
    expect(refused).toMatchObject({ way: 'lease', title: 'The receipt is no longer valid' });
    expect(refused?.reason).toContain('Another consumer received the message, or it was deleted or has expired.');
  });

  test('a delete without an answer does not make a message deleted', () => {
    expect(of({ standing: unknown('delete') })).toMatchObject({ way: 'again', title: 'The message may be deleted' });
    expect(of({ lease: undefined, standing: unknown('delete', true) })).toMatchObject({
      way: 'lease',
      title: 'The message is most likely deleted',
    });
  });
});

describe('a lease that ended says why', () => {
  test.each([
    ['time', /^Your lease ended at \d\d:\d\d:35$/],
    ['refused', /^The receipt is no longer valid$/],
    ['seen', /^The message is visible again$/],
    ['elsewhere', /^Another tab of this browser has received the message$/],
    ['malformed', /^The receipt is not accepted$/],
  ] as const)('%s', (ending, title) => {
    expect(leaseThat({ state: 'ended', ending })).toMatchObject({ way: 'lease', title: expect.stringMatching(title) });
  });

  test('a released message has no lease', () => {
    expect(of({ lease: undefined })).toMatchObject({ way: 'lease', title: 'You have no lease on this message' });
  });

  test('a lease of another tab names that tab', () => {
    expect(leaseThat({ holder: 'elsewhere', receipt: undefined })?.title).toBe(
      'Another tab of this browser has the message',
    );
  });

  test('a message hidden for a time has no lease', () => {
    const standing = { is: 'hidden', until: NOW + 60_000, evidence } as const;
    expect(of({ lease: undefined, standing })?.title).toMatch(/^The message is hidden until \d\d:\d\d:05$/);
  });

  test('a lease whose receipt the CORS rule hides has to be renewed by leasing again', () => {
    expect(leaseThat({ state: 'unknown', because: 'hiddenReceipt' })).toMatchObject({
      way: 'lease',
      title: 'The new receipt is hidden',
    });
  });
});

describe('something of this tab has the message', () => {
  test('a job that works on the message is named', () => {
    expect(of({ claim: { kind: 'job', name: 'Move' } })).toMatchObject({ way: 'wait', title: 'Move has this message' });
  });

  test('a delete that waits for Undo has to be undone', () => {
    expect(of({ claim: { kind: 'delete', name: 'A delete that waits for Undo' } })).toMatchObject({
      way: 'wait',
      reason: 'Undo the delete to save your text.',
    });
  });

  test('a delete under way has to end', () => {
    expect(of({ pending: { kind: 'delete', tick: 3 } })?.way).toBe('wait');
  });
});

describe('an answer was lost', () => {
  const lost = { lease: { ...held, state: 'unknown', because: 'lostAnswer' } } as const;

  test('after a save without an answer, saving again does no harm', () => {
    expect(of({ ...lost, maybeText: 'mine' })).toMatchObject({
      way: 'again',
      title: 'Your text may or may not be saved',
    });
  });

  test('after a save whose repeat was refused, the text is most likely saved', () => {
    const saved = of({ ...lost, maybeText: 'mine' }, { isRefused: true });
    expect(saved).toMatchObject({ way: 'lease', title: 'Your text is most likely saved' });
    expect(saved?.reason).not.toMatch(/somebody|another consumer/i);
  });

  test('after an earlier save without an answer, the newer text is not saved', () => {
    const saved = of({ ...lost, maybeText: 'earlier' }, { isRefused: true, isMaybeMine: false });
    expect(saved?.title).toBe('An earlier text of yours is most likely saved');
    expect(saved?.reason).toContain('What you wrote since then is not.');
  });

  test('after a save that released the lease and whose repeat was refused, the text is most likely saved', () => {
    expect(of({ lease: undefined, maybeText: 'mine', standing: unknown('return') })).toMatchObject({
      way: 'lease',
      title: 'Your text is most likely saved',
    });
  });

  test('after an extension without an answer, nothing is saved and the lease is most likely extended', () => {
    expect(of(lost)).toMatchObject({ way: 'again', title: 'The receipt may no longer be valid' });
    const refused = of(lost, { isRefused: true });
    expect(refused?.way).toBe('lease');
    expect(refused?.reason).toMatch(/^Nothing was saved\. Most likely an extension was made/);
  });

  test('after a release without an answer, the lease may be released', () => {
    expect(of({ standing: unknown('return') })).toMatchObject({ way: 'again', title: 'The lease may be released' });
    expect(of({ lease: undefined, standing: unknown('return') })).toMatchObject({
      way: 'lease',
      title: 'The lease is most likely released',
    });
  });

  test('after a clear without an answer, the message may be deleted', () => {
    expect(of({ standing: unknown('clear') })?.title).toBe('The message may be deleted');
  });
});

test('a message without a record has to be leased', () => {
  expect(obstacleTo(undefined, facts)?.way).toBe('lease');
});

test('a message that another consumer has is looked for by leasing it again', () => {
  expect(leaseThat({ state: 'ended', ending: 'refused' })?.reason).toBe(
    'Another consumer received the message, or it was deleted or has expired. Lease it again to find out.',
  );
  expect(of({ lease: undefined, standing: unknown('delete') })?.reason).toBe(
    'No answer came to its delete. Lease it again to find out.',
  );
});
