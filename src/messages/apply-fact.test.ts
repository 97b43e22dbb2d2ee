import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyFact } from './apply-fact';
import type { Fact, News } from './fact';
import {
  after,
  answer,
  anyFacts,
  asked,
  BROWSE,
  cleared,
  DELETE,
  deleted,
  ID,
  JOB,
  leaseOf,
  peeked,
  REF,
  received,
  refused,
  told,
  unanswered,
  update,
  updated,
  WAITING,
} from './facts.fixture';
import {
  certainMessage,
  emptyRecord,
  isDeleted,
  isLeasedHere,
  isLeaving,
  type LeaseDoubt,
  type Standing,
  shownMessage,
} from './record';

const leased = received('a', 'r1', answer(1, 2));
const held = after(leased);

describe('a text', () => {
  test.each<[string, string, boolean, Fact, Fact]>([
    ['the newer request', 'b', false, peeked('a', answer(1, 2)), peeked('b', answer(3, 4))],
    ['the newer request, whatever the count', 'b', false, peeked('a', answer(1, 2), 3), peeked('b', answer(3, 4), 1)],
    [
      'the higher count where two overlapped',
      'a',
      false,
      peeked('a', answer(1, 3, 7), 2),
      peeked('b', answer(2, 4, 9), 1),
    ],
    [
      'the later date where counts are alike',
      'b',
      false,
      peeked('a', answer(1, 3, 7), 1),
      peeked('b', answer(2, 4, 8), 1),
    ],
    [
      'the first, undecided, within one second',
      'a',
      true,
      peeked('a', answer(1, 3, 7), 1),
      peeked('b', answer(2, 4, 7), 1),
    ],
    ['the first, undecided, without dates', 'a', true, peeked('a', answer(1, 3), 1), peeked('b', answer(2, 4), 1)],
    ['one that both have, decided', 'a', false, peeked('a', answer(1, 3), 1), peeked('a', answer(2, 4), 1)],
    ['of a receive against a peek before it', 'b', false, peeked('a', answer(1, 3)), received('b', 'r1', answer(2, 4))],
  ])('is that of %s', (_, text, undecided, one, other) => {
    const record = after(one, other);
    expect(record.message?.text).toBe(text);
    expect(record.undecided).toBe(undecided);
    expect(certainMessage(record)?.text).toBe(undecided ? undefined : text);
  });

  test('that is undecided is decided by what is asked after both answers, and by nothing sooner', () => {
    const undecided = [peeked('a', answer(2, 3), 1), peeked('b', answer(1, 6), 1)];
    expect(after(...undecided, peeked('a', answer(5, 7), 1)).undecided).toBe(true);
    const decided = after(...undecided, peeked('b', answer(7, 8), 1));
    expect(certainMessage(decided)?.text).toBe('b');
  });

  test('keeps its object for as long as nothing of it changes', () => {
    const record = after(peeked('a', answer(1, 2)));
    expect(applyFact(record, peeked('a', answer(3, 4))).message).toBe(record.message);
    expect(applyFact(record, peeked('a', answer(3, 4), 1)).message).not.toBe(record.message);
  });

  test('that was dropped comes back with the next answer, and facts stay meanwhile', () => {
    const dropped = after(leased, { kind: 'textDropped' });
    expect(dropped.message).toBeUndefined();
    expect(dropped.facts).toEqual({ id: ID, dequeueCount: 1, insertedAt: new Date(0), expiresAt: null });
    expect(applyFact(dropped, peeked('b', answer(40), 1)).message?.text).toBe('b');
    expect(applyFact(dropped, peeked('b', answer(1, 40), 1))).toBe(dropped);
  });
});

