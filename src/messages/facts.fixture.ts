import fc from 'fast-check';
import type { Message } from '@/azure/protocol/model';
import { applyFact } from './apply-fact';
import type { Evidence } from './evidence';
import type { Asked, Fact, News } from './fact';
import { type Claim, emptyRecord, type MessageRecord, type RecordLease } from './record';

export const ID = 'm0';
export const REF = { connectionId: 'account', queue: 'orders' };
export const JOB: Claim = { kind: 'job', name: 'Move' };
export const BROWSE: Claim = { kind: 'browse', name: 'Browse all' };
export const WAITING: Claim = { kind: 'delete', name: 'A delete that waits for Undo' };

/** An answer to what was asked at one tick and answered at another; `date` is in seconds. */
export const answer = (asked: number, answered = asked, date?: number): Evidence => ({
  asked,
  answered,
  at: answered * 1000,
  date: date === undefined ? undefined : date * 1000,
});

export const message = (text: string, dequeueCount = 0, id = ID): Message => ({
  id,
  text,
  dequeueCount,
  insertedAt: new Date(0),
  expiresAt: null,
});

export const peeked = (text: string, evidence: Evidence, dequeueCount = 0): Fact => ({
  kind: 'peeked',
  message: message(text, dequeueCount),
  evidence,
});

/** A lease of 30 s from the moment of its answer. */
export const leaseOf = (receipt: string, evidence: Evidence, rest: Partial<RecordLease> = {}): RecordLease => ({
  holder: 'tab',
  receipt,
  total: 30,
  leasedAt: evidence.at,
  endsAt: evidence.at + 30_000,
  visibleAt: evidence.at + 30_000,
  clockEvidence: 0,
  evidence,
  state: 'held',
  ...rest,
});

export const received = (
  text: string,
  receipt: string,
  evidence: Evidence,
  { dequeueCount = 1, claim }: { dequeueCount?: number; claim?: Claim } = {},
): Extract<Fact, { kind: 'received' }> => ({
  kind: 'received',
  message: { ...message(text, dequeueCount), receipt, visibleAt: new Date(evidence.at + 30_000) },
  lease: leaseOf(receipt, evidence, { holder: claim ? 'work' : 'tab' }),
  claim,
  evidence,
});

export const DELETE: Asked = { change: 'delete' };
export const update = (visibilityTimeout: number, text?: string): Extract<Asked, { change: 'update' }> => ({
  change: 'update',
  visibilityTimeout,
  text,
});

export const asked = (what: Asked, tick: number): Fact => ({ kind: 'asked', asked: what, tick, at: tick * 1000 });

export const updated = (
  what: Extract<Asked, { change: 'update' }>,
  used: string,
  receipt: string | undefined,
  evidence: Evidence,
): Fact => ({
  kind: 'updated',
  asked: what,
  used,
  receipt,
  endsAt: evidence.at + what.visibilityTimeout * 1000,
  visibleAt: evidence.at + what.visibilityTimeout * 1000,
  askedAt: evidence.asked * 1000,
  evidence,
});

export const deleted = (evidence: Evidence): Fact => ({ kind: 'deleted', evidence });

export const refused = (what: Asked, used: string, evidence: Evidence, afterLostAnswer = false): Fact => ({
  kind: 'refused',
  asked: what,
  used,
  afterLostAnswer,
  askedAt: evidence.asked * 1000,
  evidence,
});

export const unanswered = (what: Asked, used: string, evidence: Evidence): Fact => ({
  kind: 'unanswered',
  asked: what,
  used,
  askedAt: evidence.asked * 1000,
  evidence,
});

export const cleared = (evidence: Evidence): Fact => ({ kind: 'removed', removal: { how: 'cleared' }, evidence });
export const told = (news: News, evidence: Evidence): Fact => ({ kind: 'elsewhere', news, evidence });

/** What is known after these facts, one after the other. */
export const after = (...facts: readonly Fact[]): MessageRecord => facts.reduce(applyFact, emptyRecord(ID));

const texts = fc.constantFrom('a', 'b', 'c', 'd');
const receipts = fc.constantFrom('r0', 'r1', 'r2');
const counts = fc.integer({ min: 0, max: 3 });
const claims = fc.constantFrom(JOB, BROWSE, WAITING);
const lengths = fc.constantFrom(0, 1, 30, 600);
const changes: fc.Arbitrary<Extract<Asked, { change: 'update' }>> = fc
  .tuple(lengths, fc.option(texts, { nil: undefined }))
  .map(([length, text]) => update(length, text));
