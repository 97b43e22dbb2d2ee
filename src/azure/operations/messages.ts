import { StorageError } from '../protocol/errors';
import {
  check,
  checkQueueName,
  checkTimes,
  countProblem,
  updatedVisibilityTimeoutProblem,
  visibilityTimeoutProblem,
} from '../protocol/input-rules';
import { MOST_MESSAGES, USUAL_TIME_TO_LIVE_SECONDS } from '../protocol/limits';
import { checkText } from '../protocol/message-text';
import type { Account, Draft, LeasedMessage, Message, OnUnreadable, Receipt, SentMessage } from '../protocol/model';
import { requiredDate, requiredNumber, requiredText, wholeText } from '../wire/answer-fields';
import { type Answer, readAnswer, timeOf } from '../wire/error-response';
import { type Call, repeatableCall } from '../wire/signed-request';
import type { Send } from '../wire/transport';
import { childrenOf, textOf, type XmlElement, type XmlNode } from '../wire/xml';

type MessageOperations = Pick<
  Account,
  'sendMessage' | 'receiveMessages' | 'peekMessages' | 'updateMessage' | 'deleteMessage' | 'clearMessages'
>;

/** Put Message, as it is sent and shown. Checks nothing: `sendMessage` does. */
export const putMessageCall = (queue: string, { text, timeToLive, visibilityDelay }: Draft): Call => ({
  operation: 'Put Message',
  method: 'POST',
  path: messagesPath(queue),
  query: { visibilitytimeout: visibilityDelay, messagettl: timeToLive === 'never' ? -1 : timeToLive },
  body: messageBody(text),
  repeatable: false,
});

/** Update Message, as `putMessageCall`. Without a text it has no body, and the message text does not change. */
export const updateMessageCall = (
  queue: string,
  { id, receipt }: Receipt,
  { visibilityTimeout, text }: { visibilityTimeout: number; text?: string },
): Call => ({
  operation: 'Update Message',
  method: 'PUT',
  path: messagePath(queue, id),
  query: { popreceipt: receipt, visibilitytimeout: visibilityTimeout },
  ...(text !== undefined && { body: messageBody(text) }),
  // The first attempt that succeeds voids the receipt, so a repeat would fail.
  repeatable: false,
});

/** Get Messages, as it is sent and shown. Checks nothing: `receiveMessages` does. */
export const receiveMessagesCall = (
  queue: string,
  { count, visibilityTimeout }: { count: number; visibilityTimeout: number },
): Call => ({
  operation: 'Get Messages',
  method: 'GET',
  path: messagesPath(queue),
  query: { numofmessages: count, visibilitytimeout: visibilityTimeout },
  // A GET that changes state: repeated, it would lease other messages.
  repeatable: false,
});

/** Peek Messages, as `receiveMessagesCall`. `peekonly` is exactly `true`: Azurite dequeues for any other value. */
export const peekMessagesCall = (queue: string, count: number): Call =>
  repeatableCall('Peek Messages', 'GET', messagesPath(queue), { peekonly: 'true', numofmessages: count });

/** Delete Message, as `putMessageCall`. */
export const deleteMessageCall = (queue: string, { id, receipt }: Receipt): Call =>
  repeatableCall('Delete Message', 'DELETE', messagePath(queue, id), { popreceipt: receipt });

/** Clear Messages, as `putMessageCall`. */
export const clearMessagesCall = (queue: string): Call =>
  repeatableCall('Clear Messages', 'DELETE', messagesPath(queue));

/** Put, Get, Peek, Update, Delete and Clear Messages. */
export const messageOperations = (send: Send): MessageOperations => ({
  async sendMessage(queue, draft, { signal, onDate, observe } = {}) {
    checkQueueName(queue);
    checkText(draft.text);
    checkTimes(draft);
    return sentMessage(await send({ ...putMessageCall(queue, draft), signal, onDate, observe }), draft);
  },

  async receiveMessages(queue, { count = 1, visibilityTimeout = 30, onUnreadable, signal, onDate, observe } = {}) {
    checkQueueName(queue);
    check('count', countProblem(count));
    check('visibilityTimeout', visibilityTimeoutProblem(visibilityTimeout));
    const answer = await send({ ...receiveMessagesCall(queue, { count, visibilityTimeout }), signal, onDate, observe });
    return readMessages(answer, toLeasedMessage, { onUnreadable, visibilityTimeout });
  },

  async peekMessages(queue, { count = MOST_MESSAGES, onUnreadable, signal, onDate, observe } = {}) {
    checkQueueName(queue);
    check('count', countProblem(count));
    const answer = await send({ ...peekMessagesCall(queue, count), signal, onDate, observe });
    return readMessages(answer, toMessage, { onUnreadable });
  },

  async updateMessage(queue, message, change, { signal, onDate, observe } = {}) {
    checkQueueName(queue);
    check('visibilityTimeout', updatedVisibilityTimeoutProblem(change.visibilityTimeout));
    if (change.text !== undefined) checkText(change.text);
    const { headers } = await send({ ...updateMessageCall(queue, message, change), signal, onDate, observe });
    const visibleAt = new Date(headers.get('x-ms-time-next-visible') ?? '');
    return {
      receipt: headers.get('x-ms-popreceipt') ?? undefined,
      // Hidden by CORS, or none.
      visibleAt: Number.isNaN(visibleAt.getTime()) ? undefined : visibleAt,
    };
  },

  async deleteMessage(queue, message, { signal, onDate, observe } = {}) {
    checkQueueName(queue);
    await send({ ...deleteMessageCall(queue, message), signal, onDate, observe });
  },

  async clearMessages(queue, { signal, onDate, observe } = {}) {
    checkQueueName(queue);
    const call = { ...clearMessagesCall(queue), signal, onDate, observe };
    for (let afterLostAnswer = false; ; afterLostAnswer = true) {
      try {
        await send({ ...call, afterLostAnswer });
        return;
      } catch (error) {
        // A large queue takes several calls; each that times out has removed a part.
        if (!(error instanceof StorageError && error.code === 'OperationTimedOut')) throw error;
      }
    }
  },
});

