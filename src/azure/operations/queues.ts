import { check, checkQueueName, metadataProblem } from '../protocol/input-rules';
import { MOST_QUEUES_A_PAGE } from '../protocol/limits';
import type { Account, Queue } from '../protocol/model';
import { requiredText, wholeNumber } from '../wire/answer-fields';
import { readAnswer } from '../wire/error-response';
import { repeatableCall } from '../wire/signed-request';
import type { Send } from '../wire/transport';
import { childOf, childrenOf, textOf, type XmlElement } from '../wire/xml';

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
        ...repeatableCall('List Queues', 'GET', '/', {
          comp: 'list',
          include: 'metadata',
          maxresults: MOST_QUEUES_A_PAGE,
          prefix,
          marker,
        }),
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
      ...repeatableCall('Create Queue', 'PUT', `/${queue}`),
      headers: toHeaders(metadata),
      signal,
    });
    return { created: status === 201 };
  },

  async deleteQueue(queue, { signal } = {}) {
    checkQueueName(queue);
    await send({
      ...repeatableCall('Delete Queue', 'DELETE', `/${queue}`),
      // The attempt whose response was lost has deleted the queue, or begun to.
      doneWhenRepeated: ['QueueNotFound', 'QueueBeingDeleted'],
      signal,
    });
  },

  async getQueueProperties(queue, { signal } = {}) {
    checkQueueName(queue);
    const { headers } = await send({
      ...repeatableCall('Get Queue Metadata', 'GET', `/${queue}`, { comp: 'metadata' }),
      signal,
    });
    const count = headers.get('x-ms-approximate-messages-count');
    const metadata = [...headers]
      .filter(([name]) => name.startsWith(METADATA_PREFIX))
      .map(([name, value]): [string, string] => [name.slice(METADATA_PREFIX.length), value]);
    return {
      approximateMessageCount: count === null ? undefined : wholeNumber(count),
      // A CORS rule that exposes neither count nor metadata hides both; one that exposes the count is taken to expose all.
      metadata: count === null && metadata.length === 0 ? undefined : Object.fromEntries(metadata),
    };
  },

  async setQueueMetadata(queue, metadata, { signal } = {}) {
    checkQueueName(queue);
    await send({
      ...repeatableCall('Set Queue Metadata', 'PUT', `/${queue}`, { comp: 'metadata' }),
      headers: toHeaders(metadata),
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
  name: requiredText(element, 'Name'),
  metadata: Object.fromEntries(
    [...(childOf(element, 'Metadata')?.children ?? [])].map((entry) => [entry.tagName, entry.textContent]),
  ),
});
