import type { LeasedMessage, Message } from '@/azure/protocol/model';
import { type Evidence, orderByTicks, orderOf, type Sighting } from './evidence';
import type { Asked, Fact, News } from './fact';
import {
  isLeasedHere,
  isSameText,
  type MessageFacts,
  type MessageRecord,
  type RecordLease,
  type Standing,
} from './record';

/**
 * Applies one fact to a record and returns the new record, or the same one when nothing changes. Pure. `docs/decisions/messages.md` says which fact wins where two disagree.
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
      // A lease of another tab cannot be handed over here.
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
      return changedElsewhere(record, fact.news, fact.evidence);
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

/** Ends the lease of a message that is visible. */
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
  const last = sightOf(record);
  const isOlder = last && orderOf({ ...evidence, dequeueCount: message.dequeueCount }, last) === 'older';
  // Received again since then, so the receipt is void.
  const isVoid = isOlder && last.dequeueCount > message.dequeueCount;
  if (isVoid || (isOlder && record.lease?.state === 'held')) return seen;
  // A person's lease that a job uses and that ended meanwhile stays the person's.
  const holder = record.claim && record.lease?.holder === 'tab' ? 'tab' : lease.holder;
  const newLease = unlessOver(holder === lease.holder ? lease : { ...lease, holder }, evidence);
  return { ...seen, lease: newLease, standing: { is: 'there' }, claim: record.claim ?? claim };
}

/** Ends a lease whose response arrived after its end. Its receipt may still work. */
const unlessOver = (lease: RecordLease, { at }: Evidence, before?: RecordLease): RecordLease =>
  lease.endsAt > at ? lease : { ...lease, state: 'ended', ending: before?.ending ?? 'time' };

const withoutReceipt = ({ unreadable, ...message }: LeasedMessage): Message => ({
  ...factsOf(message),
  text: message.text,
  ...(unreadable && { unreadable }),
});

/** Takes the message of a response, if that is newer than the record's. */
function seeText(record: MessageRecord, message: Message, evidence: Evidence): MessageRecord {
  const sighting = { ...evidence, dequeueCount: message.dequeueCount };
  const { source, message: before } = record;
  const last = sightOf(record);
  const order = last && orderOf(sighting, last);
  if (order === 'older') return record;
  const isSame = isSameText(before, message);
  if (order === 'undecided' && source) {
    if (isSame || before === undefined) return record;
    // Only a request after both responses can decide.
    const answered = Math.max(source.answered, sighting.answered);
    return { ...record, undecided: true, source: { ...source, answered } };
  }
  const next = before && isSame && Object.is(before.dequeueCount, message.dequeueCount) ? before : message;
  return { ...record, facts: next, message: next, source: evidence, undecided: false, maybeText: undefined };
}

