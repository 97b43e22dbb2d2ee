import type { Exchange } from '@/azure/protocol/exchange';
import type { CallOptions } from '@/azure/protocol/model';
import type { RecordedAccount } from '@/messages/recorded-account';
import type { QueueTarget } from './queue-target';

/** Requests by what they are for; `renewal` is an update that neither shows a message nor changes its text. */
export type SentKind = 'receive' | 'put' | 'update' | 'delete' | 'return' | 'renewal' | 'clear';

/** Requests that were sent, each attempt counted. */
export type SentRequests = {
  readonly kinds: Readonly<Record<SentKind, number>>;
  /** All of them. */
  readonly sum: number;
  /** Of these, repeats of a call by the client, by the cause: `503 Server Busy`, `a lost answer`. */
  readonly again: ReadonlyMap<string, number>;
};

export type RequestMeter = {
  /** Live. */
  readonly sent: SentRequests;
  /** The same account, whose requests about messages are counted. */
  account: <Kind extends RecordedAccount>(account: Kind) => Kind;
  /** The same queue, with its account counted. */
  target: (target: QueueTarget) => QueueTarget;
};

const NONE: SentRequests['kinds'] = { receive: 0, put: 0, update: 0, delete: 0, return: 0, renewal: 0, clear: 0 };

/** Counts the requests of one job as the client sends them, with the attempts that it repeats. */
export function createRequestMeter(): RequestMeter {
  const kinds = { ...NONE };
  const again = new Map<string, number>();
  const sent = { kinds, sum: 0, again };

  const watch = <Options extends CallOptions>(kind: SentKind, options: Options | undefined) => ({
    ...(options as Options),
    observe(exchange: Exchange) {
      options?.observe?.(exchange);
      if (exchange.duration === undefined) {
        kinds[kind]++;
        sent.sum++;
      } else if (exchange.willRetry) {
        const cause = causeOf(exchange);
        again.set(cause, (again.get(cause) ?? 0) + 1);
      }
    },
  });

  const counted = <Kind extends RecordedAccount>(account: Kind): Kind => ({
    ...account,
    sendMessage: (queue, draft, options) => account.sendMessage(queue, draft, watch('put', options)),
    receiveMessages: (queue, options) => account.receiveMessages(queue, watch('receive', options)),
    updateMessage: (queue, receipt, change, options) =>
      account.updateMessage(queue, receipt, change, watch(updateKind(change), options)),
    deleteMessage: (queue, receipt, options) => account.deleteMessage(queue, receipt, watch('delete', options)),
    clearMessages: (queue, options) => account.clearMessages(queue, watch('clear', options)),
  });

  return { sent, account: counted, target: (target) => ({ ...target, account: counted(target.account) }) };
}

const updateKind = ({ text, visibilityTimeout }: { text?: string; visibilityTimeout: number }): SentKind =>
  text !== undefined ? 'update' : visibilityTimeout === 0 ? 'return' : 'renewal';

/** `503 Server Busy` for a code of `ServerBusy`. */
function causeOf({ response, failure }: Exchange): string {
  if (!response) return 'a lost answer';
  const words = failure?.code?.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ') ?? response.statusText;
  return `${response.status} ${words}`.trim();
}

/** Repeats by the client, of whatever cause. */
export const repeatsOf = ({ again }: SentRequests): number =>
  [...again.values()].reduce((sum, number) => sum + number, 0);

/** What a meter counts from now on: a retry shares the meter of its job. */
export function sentSince({ sent }: RequestMeter): () => SentRequests {
  const before = { kinds: { ...sent.kinds }, sum: sent.sum, again: new Map(sent.again) };
  const kindsOf = Object.keys(sent.kinds) as SentKind[];
  return () => ({
    sum: sent.sum - before.sum,
    kinds: Object.fromEntries(
      kindsOf.map((kind) => [kind, sent.kinds[kind] - before.kinds[kind]]),
    ) as SentRequests['kinds'],
    again: new Map(
      [...sent.again].flatMap(([cause, number]) => {
        const more = number - (before.again.get(cause) ?? 0);
        return more > 0 ? [[cause, more] as const] : [];
      }),
    ),
  });
}
