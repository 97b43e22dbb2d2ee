import type { LeasedMessage, Message } from '@/azure/protocol/model';
import { type Evidence, orderByTicks, orderOf, type Sighting } from './evidence';
import type { Asked, Fact, News } from './fact';
import { isLeasedHere, type MessageRecord, type RecordLease, type Standing } from './record';

/**
 * What is known of a message after one more fact. Pure: the same record and fact give the same record, and the record itself
 * when nothing changes. `docs/decisions/messages.md` says which fact wins where two disagree.
 */
export function applyFact(record: MessageRecord, fact: Fact): MessageRecord {
  switch (fact.kind) {
    case 'peeked':
      return peeked(record, fact.message, fact.evidence);
    case 'received':
      return received(record, fact);
    case 'asked':
      return asked(record, fact);
    case 'updated':
      return updated(record, fact);
    case 'deleted':
      return removed(record, { is: 'deleted', how: 'deleted', evidence: fact.evidence });
    case 'refused':
      return refused(answered(record, fact.evidence.asked), fact);
    case 'unanswered':
      return unanswered(answered(record, fact.evidence.asked), fact);
    case 'failed':
      return failed(answered(record, fact.tick), fact.malformed);
    case 'removed':
      return removedWithOthers(record, fact);
    case 'maybeCleared':
      return record.standing.is === 'deleted' || isSeenAfter(record, fact.evidence)
        ? record
        : { ...record, standing: { is: 'unknown', since: 'clear', evidence: fact.evidence } };
    case 'restored':
      return record.lease?.state === 'held' || record.standing.is === 'deleted'
        ? record
        : { ...record, lease: fact.lease, standing: restoredStanding(fact) };
    case 'time':
      return atTime(record, fact.now);
    case 'handed':
      // Another tab's lease is not ours to hand on.
      return record.lease && record.lease.holder !== 'elsewhere'
        ? { ...record, lease: { ...record.lease, holder: fact.holder } }
        : record;
    case 'givenUp':
      return record.standing.is === 'deleted'
        ? record
        : { ...record, lease: undefined, standing: { is: 'hidden', until: fact.until, evidence: fact.evidence } };
    case 'claimed':
      return record.claim ? record : { ...record, claim: fact.claim };
    case 'unclaimed':
      return record.claim === fact.claim ? { ...record, claim: undefined } : record;
    case 'movedTo':
      return record.standing.is === 'deleted'
        ? { ...record, standing: { is: 'deleted', evidence: record.standing.evidence, ...fact.removal } }
        : record;
    case 'textDropped':
      return record.message ? { ...record, message: undefined, facts: factsOf(record.message) } : record;
    case 'elsewhere':
      return toldByTab(record, fact.news, fact.evidence);
  }
}

function peeked(record: MessageRecord, message: Message, evidence: Evidence): MessageRecord {
  if (isFinal(record, evidence)) return record;
  const seen = seeText(record, message, evidence);
  const lease =
    seen.lease && orderByTicks(evidence, seen.lease.evidence) === 'newer' ? shownAgain(seen.lease) : seen.lease;
  const { standing } = seen;
  const isThere = standing.is === 'there' || orderByTicks(evidence, standing.evidence) === 'newer';
  if (lease === seen.lease && (standing.is === 'there' || !isThere)) return seen;
  return { ...seen, lease, standing: isThere ? { is: 'there' } : standing };
}

/** A message that is visible has no running lease, of ours or of others. */
function shownAgain(lease: RecordLease): RecordLease | undefined {
  if (lease.holder === 'elsewhere') return undefined;
  return lease.state === 'ended' ? lease : { ...lease, state: 'ended', ending: 'seen' };
}

function restoredStanding({ lease: { evidence }, doubt }: Extract<Fact, { kind: 'restored' }>): Standing {
  const isOfMessage = doubt === 'delete' || doubt === 'return' || doubt === 'clear';
  return isOfMessage ? { is: 'unknown', since: doubt, evidence } : { is: 'there' };
}

type ReceivedFact = Extract<Fact, { kind: 'received' }>;

function received(record: MessageRecord, { message, lease, claim, evidence }: ReceivedFact): MessageRecord {
  if (isFinal(record, evidence)) return record;
  const seen = seeText(record, withoutReceipt(message), evidence);
  const known = sightOf(record);
  const isOlder = known && orderOf({ ...evidence, dequeueCount: message.dequeueCount }, known) === 'older';
  // Received once more since then, by whomever: the receipt is void.
  const isVoid = isOlder && known.dequeueCount > message.dequeueCount;
  if (isVoid || (isOlder && record.lease?.state === 'held')) return seen;
  // Lent by a person to a job and lapsed meanwhile, it stays that person's.
  const holder = record.claim && record.lease?.holder === 'tab' ? 'tab' : lease.holder;
  const given = unlessOver(holder === lease.holder ? lease : { ...lease, holder }, evidence);
  return { ...seen, lease: given, standing: { is: 'there' }, claim: record.claim ?? claim };
}

