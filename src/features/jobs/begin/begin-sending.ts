import type { QueryClient } from '@tanstack/react-query';
import { encodeBase64 } from '@/azure/bodies/base64-text';
import type { Draft } from '@/azure/protocol/model';
import { textsFrom } from '@/bulk/files/template';
import { startJob } from '@/bulk/jobs/start-job';
import { planOfItems } from '@/bulk/planning/forecast';
import { nowAt, type QueueTarget } from '@/bulk/requests/queue-target';
import { createRequestMeter } from '@/bulk/requests/request-meter';
import { addAgain, addMessage, copiesOf, type ResentMessage } from '@/bulk/work/add-message';
import type { ListedJob } from '@/state/jobs/job-store';
import { beginJournal, type NewJournal } from '@/state/journal/job-journals';
import type { PaceOptions } from '../shared/pace-options';
import { beginJob } from './begin-job';

const nameOfCopy = ({ id, copy }: ResentMessage) => `${id} ${copy}`;

/** Begins to send `copies` of each of some loaded messages. */
export function beginResend(
  client: QueryClient,
  to: QueueTarget,
  { ids, copies, ...pace }: PaceOptions & { ids: readonly string[]; copies: number },
): ListedJob {
  // Keeps their texts until the last copy is sent, and for retries.
  to.records.pin(ids, new Set(ids));
  const meter = createRequestMeter();
  const what = { kind: 'send', where: `copies to ${to.queue}` } as const;
  const journal = beginSends(to, what, ids.length * copies);
  const job = startJob({
    source: copiesOf(ids, copies),
    work: addAgain(meter.target(journal.target(to)), nameOfCopy),
    ...pace,
    total: ids.length * copies,
    meter,
    networks: [to.network],
    plan: planOfItems(['send'], ids.length * copies, { ...pace, connections: to.connections }),
    key: nameOfCopy,
    onOutcome: journal.ended(nameOfCopy),
    name: ({ id, copy }) => `${id}, copy ${copy}`,
  });
  return beginJob(client, { ...what, job, journal, changes: [to] });
}

const numberOf = ({ copy }: { copy: number }) => String(copy);

/** The journal of what is sent from nowhere: which of so many items, by number or name, are in the queue. */
const beginSends = (to: QueueTarget, what: Pick<NewJournal, 'kind' | 'where'>, total: number) =>
  beginJournal({ ...what, noun: 'message', steps: ['send'], from: to.records.ref, total });

/** Copies of one message at most; an import can send more. */
export const MAX_COPIES = 100_000;

type Copies = {
  /** The text with its placeholders. */
  text: string;
  copies: number;
  /** The counter of the first copy. */
  first: number;
  isBase64: boolean;
  timeToLive: Draft['timeToLive'];
};

/** Begins to send `copies` of one text; its placeholders are filled in when a copy has its turn. */
export function beginCopies(
  client: QueryClient,
  to: QueueTarget,
  { text, copies, first, isBase64, timeToLive, ...pace }: PaceOptions & Copies,
): ListedJob {
  function* drafts() {
    let copy = first;
    for (const expanded of textsFrom(text, copies, { first, now: () => new Date(nowAt(to)) })) {
      const sent = isBase64 ? encodeBase64(expanded) : expanded;
      yield { copy: copy++, draft: { text: sent, ...(timeToLive !== undefined && { timeToLive }) } };
    }
  }
  const meter = createRequestMeter();
  const what = { kind: 'send', where: `to ${to.queue}` } as const;
  const journal = beginSends(to, what, copies);
  const job = startJob({
    source: drafts(),
    work: addMessage<{ copy: number; draft: Draft }>(meter.target(journal.target(to)), numberOf),
    ...pace,
    total: copies,
    meter,
    networks: [to.network],
    plan: planOfItems(['send'], copies, { ...pace, connections: to.connections }),
    key: ({ copy }) => copy,
    onOutcome: journal.ended(numberOf),
    name: ({ copy }) => `copy ${copy}`,
  });
  return beginJob(client, { ...what, job, journal, changes: [to] });
}
