import { encodeBase64, isJson, isXml } from '@/azure/bodies/decode-body';
import { getQueueAclCall, setQueueAclCall } from '@/azure/operations/access-policies';
import {
  clearMessagesCall,
  deleteMessageCall,
  peekMessagesCall,
  putMessageCall,
  receiveMessagesCall,
  updateMessageCall,
} from '@/azure/operations/messages';
import {
  createQueueCall,
  deleteQueueCall,
  getQueueMetadataCall,
  listQueuesCall,
  setQueueMetadataCall,
} from '@/azure/operations/queues';
import { getServicePropertiesCall, getServiceStatsCall, setServicePropertiesCall } from '@/azure/operations/service';
import { type Call, SERVICE_VERSION, urlOf } from '@/azure/wire/signed-request';
import { type Given, type Operation, PLACEHOLDERS, type SampleBody, type SampleMessage } from './operation';
import { secondaryOf, type Where } from './where';

/** Characters of a text that a sample still shows; a longer one comes from a file. */
const MAX_INLINE = 240;

/** True when the program reads the message from a file: bytes, and a text that is too long to be shown. */
export const isFromFile = (body: SampleBody | undefined): boolean =>
  body !== undefined && (body.kind === 'file' || (typeof body.text === 'string' && body.text.length > MAX_INLINE));

/** The name of the file that a program reads the message from. */
export function fileNameOf(body: SampleBody): string {
  if (body.kind === 'file') return body.name;
  const text = typeof body.text === 'string' ? body.text : '';
  return `message.${isJson(text) ? 'json' : isXml(text) ? 'xml' : 'txt'}`;
}

/** The message text of a body as it is on the wire; the empty text for bytes of a file, which a sample does not know. */
export function wireTextOf(body: SampleBody): string {
  if (body.kind === 'file' || typeof body.text !== 'string') return '';
  return body.encoding === 'base64' ? encodeBase64(body.text) : body.text;
}

/** Id and receipt of a message, with placeholders for what is not known and for what the program has. */
export const namedMessage = ({ id, receipt }: SampleMessage): { id: string; receipt: string } => ({
  id: known(id) ?? PLACEHOLDERS.id,
  receipt: known(receipt) ?? PLACEHOLDERS.receipt,
});

const known = (given: Given | undefined) => (typeof given === 'string' && given !== '' ? given : undefined);

/** The request of an operation, as the page sends it. */
export function callOf(operation: Operation): Call {
  switch (operation.name) {
    case 'List Queues':
      return listQueuesCall({ prefix: operation.prefix });
    case 'Create Queue':
      return createQueueCall(operation.queue, operation.metadata);
    case 'Delete Queue':
      return deleteQueueCall(operation.queue);
    case 'Get Queue Metadata':
      return getQueueMetadataCall(operation.queue);
    case 'Set Queue Metadata':
      return setQueueMetadataCall(operation.queue, operation.metadata);
    case 'Get Queue ACL':
      return getQueueAclCall(operation.queue);
    case 'Set Queue ACL':
      return setQueueAclCall(operation.queue, operation.policies);
    case 'Put Message': {
      const { queue, body, timeToLive, visibilityDelay } = operation;
      const times = { ...(timeToLive !== undefined && { timeToLive }), ...(visibilityDelay && { visibilityDelay }) };
      return putMessageCall(queue, { text: wireTextOf(body), ...times });
    }
    case 'Get Messages':
      return receiveMessagesCall(operation.queue, operation);
    case 'Peek Messages':
      return peekMessagesCall(operation.queue, operation.count);
    case 'Update Message': {
      const { queue, message, visibilityTimeout, body } = operation;
      const text = body && wireTextOf(body);
      return updateMessageCall(queue, namedMessage(message), {
        visibilityTimeout,
        ...(text !== undefined && { text }),
      });
    }
    case 'Delete Message':
      return deleteMessageCall(operation.queue, namedMessage(operation.message));
    case 'Clear Messages':
      return clearMessagesCall(operation.queue);
    case 'Get Queue Service Properties':
      return getServicePropertiesCall();
    case 'Set Queue Service Properties':
      return setServicePropertiesCall(operation.properties);
    case 'Get Queue Service Stats':
      return getServiceStatsCall();
  }
}

/** The address of an operation without its query for the credential. */
export const urlAt = (where: Where, call: Call): string =>
  urlOf(call.secondary ? secondaryOf(where) : where.endpoint, call);

/** The headers of a request that are not about its time and its credential. */
export const headersOf = (call: Call): [name: string, value: string][] => [
  ['x-ms-version', call.version ?? SERVICE_VERSION],
  ...Object.entries(call.headers ?? {}),
  ...(call.body === undefined ? [] : [['Content-Type', 'application/xml'] satisfies [string, string]]),
];