/** An answer that comes so late that the lease it gives is over. Its receipt may still work. */
const unlessOver = (lease: RecordLease, { at }: Evidence, before?: RecordLease): RecordLease =>
  lease.endsAt > at ? lease : { ...lease, state: 'ended', ending: before?.ending ?? 'time' };

const withoutReceipt = ({ id, text, insertedAt, expiresAt, dequeueCount }: LeasedMessage): Message => ({
  id,
  text,
  insertedAt,
  expiresAt,
  dequeueCount,
});

/** Takes in what an answer shows of the text, if it is the newer of the two. */
function seeText(record: MessageRecord, message: Message, evidence: Evidence): MessageRecord {
  const sighting = { ...evidence, dequeueCount: message.dequeueCount };
  const { source, message: known } = record;
  const last = sightOf(record);
  const order = last && orderOf(sighting, last);
  if (order === 'older') return record;
  const isSame = known !== undefined && known.text === message.text;
  if (order === 'undecided' && source) {
    if (isSame || known === undefined) return record;
    // Only what is asked for after both of them can decide.
    const answered = Math.max(source.answered, sighting.answered);
    return { ...record, undecided: true, source: { ...source, answered } };
  }
  const kept = isSame && known.dequeueCount === message.dequeueCount ? known : message;
  return { ...record, facts: kept, message: kept, source: evidence, undecided: false, maybeText: undefined };
}

function asked(record: MessageRecord, { asked: what, tick, at }: Extract<Fact, { kind: 'asked' }>): MessageRecord {
  if (what.change === 'delete') return { ...record, pending: { kind: 'delete', tick } };
  const { visibilityTimeout, text } = what;
  const isReturn = visibilityTimeout === 0;
  const message = text === undefined || !record.message ? undefined : { ...record.message, text };
  return {
    ...record,
    pending: {
      kind: 'update',
      tick,
      endsAt: isReturn ? undefined : at + visibilityTimeout * 1000,
      total: visibilityTimeout,
      message,
      dequeueCount: record.facts?.dequeueCount,
    },
  };
}

/** The request that was asked at `tick` has come to its end. */
const answered = (record: MessageRecord, tick: number): MessageRecord =>
  record.pending?.tick === tick ? { ...record, pending: undefined } : record;

type UpdatedFact = Extract<Fact, { kind: 'updated' }>;

function updated(before: MessageRecord, fact: UpdatedFact): MessageRecord {
  const { asked: what, used, receipt, evidence } = fact;
  const record = answered(before, evidence.asked);
  // Carried out, and deleted before the answer came: that was its last text.
  if (isFinal(record, evidence)) return changedText(record, what.text, evidence);
  // A receipt works until the next is given: whoever was handed another since then has seen what this changed.
  if (record.lease?.receipt !== undefined && record.lease.receipt !== used) return record;
  // The same where somebody else was, as a higher count tells that was seen before this answer came.
  if (isReceivedSince(before)) return record;
  // The receipt worked, so no change before this one was carried out whose answer was lost.
  const withText = changedText({ ...record, maybeText: undefined }, what.text, evidence);
  // Another tab has received it since then.
  if (record.lease?.holder === 'elsewhere') return withText;
  if (what.visibilityTimeout === 0) return { ...withText, lease: undefined, standing: shown(record.lease, evidence) };
  const lease = unlessOver(renewed(record.lease, fact, receipt ?? used), evidence, record.lease);
  return { ...withText, lease, standing: { is: 'there' } };
}

/** Visible from the answer on. Work returns more than anybody looks at. */
const shown = (lease: RecordLease | undefined, evidence: Evidence): Standing =>
  lease && lease.holder !== 'work' ? { is: 'there', released: evidence } : { is: 'there' };

/** Whether a message was received by somebody else after the request that is answered now had changed it. */
const isReceivedSince = ({ pending, facts }: MessageRecord): boolean =>
  pending?.kind === 'update' && facts !== undefined && facts.dequeueCount > (pending.dequeueCount ?? Infinity);

function renewed(
  lease: RecordLease | undefined,
  { asked: { visibilityTimeout, text }, receipt, endsAt, visibleAt, askedAt, evidence }: UpdatedFact,
  works: string,
): RecordLease {
  // A text that is saved keeps the lease as it was: its length is still what a person asked for.
  const total = text === undefined ? visibilityTimeout : Math.max(visibilityTimeout, lease?.total ?? 0);
  return {
    holder: lease?.holder ?? 'tab',
    clockEvidence: lease?.clockEvidence ?? 0,
    evidence,
    receipt: works,
    total,
    leasedAt: askedAt,
    endsAt,
    visibleAt,
    ...(receipt === undefined ? { state: 'unknown', because: 'hiddenReceipt' } : { state: 'held' }),
  };
}