describe('a receive', () => {
  test('leases for a person, or for the work that asked, which claims it', () => {
    expect(held).toMatchObject({ lease: { holder: 'tab', receipt: 'r1', state: 'held' }, claim: undefined });
    const worked = after(received('a', 'r1', answer(1, 2), { claim: JOB }));
    expect(worked).toMatchObject({ lease: { holder: 'work' }, claim: JOB });
    expect(worked.message).not.toHaveProperty('receipt');
  });

  test('creates one lease object for all its messages, as hundreds of thousands may be held', () => {
    const lease = leaseOf('r1', answer(1, 2));
    expect(after({ ...leased, lease }).lease).toBe(lease);
  });

  test.each([
    ['before its end', 1999, { state: 'held' }],
    ['at its end', 2000, { state: 'ended', ending: 'time' }],
    ['after its end', 2001, { state: 'ended', ending: 'time' }],
  ])('that is answered %s gives its receipt, and says whether the lease runs', (_, at, lease) => {
    const evidence = { ...answer(1, 2), at };
    const record = after({ ...leased, lease: leaseOf('r1', evidence, { endsAt: 2000 }), evidence });
    expect(record.lease).toMatchObject({ receipt: 'r1', ...lease });
  });

  test('of a message that a job or a browse has goes to that one again, also when its lease was over', () => {
    const once = received('a', 'r1', answer(1, 2), { claim: JOB });
    const again = received('a', 'r2', answer(3, 4), { claim: JOB, dequeueCount: 2 });
    expect(after(once, again).lease).toMatchObject({ receipt: 'r2', holder: 'work' });
    expect(after(peeked('a', answer(1)), { kind: 'claimed', claim: JOB }, again).lease).toMatchObject({
      holder: 'work',
    });
  });

  test('leases a claimed message for the work that has the claim', () => {
    const record = after(leased, { kind: 'claimed', claim: JOB }, received('a', 'r2', answer(9), { claim: BROWSE }));
    expect(record).toMatchObject({ claim: JOB, lease: { receipt: 'r2', holder: 'tab' } });
  });

  test('that was answered late is no news where the message was received again since', () => {
    const late = received('a', 'r1', answer(1, 9), { dequeueCount: 1 });
    const record = after(received('b', 'r2', answer(3, 4), { dequeueCount: 2 }), late);
    expect(record).toMatchObject({ message: { text: 'b' }, lease: { receipt: 'r2' } });
    const seen = after(peeked('b', answer(3, 4), 2), late);
    expect(seen).toMatchObject({ message: { text: 'b' }, lease: undefined });
  });

  test('that a later peek overtook gives its receipt where nobody received the message in between', () => {
    const record = after(peeked('b', answer(3, 4, 9), 1), received('a', 'r1', answer(1, 9, 7)));
    expect(record).toMatchObject({ message: { text: 'b' }, lease: { receipt: 'r1' } });
  });

  test('leaves the lease of a receive that is the later one by the dates of the service', () => {
    const record = after(received('b', 'r2', answer(3, 4, 9)), received('a', 'r1', answer(1, 9, 7)));
    expect(record).toMatchObject({ message: { text: 'b' }, lease: { receipt: 'r2' } });
  });

  test('ends what was hidden, unknown or refused', () => {
    for (const before of [
      { kind: 'givenUp', until: 90_000, evidence: answer(2) } as const,
      unanswered(DELETE, 'r1', answer(3, 4)),
      refused(update(30), 'r1', answer(3, 4)),
    ]) {
      const record = after(leased, before, received('a', 'r2', answer(8), { dequeueCount: 2 }));
      expect(record).toMatchObject({ standing: { is: 'there' }, lease: { receipt: 'r2', state: 'held' } });
    }
  });
});

describe('a peek that shows a message', () => {
  test('ends a lease that was there before it was asked for, and no newer one', () => {
    expect(after(leased, peeked('a', answer(3, 4), 1)).lease).toMatchObject({ state: 'ended', ending: 'seen' });
    expect(after(leased, peeked('a', answer(1, 4), 1)).lease).toMatchObject({ state: 'held' });
    const renewed = updated(update(60), 'r1', 'r2', answer(5, 6));
    expect(after(leased, renewed, peeked('a', answer(4, 7), 1)).lease).toMatchObject({ state: 'held' });
  });

  test('keeps the reason for which a lease had ended', () => {
    const over = after(leased, { kind: 'time', now: 1e9 });
    expect(applyFact(over, peeked('a', answer(40), 1)).lease).toBe(over.lease);
  });

  test('and has nothing new does not change the record', () => {
    expect(applyFact(held, peeked('b', answer(1, 4)))).toBe(held);
    const maybe = after(leased, unanswered(DELETE, 'r1', answer(5, 6)));
    expect(applyFact(maybe, peeked('b', answer(1, 7)))).toBe(maybe);
  });

  test('makes a deleted message present again, once it is newer than the deletion', () => {
    const hidden: Fact = { kind: 'givenUp', until: 90_000, evidence: answer(5, 6) };
    expect(after(leased, hidden, peeked('a', answer(4, 7), 1)).standing.is).toBe('hidden');
    expect(after(leased, hidden, peeked('a', answer(7, 8), 1)).standing.is).toBe('there');
    const maybe = unanswered(DELETE, 'r1', answer(5, 6));
    expect(after(leased, maybe, peeked('a', answer(4, 7), 1)).standing.is).toBe('unknown');
    expect(after(leased, maybe, peeked('a', answer(7, 8), 1)).standing.is).toBe('there');
  });

  test('ends the lease of another tab', () => {
    const elsewhere = told({ what: 'leased', endsAt: 90_000, total: 60, dequeueCount: 1 }, answer(2));
    expect(after(peeked('a', answer(1)), elsewhere, peeked('a', answer(3), 1)).lease).toBeUndefined();
  });
});

describe('what is asked for', () => {
  test('of an update is shown as pending, and is never the text', () => {
    const record = after(leased, asked(update(60, 'b'), 3));
    expect(shownMessage(record)?.text).toBe('b');
    expect(record.message?.text).toBe('a');
    expect(certainMessage(record)?.text).toBe('a');
  });

  test.each<[string, Fact, string | undefined]>([
    ['refused', refused(update(60, 'b'), 'r1', answer(3, 4)), 'a'],
    ['failed', { kind: 'failed', tick: 3, malformed: false }, 'a'],
    ['unanswered', unanswered(update(60, 'b'), 'r1', answer(3, 4)), undefined],
    ['updated', updated(update(60, 'b'), 'r1', 'r2', answer(3, 4)), 'b'],
  ])('is over when it is %s, and the text that is certain then is right', (_, fact, text) => {
    const record = after(leased, asked(update(60, 'b'), 3), fact);
    expect(record.pending).toBeUndefined();
    expect(certainMessage(record)?.text).toBe(text);
    expect(shownMessage(record)?.text).toBe(text ?? 'a');
  });

  test('hides the message until an end, unless it returns it', () => {
    expect(after(leased, asked(update(60), 3)).pending).toMatchObject({ endsAt: 63_000, total: 60 });
    expect(after(leased, asked(update(0), 3)).pending).toMatchObject({ endsAt: undefined });
  });

  test('has a message where it is a text, and where the message is known', () => {
    expect(after(leased, asked(update(60), 3)).pending).toMatchObject({ message: undefined });
    expect(after(leased, { kind: 'textDropped' }, asked(update(60, 'b'), 3)).pending).toMatchObject({
      message: undefined,
    });
  });

  test('is pending until its own answer', () => {
    const record = after(leased, asked(update(60, 'b'), 3), { kind: 'failed', tick: 2, malformed: false });
    expect(record.pending).toMatchObject({ tick: 3 });
  });

  test('to be deleted leaves every list until it is answered', () => {
    const record = after(leased, asked(DELETE, 3));
    expect(isLeaving(record)).toBe(true);
    expect(isLeaving(applyFact(record, { kind: 'failed', tick: 3, malformed: false }))).toBe(false);
  });
});

