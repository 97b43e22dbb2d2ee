import type { QueryClient } from '@tanstack/react-query';
import type { SentMessage } from '@/azure/protocol/model';
import { startMessageJob } from '@/bulk/jobs/message-job';
import { startJob } from '@/bulk/jobs/start-job';
import type { LeaseHandle } from '@/bulk/leasing/lease-handle';
import { planOfItems } from '@/bulk/planning/forecast';
import type { Outcome } from '@/bulk/requests/outcome';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { createRequestMeter } from '@/bulk/requests/request-meter';
import { changeText, type TextDifference } from '@/bulk/work/change-text';
import { type MovedMessage, undoMove } from '@/bulk/work/undo-move';
import { beginJournal } from '@/state/journal/job-journals';
import { usualPace } from '../shared/pace-options';
import { UNDO_CHARACTERS } from '../shared/work-steps';
import { beginJob, type JobUndo } from './begin-job';

/** Keeps what an undo needs of each message, up to a limit of their texts; `take` gives it once. */
function keeper<Kept>(charactersOf: (kept: Kept) => number, most = UNDO_CHARACTERS) {
  let kept: Kept[] = [];
  let room = most;
  return {
    keep(one: Kept): void {
      const characters = charactersOf(one);
      if (characters > room) return;
      room -= characters;
      kept.push(one);
    },
    has: () => kept.length > 0,
    all: (): readonly Kept[] => kept,
    take(): Kept[] {
      const taken = kept;
      kept = [];
      room = most;
      return taken;
    },
  };
}

type Ends = { from: QueueTarget; to: QueueTarget };

/** The undo of a move: what its outcomes are noted by, and what the end of the job offers. */
export function moveUndo(client: QueryClient, { from, to }: Ends) {
  const moved = keeper<MovedMessage>(({ text, sent = '' }) => text.length + sent.length);
  const undo: JobUndo = {
    isOffered: moved.has,
    run() {
      const items = moved.take();
      const what = { kind: 'undoMove', where: `${to.queue} to ${from.queue}` } as const;
      const journal = beginJournal({
        ...what,
        noun: 'message',
        steps: [...(items.some(({ sent }) => sent !== undefined) ? (['change'] as const) : []), 'send', 'delete'],
        // The copies are what is taken away.
        from: to.records.ref,
        to: from.records.ref,
        ids: items.map(({ copy }) => copy.id),
      });
      const meter = createRequestMeter();
      const { concurrency } = usualPace(from.account.id);
      const job = startJob<MovedMessage, SentMessage>({
        source: items,
        work: undoMove({ from: meter.target(journal.target(from)), to: meter.target(journal.target(to)) }),
        onOutcome: journal.ended<MovedMessage>(({ copy }) => copy.id),
        total: items.length,
        meter,
        networks: [from.network, to.network],
        concurrency,
        plan: planOfItems(['send', 'delete'], items.length, { concurrency, connections: from.connections }),
        key: ({ id }) => id,
        name: ({ id }) => id,
        now: from.now,
        delay: from.delay,
      });
      return beginJob(client, {
        ...what,
        job,
        journal,
        changes: [from, to],
      });
    },
  };
  const note = ({ kind, item, copied, value }: Outcome<LeaseHandle, SentMessage>) => {
    if (kind === 'done' && copied && value) moved.keep({ id: item.id, ...copied, copy: value });
  };
  return { undo, note };
}

/** The undo of a change of texts: the old ones are written again where the messages are still leased by the person. */
export function textUndo(client: QueryClient, from: QueueTarget) {
  const changed = keeper<TextDifference & { id: string }>(({ before, after }) => before.length + after.length);
  const isHeld = (id: string) => {
    const lease = from.records.get(id)?.lease;
    return lease?.holder === 'tab' && lease.state === 'held';
  };
  const undo: JobUndo = {
    isOffered: () => changed.all().some(({ id }) => isHeld(id)),
    run() {
      const items = new Map(changed.take().flatMap((one) => (isHeld(one.id) ? [[one.id, one] as const] : [])));
      const work = (handle: LeaseHandle) =>
        changeText((text) => {
          const one = items.get(handle.id);
          return one?.after === text ? { text: one.before } : { refused: 'Its text was changed since.' };
        })(handle);
      const what = { kind: 'undoText', where: from.queue } as const;
      const ids = [...items.keys()];
      const journal = beginJournal({ ...what, noun: 'message', steps: ['change'], from: from.records.ref, ids });
      const ended = journal.ended<LeaseHandle>(({ id }) => id);
      const job = startMessageJob({
        name: 'Undo',
        from: journal.target(from),
        work,
        wanted: new Set(items.keys()),
        cap: 0,
        total: items.size,
        // Of what was not written, the old text is kept: Undo is offered again as long as the lease lasts.
        onOutcome: (outcome) => {
          ended(outcome);
          const {
            kind,
            item: { id },
          } = outcome;
          const one = items.get(id);
          if (one && kind === 'failed') changed.keep(one);
        },
      });
      return beginJob(client, {
        ...what,
        job,
        journal,
        changes: [from],
        canRetry: false,
      });
    },
  };
  const note = ({ kind, item, value }: Outcome<LeaseHandle, TextDifference>) => {
    if (kind === 'done' && value) changed.keep({ id: item.id, ...value });
  };
  return { undo, note };
}
