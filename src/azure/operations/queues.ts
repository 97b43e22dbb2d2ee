import { check, checkQueueName, metadataProblem } from '../protocol/input-rules';
import { MOST_QUEUES_A_PAGE } from '../protocol/limits';
import type { Account, Queue } from '../protocol/model';
import { requiredText, wholeNumber } from '../wire/answer-fields';
import { readAnswer } from '../wire/error-response';
import { type Call, repeatableCall } from '../wire/signed-request';
import type { Send } from '../wire/transport';
import { childOf, childrenOf, textOf, type XmlElement } from '../wire/xml';

type QueueOperations = Pick<
  Account,
  'listQueues' | 'createQueue' | 'deleteQueue' | 'getQueueProperties' | 'setQueueMetadata'
>;

const METADATA_PREFIX = 'x-ms-meta-';

/** List Queues, one page, with metadata. These calls are as they are sent and shown, and check nothing: the operations do. */
export const listQueuesCall = ({
  prefix,
  marker,
}: {
  prefix?: string | undefined;
  marker?: string | undefined;
}): Call =>
  repeatableCall('List Queues', 'GET', '/', {
    comp: 'list',
    include: 'metadata',
    maxresults: MOST_QUEUES_A_PAGE,
    prefix,
    marker,
  });

export const createQueueCall = (queue: string, metadata: Record<string, string>): Call => ({
  ...repeatableCall('Create Queue', 'PUT', `/${queue}`),
  headers: toHeaders(metadata),
});

export const deleteQueueCall = (queue: string): Call => ({
  ...repeatableCall('Delete Queue', 'DELETE', `/${queue}`),
  // The attempt whose response was lost has deleted the queue, or begun to.
  doneWhenRepeated: ['QueueNotFound', 'QueueBeingDeleted'],
});

/** Get Queue Metadata, which also returns the count. */
export const getQueueMetadataCall = (queue: string): Call =>
  repeatableCall('Get Queue Metadata', 'GET', `/${queue}`, { comp: 'metadata' });

export const setQueueMetadataCall = (queue: string, metadata: Record<string, string>): Call => ({
  ...repeatableCall('Set Queue Metadata', 'PUT', `/${queue}`, { comp: 'metadata' }),
  headers: toHeaders(metadata),
});

/** List, Create and Delete Queue, Get and Set Queue Metadata. */
export const queueOperations = (send: Send): QueueOperations => ({
  async *listQueues({ prefix, signal, observe } = {}) {
    const seen = new Set<string>();
    let marker: string | undefined;
    for (;;) {
      const answer = await send({ ...listQueuesCall({ prefix, marker }), signal, observe });
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
    checkMetadata(metadata);
    const { status } = await send({ ...createQueueCall(queue, metadata), signal });
    return { created: status === 201 };
  },

  async deleteQueue(queue, { signal } = {}) {
    checkQueueName(queue);
    await send({ ...deleteQueueCall(queue), signal });
  },

  async getQueueProperties(queue, { signal, observe } = {}) {
    checkQueueName(queue);
    const { headers } = await send({ ...getQueueMetadataCall(queue), signal, observe });
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
    checkMetadata(metadata);
    await send({ ...setQueueMetadataCall(queue, metadata), signal });
  },
});

/** @throws InvalidInputError for field `metadata`. */
const checkMetadata = (metadata: Record<string, string>) => check('metadata', metadataProblem(metadata));

const toHeaders = (metadata: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`${METADATA_PREFIX}${name}`, value]));

const toQueue = (element: XmlElement): Queue => ({
  name: requiredText(element, 'Name'),
  metadata: Object.fromEntries(
    [...(childOf(element, 'Metadata')?.children ?? [])].map((entry) => [entry.tagName, entry.textContent]),
  ),
});
