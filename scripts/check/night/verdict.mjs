// What is where after a night, held against what should be.

import { rawQueue } from '../../testing/raw-queue.mjs';
import { nameIn } from './messages.mjs';

/** Seconds of leases that only this look takes, and ms that the service's clock is then moved on by. */
const LOOK = 3600;
const LATER = 2 * LOOK * 1000;

/** @typedef {import('@azure/storage-queue').QueueClient} QueueClient */
/** @typedef {{ text: string, dequeueCount: number }} Found */

/**
 * Everything that is wrong, as sentences.
 * @param {import('./stage.mjs').Stage} stage
 * @param {readonly import('./messages.mjs').NightMessage[]} messages
 * @param {import('./walks.mjs').Walked} walked
 */
export async function wrongIn({ queues, consumer, later }, messages, { exported, browses, twice = 0 }) {
  const wrong = [];
  const of = (/** @type {import('./messages.mjs').Fate} */ fate) => messages.filter((one) => one.fate === fate);
  const rest = of('export');

  if (consumer.refused.length > 0)
    wrong.push(`${consumer.refused.length} messages reached the consumer with their old text`);
  // What may be there twice was named: so many copies more are allowed.
  const mended = of('mend').map((one) => one.mended);
  const taken = [...consumer.taken.values()].flatMap((texts) => texts.slice(0, 1));
  if ([...consumer.taken.values()].some((texts) => texts.some((text) => text !== texts[0])))
    wrong.push('a message came to the consumer with two texts');
  const copies = [...consumer.taken.values()].flat().length - consumer.taken.size;
  if (copies > twice) wrong.push(`${copies} came twice to the consumer, and ${twice} were named`);
  wrong.push(...differences('taken by the consumer', taken, mended));
  const again = [...consumer.dequeues].filter(([times]) => times !== 1);
  if (again.length > 0) wrong.push(`the consumer was handed messages again: ${JSON.stringify(again)}`);
  wrong.push(
    ...differences(
      'in the file',
      exported,
      rest.map(({ text }) => text),
    ),
  );

  // By plain requests, with line ends; what is still hidden is missing here.
  const left = await drainedRaw(queues.poison);
  wrong.push(
    ...differences(
      'visible in the poison queue',
      left.map(({ text }) => text),
      rest.map(({ text }) => text),
    ),
  );
  const counts = left.filter(({ dequeueCount }) => dequeueCount !== browses + 1);
  if (counts.length > 0) wrong.push(`${counts.length} have other dequeue counts than ${browses} and this look`);

  // By the official client, which gives carriage returns as `&#xD;`.
  for (const [name, queue, texts] of /** @type {const} */ ([
    ['the poison queue', queues.poison, rest.map(({ text }) => text)],
    ['the parent queue', queues.parent, []],
  ])) {
    const { approximateMessagesCount } = await queue.getProperties();
    if (approximateMessagesCount !== texts.length)
      wrong.push(`the official client counts ${approximateMessagesCount} in ${name}, and not ${texts.length}`);
  }
  await later(LATER);
  const official = await drained(queues.poison);
  wrong.push(
    ...differences(
      'read by the official client',
      official.map(plain),
      rest.map(({ text }) => plain(text)),
    ),
  );
  return wrong;
}

const plain = (/** @type {string} */ text) => text.replaceAll(/\r|&#xD;/g, '');

/** The first of them by name. @param {[string, number][]} all */
const some = (all) =>
  all
    .slice(0, 3)
    .map(([text]) => nameIn(text) ?? JSON.stringify(text.slice(0, 60)))
    .join(', ');

/** Texts that are missing, there too often, or of nobody. @param {string} where @param {readonly string[]} found @param {readonly string[]} meant */
function differences(where, found, meant) {
  const counts = new Map(meant.map((text) => [text, -1]));
  for (const text of found) counts.set(text, (counts.get(text) ?? 0) + 1);
  const missing = [...counts].filter(([, count]) => count < 0);
  const over = [...counts].filter(([, count]) => count > 0);
  return [
    missing.length > 0 && `${missing.length} are not ${where}: ${some(missing)}`,
    over.length > 0 && `${over.length} too many are ${where}: ${some(over)}`,
  ].filter((words) => words !== false);
}

/** @param {QueueClient} queue @returns {Promise<Found[]>} */
async function drainedRaw(queue) {
  const raw = rawQueue(queue);
  const all = [];
  for (;;) {
    const batch = await raw.receive(LOOK);
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

/** @param {QueueClient} queue @returns {Promise<string[]>} */
async function drained(queue) {
  const all = [];
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: LOOK });
    if (receivedMessageItems.length === 0) return all;
    all.push(...receivedMessageItems.map(({ messageText }) => messageText));
  }
}
