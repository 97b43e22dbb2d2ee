import { StorageError } from '../protocol/errors';
import {
  check,
  checkQueueName,
  checkTimes,
  countProblem,
  updatedVisibilityTimeoutProblem,
  visibilityTimeoutProblem,
} from '../protocol/input-rules';
import { MOST_MESSAGES } from '../protocol/limits';
import { checkText } from '../protocol/message-text';
import type { Account, Draft, LeasedMessage, Message, Receipt, SentMessage } from '../protocol/model';
import { ownCopy, ownText } from '../wire/detached-string';
import type { Answer } from '../wire/error-response';
import type { XmlElement } from '../wire/fast-xml';
import type { Call } from '../wire/signed-request';
import type { Send } from '../wire/transport';
import { childrenOf, textOf, type XmlNode } from '../wire/xml';
import { readAnswer } from '../wire/xml-response';

type MessageOperations = Pick<
  Account,
  'sendMessage' | 'receiveMessages' | 'peekMessages' | 'updateMessage' | 'deleteMessage' | 'clearMessages'
>;

/** Put Message, as it is sent and shown. What is not allowed in it is refused when it is sent. */
export const putMessageCall = (queue: string, { text, timeToLive, visibilityDelay }: Draft): Call => ({
  operation: 'Put Message',
  method: 'POST',
  path: messagesPath(queue),
  query: { visibilitytimeout: visibilityDelay, messagettl: timeToLive === 'never' ? -1 : timeToLive },
  body: messageBody(text),
  repeatable: false,
});

/** Update Message, as `putMessageCall`. Without a text it has no body, and the message keeps its own. */
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
  // Done once, the receipt is another one: a repeat could only fail.
  repeatable: false,
});

/** Put, Get, Peek, Update, Delete and Clear Messages. */
export const messageOperations = (send: Send): MessageOperations => ({
  async sendMessage(queue, draft, { signal, onDate } = {}) {
    const { text, timeToLive, visibilityDelay } = draft;
    checkQueueName(queue);
    checkText(text);
    checkTimes({
      text,
      ...(timeToLive !== undefined && { timeToLive }),
      ...(visibilityDelay !== undefined && { visibilityDelay }),
    });
    return sentMessage(await send({ ...putMessageCall(queue, draft), signal, onDate }));
  },

  async receiveMessages(queue, { count = 1, visibilityTimeout = 30, signal, onDate } = {}) {
    checkQueueName(queue);
    check('count', countProblem(count));
    check('visibilityTimeout', visibilityTimeoutProblem(visibilityTimeout));
    const answer = await send({
      operation: 'Get Messages',
      method: 'GET',
      path: messagesPath(queue),
      query: { numofmessages: count, visibilitytimeout: visibilityTimeout },
      // A GET that changes state: repeated, it would lease other messages.
      repeatable: false,
      signal,
      onDate,
    });
    const dateOf = dateReader();
    return messageElements(answer).map((element) => toLeasedMessage(element, dateOf));
  },

  async peekMessages(queue, { count = MOST_MESSAGES, signal, onDate } = {}) {
    checkQueueName(queue);
    check('count', countProblem(count));
    const answer = await send({
      operation: 'Peek Messages',
      method: 'GET',
      path: messagesPath(queue),
      // Exactly `true`: with anything else Azurite dequeues.
      query: { peekonly: 'true', numofmessages: count },
      repeatable: true,
      signal,
      onDate,
    });
    const dateOf = dateReader();
    return messageElements(answer).map((element) => toMessage(element, dateOf));
  },

  async updateMessage(queue, message, change, { signal, onDate } = {}) {
    checkQueueName(queue);
    check('visibilityTimeout', updatedVisibilityTimeoutProblem(change.visibilityTimeout));
    if (change.text !== undefined) checkText(change.text);
    const { headers } = await send({ ...updateMessageCall(queue, message, change), signal, onDate });
    const visibleAt = headers.get('x-ms-time-next-visible');
    return {
      receipt: headers.get('x-ms-popreceipt') ?? undefined,
      visibleAt: visibleAt === null ? undefined : new Date(visibleAt),
    };
  },

  async deleteMessage(queue, { id, receipt }, { signal, onDate } = {}) {
    checkQueueName(queue);
    await send({
      operation: 'Delete Message',
      method: 'DELETE',
      path: messagePath(queue, id),
      query: { popreceipt: receipt },
      repeatable: true,
      signal,
      onDate,
    });
  },

  async clearMessages(queue, { signal, onDate } = {}) {
    checkQueueName(queue);
    const call = {
      operation: 'Clear Messages',
      method: 'DELETE',
      path: messagesPath(queue),
      repeatable: true,
      signal,
      onDate,
    } as const;
    for (let afterLostAnswer = false; ; afterLostAnswer = true) {
      try {
        await send({ ...call, afterLostAnswer });
        return;
      } catch (error) {
        // A big queue takes several calls; each that times out has removed a part.
        if (!(error instanceof StorageError && error.code === 'OperationTimedOut')) throw error;
      }
    }
  },
});