describe('an update', () => {
  test('gives the receipt and the end; a length that was asked for is its new length', () => {
    const { lease } = after(leased, updated(update(600), 'r1', 'r2', answer(3, 4)));
    expect(lease).toMatchObject({ receipt: 'r2', total: 600, endsAt: 604_000, state: 'held' });
    expect(after(leased, updated(update(10), 'r1', 'r2', answer(3, 4))).lease).toMatchObject({ total: 10 });
  });

  test('does not change who has the lease, nor the service clock of its first answer', () => {
    const restored = leaseOf('r1', answer(1), { holder: 'left', clockEvidence: 7000 });
    const kept = after({ kind: 'restored', lease: restored }, updated(update(60), 'r1', 'r2', answer(3, 4)));
    expect(kept.lease).toMatchObject({ holder: 'left', clockEvidence: 7000 });
    const unknown = after(peeked('a', answer(1)), updated(update(60), 'r1', 'r2', answer(3, 4)));
    expect(unknown.lease).toMatchObject({ holder: 'tab', clockEvidence: 0 });
  });

  test('that is answered when its lease is over keeps the reason for which the one before had ended', () => {
    const late: Fact = {
      kind: 'updated',
      asked: update(1),
      used: 'r1',
      receipt: 'r2',
      endsAt: 5000,
      visibleAt: 5000,
      askedAt: 4000,
      evidence: answer(4, 9),
    };
    expect(after(leased, late).lease).toMatchObject({ receipt: 'r2', state: 'ended', ending: 'time' });
    const seen = after(leased, peeked('a', answer(3), 1), late);
    expect(seen.lease).toMatchObject({ receipt: 'r2', state: 'ended', ending: 'seen' });
  });

  test('that saves a text keeps the length that a person asked for', () => {
    const { lease, message } = after(leased, updated(update(7, 'b'), 'r1', 'r2', answer(3, 4)));
    expect(lease).toMatchObject({ receipt: 'r2', total: 30, endsAt: 11_000 });
    expect(message?.text).toBe('b');
  });

  test('to 0 ends the lease, and the message is there', () => {
    const record = after(leased, updated(update(0), 'r1', 'r2', answer(3, 4)));
    expect(record).toMatchObject({ lease: undefined, standing: { is: 'there' } });
  });

  test.each<[string, Fact, Standing]>([
    ['a person', leased, { is: 'there', released: answer(3, 4) }],
    ['a job', received('a', 'r1', answer(1, 2), { claim: JOB }), { is: 'there' }],
    ['nobody', peeked('a', answer(1, 2)), { is: 'there' }],
  ])('to 0 says by which answer the message was released, where %s had it', (_, before, standing) => {
    expect(after(before, updated(update(0), 'r1', 'r2', answer(3, 4))).standing).toEqual(standing);
  });

  test('whose receipt is hidden leaves the receipt unknown', () => {
    const { lease } = after(leased, updated(update(60), 'r1', undefined, answer(3, 4)));
    expect(lease).toMatchObject({ state: 'unknown', because: 'hiddenReceipt', endsAt: 64_000 });
  });

  test('is ignored when this tab received the message since, which showed what it changed', () => {
    const again = received('c', 'r2', answer(4, 5), { dequeueCount: 2 });
    const record = after(leased, again, updated(update(60, 'b'), 'r1', 'r3', answer(3, 6)));
    expect(record).toMatchObject({ message: { text: 'c' }, lease: { receipt: 'r2' } });
  });

  test('is ignored when a higher dequeue count was seen before its answer: another consumer received the message since', () => {
    const record = after(
      leased,
      asked(update(1, 'b'), 3),
      peeked('c', answer(4, 5), 2),
      updated(update(1, 'b'), 'r1', 'r2', answer(3, 6)),
    );
    expect(record).toMatchObject({ message: { text: 'c', dequeueCount: 2 }, pending: undefined });
    expect(isLeasedHere(record)).toBe(false);
  });

  test.each<[string, string, boolean, Fact, number?]>([
    ['is not the text, as the peek has the later date', 'c', false, peeked('c', answer(3, 5, 9), 1), 8],
    ['is the text, by the later date', 'b', false, peeked('c', answer(3, 5, 8), 1), 9],
    ['is undecided within one second', 'c', true, peeked('c', answer(3, 5, 8), 1), 8],
    ['is undecided without dates', 'c', true, peeked('c', answer(3, 5), 1)],
    ['is the text, as the peek has the same', 'b', false, peeked('b', answer(3, 5), 1)],
  ])('of which a peek has shown the same count meanwhile: what was saved %s', (_, text, undecided, peek, date) => {
    const save = update(60, 'b');
    const record = after(leased, asked(save, 4), peek, updated(save, 'r1', 'r2', answer(4, 6, date)));
    expect(record).toMatchObject({ message: { text }, undecided, lease: { receipt: 'r2', state: 'held' } });
  });

  test('is ignored when a higher dequeue count was seen, also with another update pending before that', () => {
    const [save, second] = [update(60, 'b'), update(60)];
    const asking = [asked(save, 3), asked(second, 4)];
    const record = after(leased, ...asking, peeked('c', answer(5, 6), 2), updated(save, 'r1', 'r2', answer(3, 7)));
    expect(record).toMatchObject({ message: { text: 'c' }, undecided: false });
    expect(isLeasedHere(record)).toBe(false);
  });

  test('of a message of which only the receipt was known gives the next receipt, whatever was seen since', () => {
    const restored: Fact = { kind: 'restored', lease: leaseOf('r1', answer(1)) };
    const done = updated(update(60), 'r1', 'r2', answer(3, 6));
    expect(after(restored, asked(update(60), 3), done).lease).toMatchObject({ receipt: 'r2', state: 'held' });
    const seen = after(restored, asked(update(60), 3), peeked('c', answer(2, 5), 4), done);
    expect(seen).toMatchObject({ message: { text: 'c' }, lease: { receipt: 'r2', state: 'held' } });
  });

  test('of a message without a text gives it the text that was saved', () => {
    const record = after(leased, { kind: 'textDropped' }, updated(update(60, 'b'), 'r1', 'r2', answer(3, 4)));
    expect(record.message).toEqual({ ...held.message, text: 'b' });
  });

  test('that saves the text as it was keeps the object of the message', () => {
    expect(applyFact(held, updated(update(60, 'a'), 'r1', 'r2', answer(3, 4))).message).toBe(held.message);
  });

  test.each([
    ['an extension', update(60)],
    ['a return', update(0)],
  ])('that is %s leaves the lease of another tab that received the message since', (_, change) => {
    const over: Fact[] = [
      { kind: 'restored', lease: leaseOf('r1', answer(1)) },
      { kind: 'time', now: 1e9 },
    ];
    const elsewhere = told({ what: 'leased', endsAt: 2e9, total: 60, dequeueCount: 2 }, answer(5));
    const record = after(...over, asked(change, 3), elsewhere, updated(change, 'r1', 'r2', answer(3, 6)));
    expect(record.lease).toMatchObject({ holder: 'elsewhere', receipt: undefined });
  });

  test('whose receipt worked shows that an earlier change with a lost answer was not made', () => {
    const lost = unanswered(update(60, 'b'), 'r1', answer(3, 4));
    expect(certainMessage(after(leased, lost))).toBeUndefined();
    const record = after(leased, lost, updated(update(60), 'r1', 'r2', answer(5, 6)));
    expect(certainMessage(record)?.text).toBe('a');
    expect(record.lease).toMatchObject({ state: 'held', receipt: 'r2' });
  });

  test('does not revive what was cleared while it was under way', () => {
    const record = after(leased, cleared(answer(4, 5)), updated(update(60), 'r1', 'r2', answer(3, 6)));
    expect(record).toMatchObject({ standing: { is: 'deleted', how: 'cleared' }, lease: undefined });
  });
});