/** A text that the service has taken from us. */
function changedText(record: MessageRecord, text: string | undefined, evidence: Evidence): MessageRecord {
  const last = sightOf(record);
  if (text === undefined || !record.facts || !last) return record;
  // Seen while the change was under way: by the service's dates it may be the older of the two.
  const order = orderOf({ ...evidence, dequeueCount: last.dequeueCount }, last);
  if (order === 'older') return record;
  if (order === 'undecided' && record.message && record.message.text !== text) return { ...record, undecided: true };
  const message = record.message?.text === text ? record.message : { ...record.facts, text };
  return { ...record, message, facts: message, source: evidence, undecided: false, maybeText: undefined };
}

/** Deleted for certain: nothing that was asked before can show it again. */
const removed = (record: MessageRecord, standing: MessageRecord['standing']): MessageRecord => ({
  ...record,
  standing,
  lease: undefined,
  // A change of its text that is under way may have come first: its answer tells.
  pending: askedText(record) === undefined ? undefined : record.pending,
});

const askedText = ({ pending, message }: MessageRecord): string | undefined =>
  pending?.kind === 'update' && pending.message?.text !== message?.text ? pending.message?.text : undefined;

function removedWithOthers(record: MessageRecord, { removal, evidence }: Extract<Fact, { kind: 'removed' }>) {
  if (record.standing.is === 'deleted') return record;
  const { facts, source } = record;
  const isAfter = source !== undefined && orderByTicks(source, evidence) !== 'older';
  // Added after the queue was cleared, as far as whole seconds tell.
  const isLater = facts !== undefined && facts.insertedAt.getTime() > (evidence.date ?? Infinity);
  if (isLater && removal.how !== 'queueDeleted') return record;
  if (isAfter && removal.how !== 'queueDeleted') {
    return orderByTicks(source, evidence) === 'newer'
      ? record
      : { ...record, standing: { is: 'unknown', since: 'clear', evidence } as const };
  }
  const { standing } = record;
  const isInDoubt = standing.is === 'unknown' && standing.since !== 'return';
  return removed(record, { is: 'deleted', evidence, ...removal, ...(isInDoubt && { maybeBefore: true }) });
}

type RefusedFact = Extract<Fact, { kind: 'refused' }>;

function refused(record: MessageRecord, { asked: what, used, afterLostAnswer, evidence }: RefusedFact): MessageRecord {
  const { lease, standing } = record;
  if (standing.is === 'deleted') return afterLostAnswer ? maybeChanged(record, what, evidence) : record;
  // Another receipt was given since then, to us.
  if (lease?.receipt !== undefined && lease.receipt !== used) return record;
  // Whatever was asked: the delete whose answer was lost is the likeliest reason.
  if ((what.change === 'delete' && afterLostAnswer) || isSince(record, 'delete')) {
    return { ...record, lease: undefined, standing: { is: 'unknown', since: 'delete', likely: true, evidence } };
  }
  // The answer to a change was lost, and its repeat finds another receipt: most likely the one that the change gave.
  if (lease?.state === 'unknown') return record;
  if (isSince(record, 'return')) return { ...record, lease: undefined };
  if (record.source && orderByTicks(record.source, evidence) === 'newer') return record;
  return {
    ...record,
    lease: lease && { ...lease, state: 'ended', ending: 'refused' },
    standing: { is: 'unknown', since: 'refused', evidence },
  };
}

const isSince = ({ standing }: MessageRecord, since: 'delete' | 'return'): boolean =>
  standing.is === 'unknown' && standing.since === since;

type UnansweredFact = Extract<Fact, { kind: 'unanswered' }>;

function unanswered(record: MessageRecord, { asked: what, used, askedAt, evidence }: UnansweredFact): MessageRecord {
  const { lease, standing } = record;
  if (standing.is === 'deleted') return maybeChanged(record, what, evidence);
  if (lease?.receipt !== undefined && lease.receipt !== used) return record;
  if (what.change === 'delete') return { ...record, standing: { is: 'unknown', since: 'delete', evidence } };
  const maybeText = textInDoubt(record, what);
  if (what.visibilityTimeout === 0) {
    // A delete that may have been carried out says more than a return that may have been.
    const since = isSince(record, 'delete') ? 'delete' : 'return';
    return { ...record, maybeText, standing: { is: 'unknown', since, evidence } };
  }
  return {
    ...record,
    maybeText,
    lease: lease && {
      ...lease,
      state: 'unknown',
      because: 'lostAnswer',
      // Carried out it hides the message for as long as it asked.
      endsAt: Math.max(lease.endsAt, askedAt + what.visibilityTimeout * 1000),
    },
  };
}

