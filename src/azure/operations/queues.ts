import { check, checkQueueName, metadataProblem } from '../protocol/input-rules';
import { MOST_QUEUES_A_PAGE } from '../protocol/limits';
import type { Account, Queue } from '../protocol/model';
import type { XmlElement } from '../wire/fast-xml';
import type { Send } from '../wire/transport';
import { childOf, childrenOf, textOf } from '../wire/xml';
import { readAnswer } from '../wire/xml-response';

type QueueOperations = Pick<
  Account,
  'listQueues' | 'createQueue' | 'deleteQueue' | 'getQueueProperties' | 'setQueueMetadata'
>;

const METADATA_PREFIX = 'x-ms-meta-';

/** List, Create and Delete Queue, Get and Set Queue Metadata. */
export const queueOperations = (send: Send): QueueOperations => ({
  async *listQueues({ prefix, signal } = {}) {
    const seen = new Set<string>();
    let marker: string | undefined;
    for (;;) {
      const answer = await send({
        operation: 'List Queues',
        method: 'GET',
        path: '/',
        query: { comp: 'list', include: 'metadata', maxresults: MOST_QUEUES_A_PAGE, prefix, marker },
        repeatable: true,
        signal,
      });
      const root = readAnswer(answer, 'EnumerationResults');
      yield childrenOf(childOf(root, 'Queues'), 'Queue').map(toQueue);
      marker = textOf(root, 'NextMarker');
      // Azurite can return an earlier marker again, which would never end.
      if (!marker || seen.has(marker)) return;
      seen.add(marker);
    }
  },

  async createQueue(queue, { metadata = {}, signal } = {}) {
    checkQueueName(queue);
    const { status } = await send({
      operation: 'Create Queue',
      method: 'PUT',
      path: `/${queue}`,
      headers: toHeaders(metadata),
      repeatable: true,
      signal,
    });
    return { created: status === 201 };
  },

  async deleteQueue(queue, { signal } = {}) {
    checkQueueName(queue);
    await send({
      operation: 'Delete Queue',
      method: 'DELETE',
      path: `/${queue}`,
      repeatable: true,
      // The attempt whose response was lost has deleted the queue, or begun to.
      doneWhenRepeated: ['QueueNotFound', 'QueueBeingDeleted'],
      signal,
    });
  },

  async getQueueProperties(queue, { signal } = {}) {
    checkQueueName(queue);
    const { headers } = await send({
      operation: 'Get Queue Metadata',
      method: 'GET',
      path: `/${queue}`,
      query: { comp: 'metadata' },
      repeatable: true,
      signal,
    });
    const count = headers.get('x-ms-approximate-messages-count');
    const metadata = [...headers]
      .filter(([name]) => name.startsWith(METADATA_PREFIX))
      .map(([name, value]): [string, string] => [name.slice(METADATA_PREFIX.length), value]);
    return {
      approximateMessageCount: count === null ? undefined : Number(count),
      // A CORS rule that exposes neither count nor metadata hides both; one that exposes the count is taken to expose all.
      metadata: count === null && metadata.length === 0 ? undefined : Object.fromEntries(metadata),
    };
  },

  async setQueueMetadata(queue, metadata, { signal } = {}) {
    checkQueueName(queue);
    await send({
      operation: 'Set Queue Metadata',
      method: 'PUT',
      path: `/${queue}`,
      query: { comp: 'metadata' },
      headers: toHeaders(metadata),
      repeatable: true,
      signal,
    });
  },
});

/** @throws InvalidInputError for field `metadata`. */
function toHeaders(metadata: Record<string, string>): Record<string, string> {
  check('metadata', metadataProblem(metadata));
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`${METADATA_PREFIX}${name}`, value]));
}

const toQueue = (element: XmlElement): Queue => ({
  name: textOf(element, 'Name') ?? '',
  metadata: Object.fromEntries(
    [...(childOf(element, 'Metadata')?.children ?? [])].map((entry) => [entry.tagName, entry.textContent]),
  ),
});
