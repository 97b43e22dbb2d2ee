import { textOf } from '@/actions/action';
import { accountActions, connectionActions } from '@/actions/connection-actions';
import { leaseActions, messageActions } from '@/actions/message-actions';
import { queueActions, readActions } from '@/actions/queue-actions';
import { decodeBase64ToText, encodeBase64 } from '@/azure/bodies/decode-body';
import type { Message } from '@/azure/protocol/model';
import { encodingHabit } from '@/messages/encoding-habit';
import type { Operation, SampleBody, SampleEncoding, SampleMessage } from '@/samples/operation';
import type { Mode } from '@/state/navigation/route';
import type { Preferences } from '@/state/settings/preferences';

/** What a person can do, under the name that it has elsewhere, and the operation that does it. */
export type Offer = { label: string; operation: Operation };

type OnQueue = {
  queue: string;
  preferences: Pick<Preferences, 'peekCount' | 'receive'>;
  /** Messages of the queue that are loaded, which show how its texts are written. */
  loaded: readonly Pick<Message, 'text'>[];
};

const named = (label: unknown, operation: Operation): Offer => ({ label: String(label), operation });

/** What the fields of Peek and Receive ask for now. */
function reads({ queue, preferences, loaded }: OnQueue): Record<'peek' | 'receive', Offer> {
  const encoding: SampleEncoding = encodingHabit(loaded)?.encoding ?? 'text';
  return {
    peek: named(readActions.peek.label, { name: 'Peek Messages', queue, count: preferences.peekCount, encoding }),
    receive: named(readActions.receive.label, { name: 'Get Messages', queue, ...preferences.receive, encoding }),
  };
}

/** What can be asked of an account as a whole. */
export function accountOffers(connectionId: string): Offer[] {
  const on = { connectionId };
  return [
    named('List queues', { name: 'List Queues' }),
    named(textOf(accountActions.create.label, on), { name: 'Create Queue', queue: 'new-queue', metadata: {} }),
    named(textOf(connectionActions.serviceProperties.label, on), { name: 'Get Queue Service Properties' }),
    named('Geo-replication', { name: 'Get Queue Service Stats' }),
  ];
}

/** What can be asked of a queue; first what its screen does in this mode. */
export function queueOffers(on: OnQueue, mode: Mode): Offer[] {
  const { queue, loaded } = on;
  const { peek, receive } = reads(on);
  const encoding: SampleEncoding = encodingHabit(loaded)?.encoding ?? 'base64';
  const body: SampleBody = { kind: 'text', text: '{"hello":"world"}', encoding };
  return [
    ...(mode === 'peek' ? [peek, receive] : [receive, peek]),
    named(readActions.add.label, { name: 'Put Message', queue, body, timeToLive: 604_800 }),
    named('Count and metadata', { name: 'Get Queue Metadata', queue }),
    named(queueActions.policies.label, { name: 'Get Queue ACL', queue }),
    named(queueActions.clear.label, { name: 'Clear Messages', queue }),
    named(queueActions.delete.label, { name: 'Delete Queue', queue }),
  ];
}

/**
 * What can be done to a message, by the receipt that this page has of it, if it has one. Without a text, one that is not known
 * whole, nothing is offered that writes it.
 */
export function messageOffers(on: OnQueue, message: SampleMessage, text: string | undefined): Offer[] {
  const { queue, preferences } = on;
  const { visibilityTimeout } = preferences.receive;
  return [
    named('Delete message', { name: 'Delete Message', queue, message }),
    named(leaseActions.extend.title, { name: 'Update Message', queue, message, visibilityTimeout }),
    named(leaseActions.release.label, { name: 'Update Message', queue, message, visibilityTimeout: 0 }),
    ...(text === undefined ? [] : writes(on, message, bodyOf(text))),
    ...Object.values(reads(on)),
  ];
}

const writes = ({ queue, preferences }: OnQueue, message: SampleMessage, body: SampleBody): Offer[] => [
  named(messageActions.edit.title, {
    name: 'Update Message',
    queue,
    message,
    visibilityTimeout: preferences.receive.visibilityTimeout,
    body,
  }),
  named('Add a copy', { name: 'Put Message', queue, body }),
];

/** A text as it is on the wire: in its own words where it is Base64 of them. */
function bodyOf(text: string): SampleBody {
  const decoded = text === '' ? undefined : decodeBase64ToText(text);
  return decoded !== undefined && encodeBase64(decoded) === text && encodingHabit([{ text }])?.encoding === 'base64'
    ? { kind: 'text', text: decoded, encoding: 'base64' }
    : { kind: 'text', text, encoding: 'text' };
}