describe('a deleted message', () => {
  const gone = [leased, deleted(answer(5, 6))];

  test('has no lease, is in no list, and has the way it was deleted', () => {
    expect(isLeaving(after(...gone))).toBe(true);
    expect(after(...gone)).toMatchObject({ standing: { is: 'deleted', how: 'deleted' }, lease: undefined });
    const moved = after(...gone, { kind: 'movedTo', removal: { how: 'moved', to: REF } });
    expect(moved.standing).toMatchObject({ is: 'deleted', how: 'moved', to: REF });
    expect(after(leased, { kind: 'movedTo', removal: { how: 'moved', to: REF } }).standing.is).toBe('there');
  });

  test.each<[string, Fact]>([
    ['a peek that was asked for before', peeked('b', answer(4, 9), 7)],
    ['a peek that was asked for meanwhile', peeked('b', answer(6, 9), 7)],
    ['a receive that was asked for before', received('b', 'r9', answer(4, 9), { dequeueCount: 7 })],
    ['an update that was asked for before', updated(update(60), 'r1', 'r2', answer(4, 9))],
    ['a refusal', refused(DELETE, 'r1', answer(7, 8))],
    ['no answer', unanswered(update(60), 'r1', answer(7, 8))],
    ['a lost Clear', { kind: 'maybeCleared', evidence: answer(7, 8) }],
    ['a receipt out of the storage', { kind: 'restored', lease: leaseOf('r1', answer(8)) }],
    ['another tab that released it', told({ what: 'released', text: 'b' }, answer(8))],
    ['another tab that leased it', told({ what: 'leased', endsAt: 90_000, total: 60, dequeueCount: 9 }, answer(8))],
    ['the clock', { kind: 'time', now: 1e9 }],
    ['being hidden', { kind: 'givenUp', until: 90_000, evidence: answer(8) }],
  ])('stays deleted after %s', (_, fact) => {
    expect(isDeleted(after(...gone, fact))).toBe(true);
  });

  test('keeps its text, which can be added again, when an answer comes that was asked for before', () => {
    const record = after(...gone);
    expect(applyFact(record, peeked('b', answer(4, 9), 7))).toBe(record);
    expect(applyFact(record, received('b', 'r9', answer(4, 9), { dequeueCount: 7 }))).toBe(record);
  });

  test.each<[string, string | undefined, Fact]>([
    ['nobody can tell when there is no answer', undefined, unanswered(update(60, 'b'), 'r1', answer(3, 6))],
    ['nobody can tell when a try may have worked', undefined, refused(update(60, 'b'), 'r1', answer(3, 6), true)],
    ['stays when it was refused', 'a', refused(update(60, 'b'), 'r1', answer(3, 6))],
    ['is the new one when it was made', 'b', updated(update(60, 'b'), 'r1', 'r2', answer(3, 6))],
  ])('has a text that, after a change that was under way, %s', (_, text, fact) => {
    const record = after(leased, asked(update(60, 'b'), 3), deleted(answer(4, 5)), fact);
    expect(certainMessage(record)?.text).toBe(text);
    expect(record).toMatchObject({ standing: { is: 'deleted' }, lease: undefined, pending: undefined });
  });

  test('keeps its text when a change is not answered that came too late, or when another delete is not', () => {
    const record = after(...gone);
    expect(applyFact(record, unanswered(update(60, 'b'), 'r1', answer(7, 8)))).toBe(record);
    expect(applyFact(record, unanswered(DELETE, 'r1', answer(3, 8)))).toBe(record);
  });

  test('waits for the answer to a change of its text, and to no other', () => {
    const changed = after(leased, asked(update(60, 'b'), 3), deleted(answer(5, 6)));
    expect(changed.pending).toMatchObject({ message: { text: 'b' } });
    const dropped = after(leased, asked(update(60, 'b'), 3), { kind: 'textDropped' }, deleted(answer(5, 6)));
    expect(dropped.pending).toMatchObject({ message: { text: 'b' } });
    for (const change of [update(60, 'a'), update(60)]) {
      expect(after(leased, asked(change, 3), deleted(answer(5, 6))).pending).toBeUndefined();
    }
  });

  test('is there again when an answer shows it that was asked for later', () => {
    expect(after(...gone, peeked('b', answer(7, 8))).standing.is).toBe('there');
    expect(after(...gone, received('b', 'r9', answer(7, 8))).standing.is).toBe('there');
  });
});