function asked(record: MessageRecord, { asked: request, tick, at }: Extract<Fact, { kind: 'asked' }>): MessageRecord {
  if (request.change === 'delete') return { ...record, pending: { kind: 'delete', tick } };
  const { visibilityTimeout, text } = request;
  const isReturn = visibilityTimeout === 0;
  const message = text === undefined || !record.message ? undefined : { ...factsOf(record.message), text };
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

/** Ends the pending request that was sent at `tick`. */
const answered = (record: MessageRecord, tick: number): MessageRecord =>
  record.pending?.tick === tick ? { ...record, pending: undefined } : record;

type UpdatedFact = Extract<Fact, { kind: 'updated' }>;

function updated(before: MessageRecord, fact: UpdatedFact): MessageRecord {
  const { asked: request, used, receipt, evidence } = fact;
  const record = answered(before, evidence.asked);
  // Carried out and then deleted before this response: this was its last text.
  if (isFinal(record, evidence)) return changedText(record, request.text, evidence);
  // A newer receipt of this tab comes from a response that already shows this change.
  if (record.lease?.receipt !== undefined && record.lease.receipt !== used) return record;
  // The same when another consumer received it since, as a higher dequeue count shows.
  if (isReceivedSince(before)) return record;
  // The receipt was valid, so no earlier change with a lost response was carried out.
  const withText = changedText({ ...record, maybeText: undefined }, request.text, evidence);
  // Another tab has received it since then.
  if (record.lease?.holder === 'elsewhere') return withText;
  if (request.visibilityTimeout === 0)
    return { ...withText, lease: undefined, standing: shown(record.lease, evidence) };
  const lease = unlessOver(renewed(record.lease, fact, receipt ?? used), evidence, record.lease);
  return { ...withText, lease, standing: { is: 'there' } };
}

/** Standing of a released message. Only a person's releases are recorded: work returns too many. */
const shown = (lease: RecordLease | undefined, evidence: Evidence): Standing =>
  lease && lease.holder !== 'work' ? { is: 'there', released: evidence } : { is: 'there' };

/** True when another consumer received the message after the pending update. */
const isReceivedSince = ({ pending, facts }: MessageRecord): boolean =>
  pending?.kind === 'update' && facts !== undefined && facts.dequeueCount > (pending.dequeueCount ?? Infinity);

function renewed(
  lease: RecordLease | undefined,
  { asked: { visibilityTimeout, text }, receipt, endsAt, visibleAt, askedAt, evidence }: UpdatedFact,
  works: string,
): RecordLease {
  // Saving a text does not change the length that a person chose for the lease.
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

/** Takes a text that this tab wrote. */
function changedText(record: MessageRecord, text: string | undefined, evidence: Evidence): MessageRecord {
  const last = sightOf(record);
  if (text === undefined || !record.facts || !last) return record;
  // A response during the change may be newer by the service's dates.
  const order = orderOf({ ...evidence, dequeueCount: last.dequeueCount }, last);
  if (order === 'older') return record;
  if (order === 'undecided' && record.message && record.message.text !== text) return { ...record, undecided: true };
  const isSame = record.message?.text === text && !record.message.unreadable;
  const message = isSame ? record.message : { ...factsOf(record.facts), text };
  return { ...record, message, facts: message, source: evidence, undecided: false, maybeText: undefined };
}

/** Marks a message as certainly deleted; responses to earlier requests cannot restore it. */
const removed = (record: MessageRecord, standing: MessageRecord['standing']): MessageRecord => ({
  ...record,
  standing,
  lease: undefined,
  // A running change of its text may have come first, as its response will show.
  pending: askedText(record) === undefined ? undefined : record.pending,
});

const askedText = ({ pending, message }: MessageRecord): string | undefined =>
  pending?.kind === 'update' && pending.message?.text !== message?.text ? pending.message?.text : undefined;

function removedWithOthers(record: MessageRecord, { removal, evidence }: Extract<Fact, { kind: 'removed' }>) {
  if (record.standing.is === 'deleted') return record;
  const { facts, source } = record;
  const isAfter = source !== undefined && orderByTicks(source, evidence) !== 'older';
  // Added after the clear, by whole seconds.
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

function refused(
  record: MessageRecord,
  { asked: request, used, afterLostAnswer, evidence }: RefusedFact,
): MessageRecord {
  const { lease, standing } = record;
  if (standing.is === 'deleted') return afterLostAnswer ? maybeChanged(record, request, evidence) : record;
  // This tab has a newer receipt.
  if (lease?.receipt !== undefined && lease.receipt !== used) return record;
  // A delete whose response was lost is the likeliest reason for any refusal.
  if ((request.change === 'delete' && afterLostAnswer) || isSince(record, 'delete')) {
    return { ...record, lease: undefined, standing: { is: 'unknown', since: 'delete', likely: true, evidence } };
  }
  // Most likely the change whose response was lost has voided the receipt.
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

function unanswered(record: MessageRecord, { asked: request, used, askedAt, evidence }: UnansweredFact): MessageRecord {
  const { lease, standing } = record;
  if (standing.is === 'deleted') return maybeChanged(record, request, evidence);
  if (lease?.receipt !== undefined && lease.receipt !== used) return record;
  if (request.change === 'delete') return { ...record, standing: { is: 'unknown', since: 'delete', evidence } };
  const maybeText = textInDoubt(record, request);
  if (request.visibilityTimeout === 0) {
    // A possible delete outweighs a possible return.
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
      // If carried out, it hides the message for the new timeout.
      endsAt: Math.max(lease.endsAt, askedAt + request.visibilityTimeout * 1000),
    },
  };
}

const textInDoubt = ({ message, maybeText }: MessageRecord, { text }: { text: string | undefined }) =>
  text === undefined || text === message?.text ? maybeText : text;

/** Marks the text of a deleted message as uncertain, since a change may have preceded the delete. */
const maybeChanged = (record: MessageRecord, request: Asked, evidence: Evidence): MessageRecord =>
  request.change === 'update' && isFinal(record, evidence)
    ? { ...record, maybeText: textInDoubt(record, request) }
    : record;

const failed = (record: MessageRecord, malformed: boolean): MessageRecord =>
  malformed && record.lease ? { ...record, lease: { ...record.lease, state: 'ended', ending: 'malformed' } } : record;

/** Ends leases and hidden times by the clock, except those of jobs, which renew or return their own. */
function atTime(record: MessageRecord, now: number): MessageRecord {
  const { lease, standing } = record;
  if (standing.is === 'hidden' && standing.until <= now) return { ...record, standing: { is: 'there' } };
  if (!lease || lease.state === 'ended' || lease.endsAt > now || record.claim) return record;
  if (lease.holder === 'elsewhere') return { ...record, lease: undefined };
  return { ...record, lease: { ...lease, state: 'ended', ending: 'time' } };
}

function changedElsewhere(record: MessageRecord, news: News, evidence: Evidence): MessageRecord {
  if (record.standing.is === 'deleted') return record;
  if (news.what === 'deleted') return removed(record, { is: 'deleted', how: 'elsewhere', evidence });
  // Late news of a lease that ended before this tab received the message.
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
      const counted = countedElsewhere(changedText(record, news.text, evidence), news, evidence);
      // The end of an own lease is shown by an open draft.
      if (isLeasedHere(record)) return { ...counted, lease: endedElsewhere(record.lease) };
      return { ...counted, lease: leaseElsewhere(news, evidence), standing: { is: 'there' } };
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
  // Other consumers may have received and changed it in between, or an own change may have come first.
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

/** True when the message was deleted after the request of this response, which is then outdated. */
const isFinal = ({ standing }: MessageRecord, evidence: Evidence): boolean =>
  standing.is === 'deleted' && orderByTicks(evidence, standing.evidence) !== 'newer';

/** The last response that showed the message, with its dequeue count. */
const sightOf = ({ source, facts }: MessageRecord): Sighting | undefined =>
  source && facts && { ...source, dequeueCount: facts.dequeueCount };

const isSeenAfter = ({ source }: MessageRecord, evidence: Evidence): boolean =>
  source !== undefined && orderByTicks(source, evidence) === 'newer';

const factsOf = ({ id, insertedAt, expiresAt, dequeueCount }: MessageFacts): MessageFacts => ({
  id,
  insertedAt,
  expiresAt,
  dequeueCount,
});
