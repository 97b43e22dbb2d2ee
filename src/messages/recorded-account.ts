import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import type { Account, LeasedMessage, Message, Receipt } from '@/azure/protocol/model';
import { receiptRefusal } from '@/azure/wire/receipt-refusal';
import { mayHaveSucceeded } from '@/azure/wire/retry';
import type { Evidence } from './evidence';
import type { Asked, Fact } from './fact';
import type { QueueRecords } from './queue-records';
import type { Claim, RecordLease } from './record';
import type { Records } from './records';

type ReceiveOptions = NonNullable<Parameters<Account['receiveMessages']>[1]> & {
  /** The work that receives; a person when left out. */
  claim?: Claim | undefined;
};

/** An account whose every answer about messages changes the records of this tab. */
export type RecordedAccount = Account & {
  receiveMessages(queue: string, options?: ReceiveOptions): Promise<LeasedMessage[]>;
};

/** The same account, recorded. `now` gives epoch ms by the connection's clock. */
export function recordedAccount(account: Account, records: Records, now: () => number): RecordedAccount {
  const of = (queue: string): QueueRecords | undefined =>
    records.isOpen(account.id) ? records.of({ connectionId: account.id, queue }) : undefined;

  /** Begins a request; gives what makes evidence of its answer. `end` has to come once. */
  function ask(queue: string) {
    const known = of(queue);
    const tick = known?.began() ?? 0;
    const askedAt = now();
    let date: number | undefined;
    return {
      tick,
      askedAt,
      onDate: (told: Date) => void (date = told.getTime()),
      evidence: () => of(queue)?.answeredNow(tick, now(), date) ?? { asked: tick, answered: tick, at: now(), date },
      end: () => known?.ended(tick),
    };
  }

  /** Takes in that the queue is gone, if that is what an error says. */
  function learnOfQueue(queue: string, error: unknown, evidence: () => Evidence): void {
    if (!(error instanceof StorageError && error.code === 'QueueNotFound')) return;
    of(queue)?.applyToAll({ kind: 'removed', removal: { how: 'queueDeleted' }, evidence: evidence() });
  }

  /** A call with a receipt. */
  async function change<Result>(
    queue: string,
    { id, receipt }: Receipt,
    asked: Asked,
    call: (onDate: (date: Date) => void) => Promise<Result>,
    done: (result: Result, request: ReturnType<typeof ask>) => Fact,
  ): Promise<Result> {
    const request = ask(queue);
    of(queue)?.applyTo(id, { kind: 'asked', asked, tick: request.tick, at: request.askedAt });
    try {
      const result = await call(request.onDate);
      of(queue)?.applyTo(id, done(result, request));
      return result;
    } catch (error) {
      const evidence = request.evidence();
      of(queue)?.applyTo(id, failureOf(error, { asked, used: receipt, askedAt: request.askedAt, evidence }));
      learnOfQueue(queue, error, () => evidence);
      throw error;
    } finally {
      request.end();
    }
  }

  /** A call that removes all messages of a queue. */
  async function removeAll(
    queue: string,
    how: 'cleared' | 'queueDeleted',
    call: (onDate: (date: Date) => void) => Promise<void>,
  ): Promise<void> {
    const request = ask(queue);
    try {
      await call(request.onDate);
      of(queue)?.applyToAll({ kind: 'removed', removal: { how }, evidence: request.evidence() });
    } catch (error) {
      const evidence = request.evidence();
      if (isCutOff(error) || mayHaveSucceeded(error)) of(queue)?.applyToAll({ kind: 'maybeCleared', evidence });
      learnOfQueue(queue, error, () => evidence);
      throw error;
    } finally {
      request.end();
    }
  }

  return {
    ...account,

    async peekMessages(queue, options = {}) {
      const request = ask(queue);
      try {
        const messages = await account.peekMessages(queue, { ...options, onDate: request.onDate });
        const evidence = request.evidence();
        of(queue)?.apply(messages.map((message) => [message.id, { kind: 'peeked', message, evidence }] as const));
        return messages.map((message) => asRecorded(of(queue), message));
      } catch (error) {
        learnOfQueue(queue, error, request.evidence);
        throw error;
      } finally {
        request.end();
      }
    },

    async receiveMessages(queue: string, { claim, ...options }: ReceiveOptions = {}) {
      const request = ask(queue);
      const total = options.visibilityTimeout ?? 30;
      let messages: LeasedMessage[];
      try {
        messages = await account.receiveMessages(queue, { ...options, onDate: request.onDate });
      } catch (error) {
        learnOfQueue(queue, error, request.evidence);
        throw error;
      } finally {
        request.end();
      }
      const evidence = request.evidence();
      const { askedAt } = request;
      let lease: RecordLease | undefined;
      of(queue)?.apply(
        messages.map((message) => {
          const { receipt } = message;
          const visibleAt = message.visibleAt.getTime();
          // All messages of one receive share one receipt, and so one lease: hundreds of thousands may be held.
          if (lease?.receipt !== receipt || lease.visibleAt !== visibleAt) {
            lease = {
              holder: claim ? 'work' : 'tab',
              receipt,
              total,
              leasedAt: askedAt,
              endsAt: endOf(account, message.visibleAt, askedAt + total * 1000),
              visibleAt,
              clockEvidence: visibleAt - total * 1000 - askedAt,
              evidence,
              state: 'held',
            };
          }
          return [message.id, { kind: 'received', message, lease, claim, evidence }] as const;
        }),
      );
      return messages;
    },

    updateMessage: (queue, message, { visibilityTimeout, text }, options = {}) =>
      change(
        queue,
        message,
        { change: 'update', visibilityTimeout, text },
        (onDate) =>
          account.updateMessage(
            queue,
            message,
            text === undefined ? { visibilityTimeout } : { visibilityTimeout, text },
            {
              ...options,
              onDate,
            },
          ),
        ({ receipt, visibleAt }, request) => ({
          kind: 'updated',
          asked: { change: 'update', visibilityTimeout, text },
          used: message.receipt,
          receipt,
          endsAt: endOf(account, visibleAt, request.askedAt + visibilityTimeout * 1000),
          visibleAt: visibleAt?.getTime() ?? request.askedAt + visibilityTimeout * 1000 + (account.clockSkew() ?? 0),
          askedAt: request.askedAt,
          evidence: request.evidence(),
        }),
      ),

    deleteMessage: (queue, message, options = {}) =>
      change(
        queue,
        message,
        { change: 'delete' },
        (onDate) => account.deleteMessage(queue, message, { ...options, onDate }),
        (_, request) => ({ kind: 'deleted', evidence: request.evidence() }),
      ),

    clearMessages: (queue, options = {}) =>
      removeAll(queue, 'cleared', (onDate) => account.clearMessages(queue, { ...options, onDate })),

    deleteQueue: (queue, options) => removeAll(queue, 'queueDeleted', () => account.deleteQueue(queue, options)),
  };
}

