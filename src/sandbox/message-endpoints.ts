import { escapeXml, textOf } from '../azure/wire/xml';
import { type Answer, XML_START } from './answer';
import { type Endpoint, type Incoming, invalidParameter, outOfRange, queueAt, required, wholeNumber } from './endpoint';
import { NEVER_MS, type StoredMessage } from './message-queue';
import { isReceipt, type ReceiptRules, toReceipt } from './receipt';
import { illegalXml, onlyChildren, readBody } from './request-xml';
import { rfc1123 } from './rfc1123';
import { StorageFault } from './storage-fault';

/** The longest visibility timeout, and the default time to live. */
const SEVEN_DAYS_SECONDS = 604_800;
const MOST_MESSAGES = 32;
/** From this version on, Put describes the message that it added, and Get has the receipt before the dequeue count. */
const WITH_ADDED_MESSAGE = '2016-05-31';
/** Bytes of UTF-8, after XML's entities are replaced. */
const MAX_TEXT_BYTES = 65_536;

const utf8 = new TextEncoder();

export const putMessage: Endpoint = (call) => {
  const { incoming, store, now } = call;
  const visibilityTimeout = wholeNumber(incoming.query, 'visibilitytimeout', 0, SEVEN_DAYS_SECONDS) ?? 0;
  const timeToLive = readTimeToLive(incoming);
  if (timeToLive !== -1 && visibilityTimeout >= timeToLive) {
    throw invalidParameter(
      'visibilitytimeout',
      String(visibilityTimeout),
      'messagettl must be greater than visibilitytimeout',
    );
  }
  const text = readText(incoming);
  const { name, messages } = queueAt(call);
  const message = messages.add(
    {
      id: call.random.guid(),
      text,
      insertedAt: now,
      expiresAt: timeToLive === -1 ? NEVER_MS : Math.min(NEVER_MS, now + timeToLive * 1000),
      visibleAt: now + visibilityTimeout * 1000,
      receiptNumber: store.takeReceiptNumber(),
    },
    now,
  );
  call.report({ what: 'sent', queue: name, ids: [message.id] });
  if (incoming.version < WITH_ADDED_MESSAGE) return { status: 201 };
  return listed(201, `<QueueMessage>${timesXml(message)}${leaseXml(message)}</QueueMessage>`);
};

export const getMessages: Endpoint = (call) => {
  const { incoming, store, now, receipts } = call;
  const count = wholeNumber(incoming.query, 'numofmessages', 1, MOST_MESSAGES) ?? 1;
  const visibilityTimeout = wholeNumber(incoming.query, 'visibilitytimeout', 1, SEVEN_DAYS_SECONDS) ?? 30;
  const { name, messages } = queueAt(call);
  const shared = receipts.shared ? store.takeReceiptNumber() : undefined;
  const visibleAt = now + visibilityTimeout * 1000;
  const received = messages.receive(count, visibleAt, now, () => shared ?? store.takeReceiptNumber());
  if (received.length > 0) call.report({ what: 'received', queue: name, ids: received.map(({ id }) => id) });
  let xml = '';
  for (const message of received) {
    const rest =
      incoming.version < WITH_ADDED_MESSAGE
        ? countXml(message) + leaseXml(message)
        : leaseXml(message) + countXml(message);
    xml += `<QueueMessage>${timesXml(message)}${rest}${textXml(message)}</QueueMessage>`;
  }
  return listed(200, xml);
};

export const peekMessages: Endpoint = (call) => {
  const count = wholeNumber(call.incoming.query, 'numofmessages', 1, MOST_MESSAGES) ?? 1;
  let xml = '';
  for (const message of queueAt(call).messages.peek(count, call.now)) {
    xml += `<QueueMessage>${timesXml(message)}${countXml(message)}${textXml(message)}</QueueMessage>`;
  }
  return listed(200, xml);
};

export const updateMessage: Endpoint = (call) => {
  const { incoming, store, now, receipts } = call;
  const { query } = incoming;
  const receipt = readReceipt(query);
  const visibilityTimeout = required(
    wholeNumber(query, 'visibilitytimeout', 0, SEVEN_DAYS_SECONDS),
    'visibilitytimeout',
  );
  const text = incoming.bodyLength > 0 ? readText(incoming) : undefined;
  const { name, messages } = queueAt(call);
  const message = withValidReceipt(messages.get(incoming.segments[2] ?? '', now), receipt, receipts);
  const visibleAt = now + visibilityTimeout * 1000;
  if (visibleAt > message.expiresAt) {
    throw invalidParameter('visibilitytimeout', String(visibilityTimeout), 'The message expires before.');
  }
  if (text !== undefined) message.text = text;
  messages.update(message, visibleAt, now, store.takeReceiptNumber());
  call.report({ what: 'updated', queue: name, ids: [message.id] });
  return {
    status: 204,
    headers: {
      'x-ms-popreceipt': receiptOf(message),
      'x-ms-time-next-visible': rfc1123(visibleAt),
    },
  };
};