const textInDoubt = ({ message, maybeText }: MessageRecord, { text }: { text: string | undefined }) =>
  text === undefined || text === message?.text ? maybeText : text;

/** Nobody can say whether a message that is deleted had been changed before. */
const maybeChanged = (record: MessageRecord, what: Asked, evidence: Evidence): MessageRecord =>
  what.change === 'update' && isFinal(record, evidence) ? { ...record, maybeText: textInDoubt(record, what) } : record;

const failed = (record: MessageRecord, malformed: boolean): MessageRecord =>
  malformed && record.lease ? { ...record, lease: { ...record.lease, state: 'ended', ending: 'malformed' } } : record;

/** What the clock alone ends. A job renews or returns its own leases, and says so itself. */
function atTime(record: MessageRecord, now: number): MessageRecord {
  const { lease, standing } = record;
  if (standing.is === 'hidden' && standing.until <= now) return { ...record, standing: { is: 'there' } };
  if (!lease || lease.state === 'ended' || lease.endsAt > now || record.claim) return record;
  if (lease.holder === 'elsewhere') return { ...record, lease: undefined };
  return { ...record, lease: { ...lease, state: 'ended', ending: 'time' } };
}

function toldByTab(record: MessageRecord, news: News, evidence: Evidence): MessageRecord {
  if (record.standing.is === 'deleted') return record;
  if (news.what === 'deleted') return removed(record, { is: 'deleted', how: 'elsewhere', evidence });
  // Of a lease that was over when we received it: its answer came late.
  if ((news.dequeueCount ?? Infinity) < (record.facts?.dequeueCount ?? 0)) return record;
  switch (news.what) {
    case 'released':
      return {
        ...changedText(record, news.text, evidence),
        lease: endedElsewhere(record.lease),
        standing: { is: 'there' },
      };
    case 'hidden':
      return {
        ...record,
        lease: endedElsewhere(record.lease),
        standing: { is: 'hidden', until: news.until, evidence },
      };
    case 'leased':
    case 'updated': {
      const told = countedElsewhere(changedText(record, news.text, evidence), news, evidence);
      // Where our own lease was running, an open draft says what became of it.
      if (isLeasedHere(record)) return { ...told, lease: endedElsewhere(record.lease) };
      return { ...told, lease: leaseElsewhere(news, evidence), standing: { is: 'there' } };
    }
  }
}

type LeaseNews = Extract<News, { what: 'leased' | 'updated' }>;

function countedElsewhere(record: MessageRecord, news: LeaseNews, source: Evidence): MessageRecord {
  const { facts, message } = record;
  const { dequeueCount } = news;
  if (dequeueCount === undefined || !facts || dequeueCount <= facts.dequeueCount) return record;
  if (!message) return { ...record, facts: { ...facts, dequeueCount }, source };
  const counted = { ...message, dequeueCount };
  // Others have received it in between, and may have changed its text; or a change of our own came before, or did not.
  const isDoubtful = dequeueCount > facts.dequeueCount + 1 || record.pending?.kind === 'update';
  const undecided = news.text === undefined && (record.undecided || isDoubtful);
  return { ...record, facts: counted, message: counted, source, undecided };
}

const endedElsewhere = (lease: RecordLease | undefined): RecordLease | undefined =>
  lease && lease.holder !== 'elsewhere' ? { ...lease, state: 'ended', ending: 'elsewhere' } : undefined;

const leaseElsewhere = ({ endsAt, total }: LeaseNews, evidence: Evidence): RecordLease => ({
  holder: 'elsewhere',
  receipt: undefined,
  total,
  leasedAt: endsAt - total * 1000,
  endsAt,
  visibleAt: endsAt,
  clockEvidence: 0,
  evidence,
  state: 'held',
});

/** Whether nothing of this answer can be news: the message was deleted after it was asked for. */
const isFinal = ({ standing }: MessageRecord, evidence: Evidence): boolean =>
  standing.is === 'deleted' && orderByTicks(evidence, standing.evidence) !== 'newer';

/** The last answer that showed it, with the dequeue count that it showed. */
const sightOf = ({ source, facts }: MessageRecord): Sighting | undefined =>
  source && facts && { ...source, dequeueCount: facts.dequeueCount };

const isSeenAfter = ({ source }: MessageRecord, evidence: Evidence): boolean =>
  source !== undefined && orderByTicks(source, evidence) === 'newer';

const factsOf = ({ id, insertedAt, expiresAt, dequeueCount }: Message) => ({ id, insertedAt, expiresAt, dequeueCount });