const messagesPath = (queue: string) => `/${queue}/messages`;

/** @throws InvalidInputError without an id: the path would be that of all messages. */
function messagePath(queue: string, id: string): string {
  check('id', id === '' ? 'A message without an id cannot be named.' : undefined);
  return `${messagesPath(queue)}/${encodeURIComponent(id)}`;
}

/** The request body of Put and Update Message. */
const messageBody = (text: string): XmlNode => ({
  name: 'QueueMessage',
  content: { name: 'MessageText', content: text },
});

const messageElements = (answer: Answer): XmlElement[] =>
  childrenOf(readAnswer(answer, 'QueueMessagesList'), 'QueueMessage');

/**
 * Reads every message of an answer. One that is not as it should be is read apart, as far as it goes.
 * @throws StorageError for one that cannot be returned, unless `onUnreadable` takes it.
 */
async function readMessages<Kind extends Message>(
  answer: Answer,
  read: (element: XmlElement, dateOf: DateReader) => Kind,
  options: { onUnreadable?: OnUnreadable | undefined; visibilityTimeout?: number },
): Promise<Kind[]> {
  const dateOf = dateReader();
  const readOne = (element: XmlElement) => read(element, dateOf);
  try {
    return messageElements(answer).map(readOne);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const { readBroken } = await import('./broken-messages');
    return readBroken(answer, readOne, { ...options, failure: error });
  }
}

const toMessage = (element: XmlElement, dateOf: DateReader): Message => ({
  id: requiredText(element, 'MessageId'),
  insertedAt: dateOf(element, 'InsertionTime'),
  expiresAt: toExpiry(dateOf(element, 'ExpirationTime')),
  dequeueCount: requiredNumber(element, 'DequeueCount'),
  text: ownText(wholeText(element, 'MessageText')),
});

/** Detaches the short strings from the response, since a tab stores hundreds of thousands of leases, some without text. */
const toLeasedMessage = (element: XmlElement, dateOf: DateReader): LeasedMessage => ({
  ...toMessage(element, dateOf),
  id: ownCopy(requiredText(element, 'MessageId')),
  receipt: ownCopy(requiredText(element, 'PopReceipt')),
  visibleAt: dateOf(element, 'TimeNextVisible'),
});

/**
 * Reads the message that a Put added.
 * @throws StorageError when its description cannot be read; with status 201 it was added all the same.
 */
function sentMessage(answer: Answer, draft: Draft): SentMessage {
  const { status, body } = answer;
  // Versions before 2016-05-31 respond without a body.
  if (status === 201 && body === '') return undescribed(answer, draft);
  try {
    const [message] = messageElements(answer).map((element) => toSentMessage(element, dateReader()));
    if (message) return message;
  } catch (cause) {
    if (status !== 201) throw cause;
  }
  throw new StorageError('The message was added, but its description in the answer cannot be read.', {
    status,
    operation: 'Put Message',
  });
}

/** A message of which the service says only that it was added. */
function undescribed(
  answer: Answer,
  { timeToLive = USUAL_TIME_TO_LIVE_SECONDS, visibilityDelay = 0 }: Draft,
): SentMessage {
  const insertedAt = new Date(timeOf(answer) ?? Date.now());
  const inSeconds = (seconds: number) => new Date(insertedAt.getTime() + seconds * 1000);
  return {
    id: '',
    receipt: '',
    insertedAt,
    expiresAt: timeToLive === 'never' ? null : inSeconds(timeToLive),
    visibleAt: inSeconds(visibilityDelay),
  };
}

const toSentMessage = (element: XmlElement, dateOf: DateReader): SentMessage => ({
  id: requiredText(element, 'MessageId'),
  insertedAt: dateOf(element, 'InsertionTime'),
  expiresAt: toExpiry(dateOf(element, 'ExpirationTime')),
  receipt: requiredText(element, 'PopReceipt'),
  visibleAt: dateOf(element, 'TimeNextVisible'),
});

/**
 * Copies a short text so that it shares no memory with the text it was cut from: engines retain the whole response for a
 * slice of it, and an id outlives the 2 MiB that it came with.
 */
const ownCopy = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

/**
 * Copies a message text likewise, faster for long ones. Adding a character and cutting it off makes engines flatten the
 * joined text before they slice it.
 */
const ownText = (text: string): string => ` ${text}`.slice(1);

type DateReader = (element: XmlElement, name: string) => Date;

/** Reads the dates of one response. They have whole seconds, so equal ones share one object. */
function dateReader(): DateReader {
  const dates = new Map<string, Date>();
  return (element, name) => {
    const text = textOf(element, name) ?? '';
    let date = dates.get(text);
    if (!date) dates.set(text, (date = requiredDate(element, name)));
    return date;
  };
}

/** On the wire, a message that never expires does so on 31 December 9999. */
const toExpiry = (date: Date): Date | null => (date.getUTCFullYear() === 9999 ? null : date);
