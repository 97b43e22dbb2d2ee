import { type QueueClient, QueueSASPermissions } from '@azure/storage-queue';

// The official client drops line feeds when it writes and does not read carriage returns, so exact texts are written and
// read by hand.

/** Adds a message with exactly this text. */
export async function putExact(queue: QueueClient, text: string): Promise<string> {
  const answer = await fetch(messagesUrl(queue), {
    method: 'POST',
    headers: { 'content-type': 'application/xml' },
    body: `<QueueMessage><MessageText>${text.replace(/[&<>\r]/g, (char) => `&#${char.charCodeAt(0)};`)}</MessageText></QueueMessage>`,
  });
  const id = /<MessageId>(.*)<\/MessageId>/.exec(await answer.text())?.[1];
  if (id === undefined) throw new Error(`Put Message answered ${answer.status}`);
  return id;
}

/** The exact texts of the first 32 visible messages. */
export async function exactTextsIn(queue: QueueClient): Promise<string[]> {
  const answer = await fetch(`${messagesUrl(queue)}&peekonly=true&numofmessages=32`);
  const texts = (await answer.text()).matchAll(/<MessageText>([^<]*)<\/MessageText>|<MessageText\s*\/>/g);
  return [...texts].map(([, text = '']) => decoded(text));
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string) =>
  text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (_, hex?: string, decimal?: string, name?: string) =>
    name === undefined ? String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)) : (NAMED[name] ?? ''),
  );

function messagesUrl(queue: QueueClient): string {
  const permissions = QueueSASPermissions.parse('raup');
  const signed = queue.generateSasUrl({ permissions, expiresOn: new Date(Date.now() + 3_600_000) });
  return signed.replace('?', '/messages?');
}