describe('a refused receipt', () => {
  test('ends the lease and proves nothing', () => {
    const record = after(leased, refused(DELETE, 'r1', answer(3, 4)));
    expect(record).toMatchObject({
      standing: { is: 'unknown', since: 'refused' },
      lease: { state: 'ended', ending: 'refused' },
    });
    expect(isLeaving(record)).toBe(false);
  });

  test('of a delete after a lost answer says that it is most likely deleted', () => {
    const record = after(leased, refused(DELETE, 'r1', answer(3, 4), true));
    expect(record).toMatchObject({ standing: { is: 'unknown', since: 'delete', likely: true }, lease: undefined });
    expect(isLeaving(record)).toBe(true);
    expect(isDeleted(record)).toBe(false);
  });

  test('of a change says no more than that, leased or not, and whether or not a try of it may have worked', () => {
    for (const known of [peeked('a', answer(1, 2)), leased]) {
      const record = after(known, refused(update(60), 'r1', answer(3, 4), true));
      expect(record.standing).toEqual({ is: 'unknown', since: 'refused', evidence: answer(3, 4) });
      expect(isLeasedHere(record)).toBe(false);
    }
  });

  test.each([
    ['another delete', DELETE],
    ['a release', update(0)],
    ['an extension', update(60)],
  ])('of %s after a delete without an answer says the same', (_, what) => {
    const record = after(leased, unanswered(DELETE, 'r1', answer(3, 4)), refused(what, 'r1', answer(5, 6)));
    expect(record.standing).toMatchObject({ is: 'unknown', since: 'delete', likely: true });
  });

  test('after a release without an answer says that it is most likely returned', () => {
    const record = after(leased, unanswered(update(0), 'r1', answer(3, 4)), refused(update(0), 'r1', answer(5, 6)));
    expect(record).toMatchObject({ lease: undefined, standing: { is: 'unknown', since: 'return' } });
  });

  test('after a change without an answer leaves the receipt unknown: most likely that is our own', () => {
    const lost = unanswered(update(600, 'b'), 'r1', answer(3, 4));
    const record = after(leased, lost, refused(update(600, 'b'), 'r1', answer(5, 6)));
    expect(record.lease).toMatchObject({ state: 'unknown', because: 'lostAnswer', endsAt: 603_000 });
    expect(record.maybeText).toBe('b');
  });

  test('does not concern a newer receipt', () => {
    const again = received('a', 'r2', answer(4, 5), { dequeueCount: 2 });
    expect(after(leased, again, refused(update(60), 'r1', answer(3, 6))).lease).toMatchObject({
      receipt: 'r2',
      state: 'held',
    });
  });

  test('is ignored when a later request shows the message', () => {
    const seen = after(leased, peeked('a', answer(7, 8), 1));
    expect(applyFact(seen, refused(update(60), 'r1', answer(3, 4)))).toBe(seen);
  });

  test('that is malformed ends the lease', () => {
    expect(after(leased, { kind: 'failed', tick: 3, malformed: true }).lease).toMatchObject({
      state: 'ended',
      ending: 'malformed',
    });
    expect(after(leased, { kind: 'failed', tick: 3, malformed: false }).lease).toMatchObject({ state: 'held' });
  });
});

