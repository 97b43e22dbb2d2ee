import { StorageError } from '@/azure/protocol/errors';
import type { Account, Draft, LeasedMessage, Message, Receipt, SentMessage } from '@/azure/protocol/model';
import { receiptRefusal } from '@/azure/wire/receipt-refusal';
import { mayHaveSucceeded } from '@/azure/wire/retry';
import type { Evidence } from './evidence';
import type { Asked, Fact } from './fact';
import type { QueueRecords } from './queue-records';
import { type Claim, isSameText, type RecordLease } from './record';
import type { Records } from './records';

export type ReceiveOptions = NonNullable<Parameters<Account['receiveMessages']>[1]> & {
  /** Claim of the work that receives; undefined for a person. */
  claim?: Claim | undefined;
  /** True when the journal of a job has it. */
  isJournaled?: boolean;
};

/** What is added: the key of its item in a job, and the text of the message that it is a copy of. */
export type Origin = { key: string; text?: string };
type SendOptions = NonNullable<Parameters<Account['sendMessage']>[2]> & { origin?: Origin };

/** An account whose responses about messages change the records of this tab. */
export type RecordedAccount = Omit<Account, 'receiveMessages' | 'sendMessage'> & {
  receiveMessages: (queue: string, options?: ReceiveOptions) => Promise<LeasedMessage[]>;
  /** `origin` is for the journal of a job. */
  sendMessage: (queue: string, draft: Draft, options?: SendOptions) => Promise<SentMessage>;
};

/** A request that is running; `end` must be called once. */
type Request = {
  tick: number;
  /** Epoch ms by the connection's clock. */
  askedAt: number;
  onDate: (serverDate: Date) => void;
  /** Evidence of its response, which is taken to arrive now. */
  evidence: () => Evidence;
  end: () => void;
};