const messagesPath = (queue: string) => `/${queue}/messages`;
const messagePath = (queue: string, id: string) => `${messagesPath(queue)}/${encodeURIComponent(id)}`;

/** The request body of Put and Update Message. */
const messageBody = (text: string): XmlNode => ({
  name: 'QueueMessage',
  content: { name: 'MessageText', content: text },
});

const messageElements = (answer: Answer): XmlElement[] =>
  childrenOf(readAnswer(answer, 'QueueMessagesList'), 'QueueMessage');

const toMessage = (element: XmlElement, dateOf: DateReader): Message => ({
  id: textOf(element, 'MessageId') ?? '',
  insertedAt: dateOf(element, 'InsertionTime'),
  expiresAt: toExpiry(dateOf(element, 'ExpirationTime')),
  dequeueCount: Number(textOf(element, 'DequeueCount')),
  text: ownText(textOf(element, 'MessageText') ?? ''),
});

/** Leases are kept by the hundred thousand, some without their texts. */
const toLeasedMessage = (element: XmlElement, dateOf: DateReader): LeasedMessage => ({
  ...toMessage(element, dateOf),
  id: ownCopy(textOf(element, 'MessageId') ?? ''),
  receipt: ownCopy(textOf(element, 'PopReceipt') ?? ''),
  visibleAt: dateOf(element, 'TimeNextVisible'),
});

/**
 * The message that a Put added.
 * @throws StorageError when there is none in the answer; the status 201 says that the message was added all the same, as
 *   by versions before 2016-05-31, which answer without a body.
 */
function sentMessage(answer: Answer): SentMessage {
  const { status } = answer;
  try {
    const [message] = messageElements(answer).map((element) => toSentMessage(element, dateReader()));
    if (message) return message;
  } catch (cause) {
    if (status !== 201) throw cause;
  }
  throw new StorageError('The message was added, but the service described none.', {
    status,
    operation: 'Put Message',
  });
}

const toSentMessage = (element: XmlElement, dateOf: DateReader): SentMessage => ({
  id: textOf(element, 'MessageId') ?? '',
  insertedAt: dateOf(element, 'InsertionTime'),
  expiresAt: toExpiry(dateOf(element, 'ExpirationTime')),
  receipt: textOf(element, 'PopReceipt') ?? '',
  visibleAt: dateOf(element, 'TimeNextVisible'),
});

type DateReader = (element: XmlElement, name: string) => Date;

/** Reads the dates of one answer. They have whole seconds, so that many are equal: those share one object. */
function dateReader(): DateReader {
  const known = new Map<string, Date>();
  return (element, name) => {
    const text = textOf(element, name) ?? '';
    let date = known.get(text);
    if (!date) known.set(text, (date = new Date(text)));
    return date;
  };
}

/** A message that lives for ever expires on 31 December 9999. */
const toExpiry = (date: Date): Date | null => (date.getUTCFullYear() === 9999 ? null : date);