describe('no answer', () => {
  test('to a delete leaves the lease usable, and the deletion unknown', () => {
    const record = after(leased, unanswered(DELETE, 'r1', answer(3, 4)));
    expect(record).toMatchObject({ standing: { is: 'unknown', since: 'delete' }, lease: { state: 'held' } });
    expect(isLeaving(record)).toBe(false);
    const returned = applyFact(record, unanswered(update(0), 'r1', answer(5, 6)));
    expect(returned.standing).toMatchObject({ is: 'unknown', since: 'delete' });
    const unleased = after(peeked('a', answer(1, 2)), unanswered(DELETE, 'r1', answer(3, 4)));
    expect(unleased).toMatchObject({ standing: { is: 'unknown', since: 'delete' }, lease: undefined });
  });

  test('to an extension hides the message for as long as was asked for', () => {
    const record = after(leased, unanswered(update(600), 'r1', answer(3, 4)));
    expect(record.lease).toMatchObject({ state: 'unknown', because: 'lostAnswer', endsAt: 603_000 });
    expect(certainMessage(record)?.text).toBe('a');
    const short = after(leased, unanswered(update(1), 'r1', answer(3, 4)));
    expect(short.lease?.endsAt).toBe(32_000);
  });

  test('to a new text makes the text uncertain until an answer shows it', () => {
    const lost = unanswered(update(60, 'b'), 'r1', answer(3, 4));
    expect(after(leased, lost)).toMatchObject({ message: { text: 'a' }, maybeText: 'b' });
    const seen = after(leased, lost, peeked('b', answer(99), 1));
    expect(certainMessage(seen)?.text).toBe('b');
    expect(certainMessage(after(leased, unanswered(update(60, 'a'), 'r1', answer(3, 4))))?.text).toBe('a');
    const restored: Fact = { kind: 'restored', lease: leaseOf('r1', answer(1)) };
    expect(after(restored, lost)).toMatchObject({ message: undefined, maybeText: 'b' });
  });

  test('to an extension after one to a new text leaves the text uncertain', () => {
    const lost = [unanswered(update(60, 'b'), 'r1', answer(3, 4)), unanswered(update(60), 'r1', answer(5, 6))];
    expect(after(leased, ...lost)).toMatchObject({ message: { text: 'a' }, maybeText: 'b' });
  });

  test('is ignored when this tab received the message since', () => {
    const again = after(leased, received('c', 'r2', answer(4, 5), { dequeueCount: 2 }));
    expect(applyFact(again, unanswered(update(60, 'b'), 'r1', answer(3, 6)))).toBe(again);
  });

  test('to a Clear leaves everything unknown but what is deleted', () => {
    const maybe: Fact = { kind: 'maybeCleared', evidence: answer(7, 8) };
    expect(after(leased, maybe)).toMatchObject({ standing: { is: 'unknown', since: 'clear' }, lease: held.lease });
    expect(after(leased, deleted(answer(3)), maybe).standing.is).toBe('deleted');
    expect(after(leased, maybe, peeked('a', answer(9), 1)).standing.is).toBe('there');
    expect(after(peeked('a', answer(9)), maybe).standing.is).toBe('there');
    expect(after({ kind: 'restored', lease: leaseOf('r1', answer(1)) }, maybe).standing.is).toBe('unknown');
    expect(after(peeked('a', answer(7, 9)), maybe).standing.is).toBe('unknown');
  });
});

describe('a Clear', () => {
  test('removes what was known before it, leased or not', () => {
    for (const before of [leased, peeked('a', answer(1, 2))]) {
      expect(after(before, cleared(answer(3, 4)))).toMatchObject({
        standing: { is: 'deleted', how: 'cleared' },
        lease: undefined,
      });
    }
  });

  const added: Fact = {
    kind: 'peeked',
    message: { id: ID, text: 'a', dequeueCount: 0, insertedAt: new Date(9000), expiresAt: null },
    evidence: answer(2, 5, 9),
  };

  test('leaves what was added after it, and does not know of what was shown meanwhile', () => {
    const shown = peeked('a', answer(2, 5));
    expect(after(shown, cleared(answer(3, 6))).standing).toMatchObject({ is: 'unknown', since: 'clear' });
    expect(after(added, cleared(answer(3, 6, 8))).standing.is).toBe('there');
    for (const date of [undefined, 9]) {
      expect(after(added, cleared(answer(3, 6, date))).standing.is).toBe('unknown');
    }
  });

  test('removes what is known by its receipt alone', () => {
    const restored: Fact = { kind: 'restored', lease: leaseOf('r9', answer(1)) };
    expect(after(restored, cleared(answer(3, 4, 9)))).toMatchObject({ standing: { is: 'deleted' }, lease: undefined });
  });

  test('leaves what an answer shows that was asked for after it', () => {
    const shown = after(peeked('a', answer(7, 8)));
    expect(applyFact(shown, cleared(answer(3, 4)))).toBe(shown);
  });

  test('with its queue removes all', () => {
    const gone: Fact = { kind: 'removed', removal: { how: 'queueDeleted' }, evidence: answer(3, 6, 8) };
    for (const shown of [peeked('a', answer(2, 5)), added]) {
      expect(after(shown, gone).standing).toMatchObject({ is: 'deleted', how: 'queueDeleted' });
    }
  });

  test('does not change how an earlier deletion was made', () => {
    expect(after(leased, deleted(answer(3)), cleared(answer(5))).standing).toMatchObject({ how: 'deleted' });
  });
});

