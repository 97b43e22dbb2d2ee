import type { QueueClient } from '@azure/storage-queue';
import { ACCOUNT, letIn, MOVABLE_CLOCK, officialClient } from '../../scripts/testing/emulator';
import { startAzurite } from '../../server/local/azurite';
import { serve } from '../../server/page/serve';
import { exactTextsIn, putExact } from '../exact-text';

/** A visible message of the service. */
export type Seen = { id: string; text: string; dequeueCount: number };
/** `count`: hidden messages included. */
export type Sight = { visible: Seen[]; count: number };
export type Side = 'source' | 'target';
export type Ground = Awaited<ReturnType<Stage['ground']>>;
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Ms past every lease of a sequence, within the hour for which the signatures of `exactTextsIn` are valid. */
const PAST_ALL_LEASES = 50 * 60_000;

/** An Azurite whose clock can be moved, and the built page. One sequence at a time. */
export async function openStage() {
  const service = await startAzurite({ clock: MOVABLE_CLOCK });
  const local = () => ({ queueEndpoint: service.url, account: ACCOUNT });
  const folder = process.env['QUEUESCOPE_E2E_BUILD'];
  const site = await serve({ local, ...(folder && { folder }) });
  const azurite = officialClient(service.url);
  await letIn(service.url, [site.url]);
  const move = (by: number) => fetch(`${service.clock}/advance?ms=${by}`, { method: 'POST' });
  let made = 0;
  return {
    app: site.url,
    host: new URL(service.url).host,
    /** Creates two queues: a poison queue that is worked on, and its parent. */
    async ground(texts: readonly string[]) {
      const name = `orders${++made}`;
      const clients = { source: azurite.getQueueClient(`${name}-poison`), target: azurite.getQueueClient(name) };
      await Promise.all([clients.source.create(), clients.target.create()]);
      const ids: string[] = [];
      for (const text of texts) ids.push(await putExact(clients.source, text));
      const connectionId = encodeURIComponent(`${azurite.accountName}@${new URL(service.url).host}`);
      const look = async () => {
        const [source, target] = await Promise.all([sightOf(clients.source), sightOf(clients.target)]);
        return { source, target };
      };
      return {
        ids,
        clients,
        names: { source: clients.source.name, target: clients.target.name },
        address: `${site.url}/#/q/${connectionId}/${clients.source.name}`,
        look,
        /** Reads everything, at a time when all leases are over. */
        async lookLater() {
          await move(PAST_ALL_LEASES);
          try {
            return await look();
          } finally {
            await move(-PAST_ALL_LEASES);
          }
        },
        remove: () => Promise.all([clients.source.deleteIfExists(), clients.target.deleteIfExists()]),
      };
    },
    async close() {
      await Promise.all([site.stop(), service.stop()]);
    },
  };
}

async function sightOf(queue: QueueClient): Promise<Sight> {
  for (;;) {
    // The official client does not read carriage returns: texts are read by hand, between two equal peeks.
    const before = await queue.peekMessages({ numberOfMessages: 32 });
    const texts = await exactTextsIn(queue);
    const after = await queue.peekMessages({ numberOfMessages: 32 });
    const { approximateMessagesCount: count = 0 } = await queue.getProperties();
    const ids = ({ peekedMessageItems }: typeof before) =>
      peekedMessageItems.map(({ messageId, messageText }) => `${messageId} ${messageText}`).join('\n');
    if (ids(before) !== ids(after) || texts.length !== after.peekedMessageItems.length) continue;
    const visible = after.peekedMessageItems.map(({ messageId, dequeueCount }, index) => ({
      id: messageId,
      dequeueCount,
      text: texts[index] ?? '',
    }));
    return { visible, count };
  }
}
