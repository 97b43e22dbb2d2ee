/** @typedef {import('./demo-queues.mjs').DemoQueue} DemoQueue */
/** @typedef {import('./demo-queues.mjs').DemoMessage} DemoMessage */

/**
 * What it takes to fill one queue, whoever the client is.
 * @template Leased
 * @typedef {object} QueueToFill
 * @property {(metadata: Record<string, string>) => Promise<unknown>} create
 * @property {(message: DemoMessage) => Promise<unknown>} send
 * @property {() => Promise<Leased[]>} receive up to 32
 * @property {(message: Leased) => Promise<unknown>} release makes a received message visible at once
 */

/**
 * Creates a queue and sends what a demo has in it, those messages first that were delivered before.
 * @template Leased
 * @param {QueueToFill<Leased>} queue
 * @param {DemoQueue} content
 */
export async function fillQueue({ create, send, receive, release }, { metadata = {}, messages }) {
  await create(metadata);
  const delivered = messages.filter(({ deliveries = 0 }) => deliveries > 0);
  const most = Math.max(0, ...delivered.map(({ deliveries = 0 }) => deliveries));
  // Each round receives all that are there and lets them go, so the most delivered message has to be there first.
  for (let round = most; round > 0; round--) {
    for (const message of delivered) if (message.deliveries === round) await send(message);
    const received = await receive();
    await Promise.all(received.map((message) => release(message)));
  }
  for (const message of messages) if (!delivered.includes(message)) await send(message);
}