describe('a receipt that was kept over a reload', () => {
  const restored = { kind: 'restored', lease: leaseOf('r9', answer(1), { holder: 'left' }) } as const;

  test('is a lease without a message', () => {
    expect(after(restored)).toMatchObject({ message: undefined, lease: { receipt: 'r9', holder: 'left' } });
  });

  test.each<[LeaseDoubt | undefined, Standing]>([
    ['delete', { is: 'unknown', since: 'delete', evidence: answer(1) }],
    ['return', { is: 'unknown', since: 'return', evidence: answer(1) }],
    ['clear', { is: 'unknown', since: 'clear', evidence: answer(1) }],
    ['lostAnswer', { is: 'there' }],
    ['hiddenReceipt', { is: 'there' }],
    [undefined, { is: 'there' }],
  ])('comes with what was in doubt of its message: %s', (doubt, standing) => {
    expect(after({ ...restored, doubt }).standing).toEqual(standing);
  });

  test('is of no use where the message was leased anew', () => {
    expect(after(leased, restored).lease).toMatchObject({ receipt: 'r1' });
  });
});

describe('the clock', () => {
  test('ends a lease at its end and not before, unless work has it', () => {
    expect(applyFact(held, { kind: 'time', now: 31_999 })).toBe(held);
    expect(applyFact(held, { kind: 'time', now: 32_000 }).lease).toMatchObject({ state: 'ended', ending: 'time' });
    const worked = after(leased, { kind: 'claimed', claim: JOB });
    expect(applyFact(worked, { kind: 'time', now: 99_000 })).toBe(worked);
    const over = after(leased, refused(update(60), 'r1', answer(3, 4)));
    expect(applyFact(over, { kind: 'time', now: 99_000 })).toBe(over);
  });

  test('ends a lease of another tab, and shows what was hidden', () => {
    const elsewhere = after(told({ what: 'leased', endsAt: 9000, total: 5, dequeueCount: 1 }, answer(2)));
    expect(applyFact(elsewhere, { kind: 'time', now: 9000 })).toEqual({ ...elsewhere, lease: undefined });
    const hidden = after(leased, { kind: 'givenUp', until: 9000, evidence: answer(3) });
    expect(applyFact(hidden, { kind: 'time', now: 8999 })).toBe(hidden);
    expect(applyFact(hidden, { kind: 'time', now: 9000 }).standing.is).toBe('there');
  });
});

describe('a claim', () => {
  test('belongs to the first owner, and is ended by that owner only', () => {
    const record = after(leased, { kind: 'claimed', claim: JOB }, { kind: 'claimed', claim: BROWSE });
    expect(record.claim).toBe(JOB);
    expect(applyFact(record, { kind: 'unclaimed', claim: { ...JOB } })).toBe(record);
    expect(applyFact(record, { kind: 'unclaimed', claim: JOB }).claim).toBeUndefined();
  });

  test('of a delete that waits leaves every list', () => {
    expect(isLeaving(after(leased, { kind: 'claimed', claim: WAITING }))).toBe(true);
    expect(isLeaving(after(leased, { kind: 'claimed', claim: JOB }))).toBe(false);
  });
});

describe('a lease', () => {
  test('can change its owner within the tab, but not from another tab', () => {
    expect(after(leased, { kind: 'handed', holder: 'left' }).lease?.holder).toBe('left');
    const elsewhere = after(told({ what: 'leased', endsAt: 90_000, total: 5, dequeueCount: 1 }, answer(2)));
    expect(applyFact(elsewhere, { kind: 'handed', holder: 'left' })).toBe(elsewhere);
    expect(after(peeked('a', answer(1)), { kind: 'handed', holder: 'left' }).lease).toBeUndefined();
  });

  test('that is given up hides the message for a time', () => {
    const record = after(leased, { kind: 'givenUp', until: 90_000, evidence: answer(3) });
    expect(record).toMatchObject({ lease: undefined, standing: { is: 'hidden', until: 90_000 } });
  });
});

const leasing = (dequeueCount?: number): News => ({ what: 'leased', endsAt: 90_000, total: 60, dequeueCount });