const anyAsked: fc.Arbitrary<Asked> = fc.oneof(changes, fc.constant(DELETE));
const anyNews: fc.Arbitrary<News> = fc.oneof(
  counts.map((dequeueCount): News => ({ what: 'leased', endsAt: 90_000, total: 60, dequeueCount })),
  texts.map((text): News => ({ what: 'updated', endsAt: 90_000, total: 60, text })),
  fc.option(texts, { nil: undefined }).map((text): News => ({ what: 'released', text })),
  fc.constant<News>({ what: 'hidden', until: 90_000 }),
  fc.constant<News>({ what: 'deleted' }),
);

/** Makes a fact whose answer comes at tick `answered`. */
type Factory = (answered: number) => Fact;

/** `since` is how many ticks before its answer a request went out. */
const evident = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }))
  .map(
    ([since, late]) =>
      (answered: number) =>
        answer(answered - since, answered, late === undefined ? undefined : Math.floor(answered / 4) + late),
  );

const anyFactory: fc.Arbitrary<Factory> = fc.oneof(
  fc.tuple(texts, evident, counts).map(
    ([text, at, count]): Factory =>
      (tick) =>
        peeked(text, at(tick), count),
  ),
  fc.tuple(texts, receipts, evident, counts, fc.option(claims, { nil: undefined })).map(
    ([text, receipt, at, dequeueCount, claim]): Factory =>
      (tick) =>
        received(text, receipt, at(tick), { dequeueCount, ...(claim && { claim }) }),
  ),
  fc.tuple(anyAsked).map(
    ([what]): Factory =>
      (tick) =>
        asked(what, tick),
  ),
  fc.tuple(changes, receipts, fc.option(receipts, { nil: undefined }), evident).map(
    ([what, used, receipt, at]): Factory =>
      (tick) =>
        updated(what, used, receipt, at(tick)),
  ),
  evident.map(
    (at): Factory =>
      (tick) =>
        deleted(at(tick)),
  ),
  fc.tuple(anyAsked, receipts, evident, fc.boolean()).map(
    ([what, used, at, lost]): Factory =>
      (tick) =>
        refused(what, used, at(tick), lost),
  ),
  fc.tuple(anyAsked, receipts, evident).map(
    ([what, used, at]): Factory =>
      (tick) =>
        unanswered(what, used, at(tick)),
  ),
  fc.boolean().map(
    (malformed): Factory =>
      (tick) => ({ kind: 'failed', tick: tick - 1, malformed }),
  ),
  evident.map(
    (at): Factory =>
      (tick) =>
        cleared(at(tick)),
  ),
  evident.map(
    (at): Factory =>
      (tick) => ({ kind: 'removed', removal: { how: 'queueDeleted' }, evidence: at(tick) }),
  ),
  evident.map(
    (at): Factory =>
      (tick) => ({ kind: 'maybeCleared', evidence: at(tick) }),
  ),
  receipts.map(
    (receipt): Factory =>
      (tick) => ({ kind: 'restored', lease: leaseOf(receipt, answer(tick), { holder: 'left' }) }),
  ),
  fc.integer({ min: 0, max: 200_000 }).map(
    (now): Factory =>
      () => ({ kind: 'time', now }),
  ),
  fc.constantFrom('tab', 'work', 'left').map(
    (holder): Factory =>
      () => ({ kind: 'handed', holder }),
  ),
  evident.map(
    (at): Factory =>
      (tick) => ({ kind: 'givenUp', until: 90_000, evidence: at(tick) }),
  ),
  claims.map(
    (claim): Factory =>
      () => ({ kind: 'claimed', claim }),
  ),
  claims.map(
    (claim): Factory =>
      () => ({ kind: 'unclaimed', claim }),
  ),
  fc.constant<Factory>(() => ({ kind: 'movedTo', removal: { how: 'moved', to: REF } })),
  fc.constant<Factory>(() => ({ kind: 'textDropped' })),
  fc.tuple(anyNews, evident).map(
    ([news, at]): Factory =>
      (tick) =>
        told(news, at(tick)),
  ),
);

/** Facts about one message in the order in which they came, as many requests at a time as one likes. */
export const anyFacts: fc.Arbitrary<Fact[]> = fc
  .array(anyFactory, { maxLength: 24 })
  .map((factories) => factories.map((make, index) => make(10 + index)));
