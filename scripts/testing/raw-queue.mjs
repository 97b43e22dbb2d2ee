// Requests by hand: the official client drops line feeds when it writes and does not read carriage returns.
import { request } from 'node:http';
import { QueueSASPermissions } from '@azure/storage-queue';

/** @typedef {import('@azure/storage-queue').QueueClient} QueueClient */
/** @typedef {{ id: string, receipt: string, dequeueCount: number, text: string }} Received */

/** Ms for which signatures are valid. */
const VALID = 6 * 3_600_000;

/** @type {Record<string, string>} */
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (/** @type {string} */ text) =>
  text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (_, hex, decimal, name) =>
    name === undefined ? String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)) : (NAMED[name] ?? ''),
  );

/**
 * On a connection of its own: the emulator closes idle ones after five seconds, perhaps at the moment of the next request.
 * @param {string} method @param {string} url @param {string} [body]
 * @returns {Promise<{ status: number | undefined, text: string, count: number }>} `count`: what it says of a queue's messages
 */
const ask = (method, url, body) =>
  new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/xml' };
    const outgoing = request(url, { method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece) => (text += piece));
      const count = Number(answer.headers['x-ms-approximate-messages-count']);
      answer.on('end', () => resolve({ status: answer.statusCode, text, count }));
      answer.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** The value of an element. @param {string} xml @param {string} name */
const field = (xml, name) => unescaped(new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '');

/** @param {string} xml @returns {Received[]} */
const messagesIn = (xml) =>
  [...xml.matchAll(/<QueueMessage>(.*?)<\/QueueMessage>/gs)].map(([, one = '']) => ({
    id: field(one, 'MessageId'),
    receipt: field(one, 'PopReceipt'),
    dequeueCount: Number(field(one, 'DequeueCount')),
    text: field(one, 'MessageText'),
  }));

/** The messages of a queue by plain requests, with texts as they are. @param {QueueClient} queue */
export function rawQueue(queue) {
  const permissions = QueueSASPermissions.parse('raup');
  const signed = queue.generateSasUrl({ permissions, expiresOn: new Date(Date.now() + VALID) });
  const [base = '', signature = ''] = signed.split('?');
  return {
    /** @param {string} text @throws {Error} unless it was added */
    async put(text) {
      const escaped = text.replace(/[&<>\r]/g, (char) => `&#${char.charCodeAt(0)};`);
      const xml = `<QueueMessage><MessageText>${escaped}</MessageText></QueueMessage>`;
      const { status } = await ask('POST', `${base}/messages?${signature}`, xml);
      if (status !== 201) throw new Error(`Put Message answered ${status}`);
    },
    /** Up to 32 messages, leased for so many seconds. @param {number} seconds @returns {Promise<Received[]>} */
    async receive(seconds) {
      const query = `numofmessages=32&visibilitytimeout=${seconds}&${signature}`;
      const { status, text: xml } = await ask('GET', `${base}/messages?${query}`);
      if (status !== 200) throw new Error(`Get Messages answered ${status}`);
      return messagesIn(xml);
    },
    /** Up to 32 messages that anyone can see now, without a receipt. @returns {Promise<Received[]>} */
    async peek() {
      const { status, text: xml } = await ask('GET', `${base}/messages?peekonly=true&numofmessages=32&${signature}`);
      if (status !== 200) throw new Error(`Peek Messages answered ${status}`);
      return messagesIn(xml);
    },
    /** Messages in it, visible or not; undefined when there is no such queue. @returns {Promise<number | undefined>} */
    async count() {
      const { status, count } = await ask('GET', `${base}?comp=metadata&${signature}`);
      if (status === 404) return undefined;
      if (status !== 200) throw new Error(`Get Queue Metadata answered ${status}`);
      return count;
    },
    /** @param {Received} message @returns {Promise<boolean>} whether it was deleted */
    async remove({ id, receipt }) {
      const query = `popreceipt=${encodeURIComponent(receipt)}&${signature}`;
      const { status } = await ask('DELETE', `${base}/messages/${id}?${query}`);
      return status === 204;
    },
  };
}