describe('another tab', () => {
  const known = peeked('a', answer(1));

  test('that leased a message has it until then, without a receipt', () => {
    const record = after(known, told(leasing(1), answer(2)));
    const times = { total: 60, leasedAt: 30_000, endsAt: 90_000, visibleAt: 90_000 };
    expect(record.lease).toMatchObject({ holder: 'elsewhere', state: 'held', receipt: undefined, ...times });
    expect(record.message).toMatchObject({ text: 'a', dequeueCount: 1 });
    expect(certainMessage(record)?.text).toBe('a');
    expect(isLeasedHere(record)).toBe(false);
  });

  test('that leased it after somebody else may show another text', () => {
    expect(certainMessage(after(known, told(leasing(2), answer(2))))).toBeUndefined();
  });

  test('that leased it leaves a text undecided that was, and doubts none that is to be deleted', () => {
    const undecided = [peeked('a', answer(1, 3), 1), peeked('b', answer(2, 4), 1)];
    expect(after(...undecided, told(leasing(2), answer(5))).undecided).toBe(true);
    expect(after(known, asked(DELETE, 2), told(leasing(1), answer(3))).undecided).toBe(false);
  });

  test('that extended its lease says nothing of the text or the count', () => {
    const one = after(known, told(leasing(1), answer(2)));
    const extended = after(known, told(leasing(1), answer(2)), asked(update(60, 'b'), 3), told(leasing(1), answer(4)));
    expect(extended).toMatchObject({ message: { text: 'a' }, undecided: false });
    for (const news of [leasing(1), leasing()]) {
      expect(applyFact(one, told(news, answer(4))).message).toBe(one.message);
    }
  });

  test('that leased a message without a text reports its dequeue count', () => {
    const record = after(known, { kind: 'textDropped' }, told(leasing(3), answer(2)));
    expect(record).toMatchObject({ id: ID, message: undefined, facts: { id: ID, dequeueCount: 3 } });
    expect(applyFact(record, peeked('a', answer(1, 5), 2)).message).toBeUndefined();
  });

  test('whose lease was over when this tab received the message is ignored', () => {
    const again = after(received('a', 'r2', answer(3, 4), { dequeueCount: 2 }));
    for (const news of [
      { what: 'leased', endsAt: 90_000, total: 60 },
      { what: 'updated', endsAt: 90_000, total: 60, text: 'b' },
      { what: 'released', text: 'b' },
      { what: 'hidden', until: 90_000 },
    ] satisfies News[]) {
      expect(applyFact(again, told({ ...news, dequeueCount: 1 }, answer(5)))).toBe(again);
      expect(applyFact(again, told({ ...news, dequeueCount: 2 }, answer(5)))).not.toBe(again);
    }
  });

  test('that changed a received message reports the dequeue count with the text', () => {
    const news: News = { what: 'updated', endsAt: 90_000, total: 60, text: 'b', dequeueCount: 2 };
    const record = after(known, told(news, answer(2)));
    expect(certainMessage(record)).toMatchObject({ text: 'b', dequeueCount: 2 });
    expect(applyFact(record, peeked('a', answer(1, 5), 1))).toBe(record);
  });

  test('that leased ours ends our lease', () => {
    expect(after(leased, told(leasing(2), answer(3))).lease).toMatchObject({
      holder: 'tab',
      state: 'ended',
      ending: 'elsewhere',
    });
  });

  test('that changed the text, released, hid or deleted it is believed', () => {
    const changed = after(known, told({ what: 'updated', endsAt: 90_000, total: 60, text: 'b' }, answer(2)));
    expect(changed).toMatchObject({ message: { text: 'b' }, lease: { holder: 'elsewhere' } });
    const released = applyFact(changed, told({ what: 'released', text: 'c' }, answer(3)));
    expect(released).toMatchObject({ message: { text: 'c' }, lease: undefined, standing: { is: 'there' } });
    const hidden = applyFact(changed, told({ what: 'hidden', until: 90_000 }, answer(3)));
    expect(hidden).toMatchObject({ lease: undefined, standing: { is: 'hidden', until: 90_000 } });
    expect(after(known, told({ what: 'deleted' }, answer(3))).standing).toMatchObject({
      is: 'deleted',
      how: 'elsewhere',
    });
  });

  test('that leased it while a change of ours was under way makes the text undecided', () => {
    const change = update(0, 'b');
    const facts = [leased, asked(change, 3), told(leasing(2), answer(5)), updated(change, 'r1', 'r2', answer(3, 6))];
    expect(certainMessage(after(...facts))).toBeUndefined();
  });
});

describe('whatever comes in whatever order', () => {
  test('a fact never changes the record that it is applied to', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const applyAll = () => facts.reduce((record, fact) => frozen(applyFact(record, frozen(fact))), emptyRecord(ID));
        expect(applyAll).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  test('a deleted message is back only by an answer that shows it and was asked for later', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        let record = emptyRecord(ID);
        for (const fact of facts) {
          const { standing } = record;
          record = applyFact(record, fact);
          if (standing.is !== 'deleted' || record.standing.is === 'deleted') continue;
          const shows = fact.kind === 'peeked' || fact.kind === 'received' || fact.kind === 'updated';
          expect(shows && fact.evidence.asked > standing.evidence.answered).toBe(true);
        }
      }),
      { numRuns: 4000 },
    );
  });

  test('a text is one that an answer showed, that we were told, or that a confirmed update of ours wrote', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        let record = emptyRecord(ID);
        const known = new Set<string | undefined>([undefined]);
        for (const fact of facts) {
          known.add(shownBy(fact));
          record = applyFact(record, fact);
          expect(known.has(record.message?.text)).toBe(true);
        }
      }),
      { numRuns: 4000 },
    );
  });

  test('a lease of ours has a receipt, a deleted message has no lease, and facts agree with the message', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        let record = emptyRecord(ID);
        for (const fact of facts) {
          record = applyFact(record, fact);
          const { lease, message, standing } = record;
          expect(lease === undefined || lease.holder === 'elsewhere' || lease.receipt !== undefined).toBe(true);
          expect(standing.is !== 'deleted' || lease === undefined).toBe(true);
          expect(message === undefined || record.facts?.dequeueCount === message.dequeueCount).toBe(true);
          expect(message === undefined || record.source !== undefined).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function shownBy(fact: Fact): string | undefined {
  if (fact.kind === 'peeked' || fact.kind === 'received') return fact.message.text;
  if (fact.kind === 'updated') return fact.asked.text;
  return fact.kind === 'elsewhere' && 'text' in fact.news ? fact.news.text : undefined;
}

/** The same, where a write throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
}