export const deleteMessage: Endpoint = (call) => {
  const { incoming, now, receipts } = call;
  const { segments, query } = incoming;
  const receipt = readReceipt(query);
  const { name, messages } = queueAt(call);
  const message = withValidReceipt(messages.get(segments[2] ?? '', now), receipt, receipts);
  messages.remove(message);
  call.report({ what: 'deleted', queue: name, ids: [message.id] });
  return { status: 204 };
};

export const clearMessages: Endpoint = (call) => {
  const { name, messages } = queueAt(call);
  messages.clear();
  call.report({ what: 'cleared', queue: name });
  return { status: 204 };
};

/** Seconds, or −1 for never. */
function readTimeToLive({ query, version }: Incoming): number {
  const timeToLive = wholeNumber(query, 'messagettl') ?? SEVEN_DAYS_SECONDS;
  const text = String(timeToLive);
  if (timeToLive < 1 && timeToLive !== -1) {
    const reason = 'Value must be greater than or equal to 1, or -1 to indicate an infinite TTL.';
    throw invalidParameter('messagettl', text, reason);
  }
  // Earlier versions allow 7 days at most.
  if (version < '2017-07-29' && (timeToLive > SEVEN_DAYS_SECONDS || timeToLive === -1)) {
    throw outOfRange('messagettl', text, 1, SEVEN_DAYS_SECONDS);
  }
  return timeToLive;
}

function readText(incoming: Incoming): string {
  const root = readBody(incoming, 'QueueMessage');
  onlyChildren(root, ['MessageText']);
  const text = textOf(root, 'MessageText');
  if (text === undefined) throw illegalXml(incoming.body ?? '', 0, 'MessageText is missing.');
  // Decoding entities only shortens, so a short body has no long text.
  if (incoming.bodyLength > MAX_TEXT_BYTES && utf8.encode(text).length > MAX_TEXT_BYTES) {
    throw new StorageFault('RequestBodyTooLarge', { MaxLimit: String(MAX_TEXT_BYTES) });
  }
  return text;
}

function readReceipt(query: ReadonlyMap<string, string>): string {
  const receipt = required(query.get('popreceipt'), 'popreceipt');
  if (!isReceipt(receipt)) throw invalidParameter('popreceipt', receipt, 'Invalid pop receipt format');
  return receipt;
}

/** Returns the message. @throws StorageFault when there is none, or the receipt is not its current one. */
function withValidReceipt(message: StoredMessage | undefined, receipt: string, receipts: ReceiptRules): StoredMessage {
  if (!message) throw new StorageFault('MessageNotFound');
  if (receiptOf(message) !== receipt) throw new StorageFault(receipts.void);
  return message;
}

const receiptOf = ({ visibleAt, receiptNumber, receiptOfUpdate, dequeueCount }: StoredMessage): string =>
  toReceipt(visibleAt, receiptNumber, receiptOfUpdate ? dequeueCount : undefined);

const listed = (status: number, xml: string): Answer => ({
  status,
  body: `${XML_START}${xml === '' ? '<QueueMessagesList />' : `<QueueMessagesList>${xml}</QueueMessagesList>`}`,
});

const timesXml = ({ id, insertedAt, expiresAt }: StoredMessage): string =>
  `<MessageId>${id}</MessageId><InsertionTime>${rfc1123(insertedAt)}</InsertionTime><ExpirationTime>${rfc1123(expiresAt)}</ExpirationTime>`;

const leaseXml = (message: StoredMessage): string =>
  `<PopReceipt>${receiptOf(message)}</PopReceipt><TimeNextVisible>${rfc1123(message.visibleAt)}</TimeNextVisible>`;

const countXml = ({ dequeueCount }: StoredMessage): string => `<DequeueCount>${dequeueCount}</DequeueCount>`;

const textXml = ({ text }: StoredMessage): string => `<MessageText>${escapeXml(text)}</MessageText>`;