/** What a failed Update or Delete says of its message. */
function failureOf(
  error: unknown,
  facts: Pick<Extract<Fact, { kind: 'refused' }>, 'asked' | 'used' | 'askedAt' | 'evidence'>,
): Fact {
  const refusal = receiptRefusal(error);
  const afterLostAnswer = error instanceof StorageError && error.afterLostAnswer;
  if (refusal === 'void-or-gone') return { kind: 'refused', afterLostAnswer, ...facts };
  if (isCutOff(error) || mayHaveSucceeded(error)) return { kind: 'unanswered', ...facts };
  return { kind: 'failed', tick: facts.evidence.asked, malformed: refusal === 'malformed' };
}

/** Called off in mid-flight, a request may have been carried out. */
const isCutOff = (error: unknown): boolean =>
  error instanceof UnreachableError || (error instanceof DOMException && error.name === 'AbortError');

/** The end of a lease by the connection's clock; without the service's dates by what was asked, which can only be too early. */
function endOf(account: Account, visibleAt: Date | undefined, asked: number): number {
  const skew = account.clockSkew();
  return skew === undefined || visibleAt === undefined ? asked : visibleAt.getTime() - skew;
}

/** The recorded message where it is the same, so that what is drawn of it keeps its identity over refreshes. */
function asRecorded(records: QueueRecords | undefined, message: Message): Message {
  const known = records?.get(message.id)?.message;
  return known && known.text === message.text && known.dequeueCount === message.dequeueCount ? known : message;
}