/** Wraps an account so that its responses change the records. `now` returns epoch ms by the connection's clock. */
export function recordedAccount(account: Account, records: Records, now: () => number): RecordedAccount {
  const of = (queue: string): QueueRecords | undefined =>
    records.isOpen(account.id) ? records.of({ connectionId: account.id, queue }) : undefined;

  function beginRequest(queue: string): Request {
    const queueRecords = of(queue);
    const tick = queueRecords?.began() ?? 0;
    const askedAt = now();
    let date: number | undefined;
    return {
      tick,
      askedAt,
      onDate: (serverDate: Date) => void (date = serverDate.getTime()),
      evidence: () => of(queue)?.answeredNow(tick, now(), date) ?? { asked: tick, answered: tick, at: now(), date },
      end: () => queueRecords?.ended(tick),
    };
  }

  /** Sends a request; `done` records its response, `failed` its error. */
  async function send<Result>(
    queue: string,
    call: (request: Request) => Promise<Result>,
    done: (result: Result, request: Request) => void,
    failed: (error: unknown, evidence: Evidence, request: Request) => void = () => {},
  ): Promise<Result> {
    const request = beginRequest(queue);
    try {
      const result = await call(request);
      done(result, request);
      return result;
    } catch (error) {
      const evidence = request.evidence();
      failed(error, evidence, request);
      if (error instanceof StorageError && error.code === 'QueueNotFound') {
        of(queue)?.applyToAll({ kind: 'removed', removal: { how: 'queueDeleted' }, evidence });
      }
      throw error;
    } finally {
      request.end();
    }
  }

  /** Sends a request with a receipt; `done` returns the fact of its success. */
  const change = <Result>(
    queue: string,
    { id, receipt }: Receipt,
    asked: Asked,
    call: (request: Request) => Promise<Result>,
    done: (result: Result, request: Request) => Fact,
  ): Promise<Result> =>
    send(
      queue,
      (request) => {
        of(queue)?.applyTo(id, { kind: 'asked', asked, tick: request.tick, at: request.askedAt });
        return call(request);
      },
      (result, request) => of(queue)?.applyTo(id, done(result, request)),
      (error, evidence, { askedAt }) =>
        of(queue)?.applyTo(id, failureOf(error, { asked, used: receipt, askedAt, evidence })),
    );

  /** Sends a request that removes all messages of a queue. */
  const removeAll = (queue: string, how: 'cleared' | 'queueDeleted', call: (request: Request) => Promise<void>) =>
    send(
      queue,
      call,
      (_, request) => of(queue)?.applyToAll({ kind: 'removed', removal: { how }, evidence: request.evidence() }),
      (error, evidence) => {
        if (isCutOff(error) || mayHaveSucceeded(error)) of(queue)?.applyToAll({ kind: 'maybeCleared', evidence });
      },
    );

  return {
    ...account,

    async peekMessages(queue, options = {}) {
      const messages = await send(
        queue,
        ({ onDate }) => account.peekMessages(queue, { ...options, onDate }),
        (peeked, request) => {
          const evidence = request.evidence();
          of(queue)?.apply(peeked.map((message) => [message.id, { kind: 'peeked', message, evidence }] as const));
        },
      );
      const queueRecords = of(queue);
      return messages.map((message) => asRecorded(queueRecords, message));
    },

    receiveMessages: (queue: string, { claim, ...options }: ReceiveOptions = {}) =>
      send(
        queue,
        ({ onDate }) => account.receiveMessages(queue, { ...options, onDate }),
        (messages, request) => {
          const evidence = request.evidence();
          const { askedAt } = request;
          const total = options.visibilityTimeout ?? 30;
          let lease: RecordLease | undefined;
          of(queue)?.apply(
            messages.map((message) => {
              const { receipt } = message;
              const visibleAt = message.visibleAt.getTime();
              // Messages of one receive with the same receipt share one lease object: there may be hundreds of thousands.
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
        },
      ),

    updateMessage(queue, message, update, options = {}) {
      const { visibilityTimeout, text } = update;
      const asked = { change: 'update', visibilityTimeout, text } as const;
      return change(
        queue,
        message,
        asked,
        ({ onDate }) => account.updateMessage(queue, message, update, { ...options, onDate }),
        ({ receipt, visibleAt }, { askedAt, evidence }) => ({
          kind: 'updated',
          asked,
          used: message.receipt,
          receipt,
          endsAt: endOf(account, visibleAt, askedAt + visibilityTimeout * 1000),
          visibleAt: visibleAt?.getTime() ?? askedAt + visibilityTimeout * 1000 + (account.clockSkew() ?? 0),
          askedAt,
          evidence: evidence(),
        }),
      );
    },

    deleteMessage: (queue, message, options = {}) =>
      change(
        queue,
        message,
        { change: 'delete' },
        ({ onDate }) => account.deleteMessage(queue, message, { ...options, onDate }),
        (_, request) => ({ kind: 'deleted', evidence: request.evidence() }),
      ),

    clearMessages: (queue, options = {}) =>
      removeAll(queue, 'cleared', ({ onDate }) => account.clearMessages(queue, { ...options, onDate })),

    deleteQueue: (queue, options) => removeAll(queue, 'queueDeleted', () => account.deleteQueue(queue, options)),
  };
}

/** The fact of a failed Update or Delete. */
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

/** True for a running request that was aborted, which may have been carried out. */
const isCutOff = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** End of a lease by the connection's clock; without the service's dates `asked`, which can only be too early. */
function endOf(account: Account, visibleAt: Date | undefined, asked: number): number {
  const skew = account.clockSkew();
  return skew === undefined || visibleAt === undefined ? asked : visibleAt.getTime() - skew;
}

/** The recorded message when it is equal, so that rows keep their identity over refreshes. */
function asRecorded(records: QueueRecords | undefined, message: Message): Message {
  const last = records?.get(message.id)?.message;
  return last && isSameText(last, message) && Object.is(last.dequeueCount, message.dequeueCount) ? last : message;
}
