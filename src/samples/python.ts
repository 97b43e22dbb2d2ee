import type {
  AccessPolicy,
  CorsRule,
  LoggingSettings,
  Metadata,
  MetricsSettings,
  RetentionPolicy,
} from '@/azure/protocol/model';
import { bodyOf } from '@/azure/wire/signed-request';
import { callOf, fileNameOf, headersOf, isFromFile, namedMessage, urlAt } from './calls';
import { indented, type Language, lines, type Needs, withoutStrings } from './language';
import { doubleQuoted } from './literals';
import { losesText, needsOf } from './needs';
import { type Given, messageOf, type Operation, type SampleBody, sentBody } from './operation';
import { proofFor, type Where } from './where';

/** Python with `azure-storage-queue`. */
export const python: Language = {
  comment: '#',
  needsOf: (operation, where) => needsOf(operation, where, isRequest(operation)),
  program,
  call: (operation, where) => (isRequest(operation) ? request(operation, where) : statements(operation)),
  quoted: doubleQuoted,
};

/** This SDK writes a raw CR, which becomes LF where XML is read. */
const isRequest = (operation: Operation) => losesText(operation, /\r/);

/** Classes that statements name, to be imported beside the client. */
const CLASSES = ['AccessPolicy', 'CorsRule', 'Metrics', 'QueueAnalyticsLogging', 'RetentionPolicy'];

function program(needs: Needs, code: readonly string[]): string[] {
  const { where, client, queue, proof, writes, reads, readsFile } = needs;
  const isToken = proof === 'token';
  const isClient = client !== 'request';
  const writePolicy = writes === 'bytes' ? 'BinaryBase64EncodePolicy' : writes === 'base64' && 'TextBase64EncodePolicy';
  const readPolicy = reads === 'base64' && 'TextBase64DecodePolicy';
  const name = client === 'service' ? 'QueueServiceClient' : 'QueueClient';
  const used = withoutStrings(code);
  const classes = CLASSES.filter((one) => new RegExp(String.raw`\b${one}\(`).test(used));
  const names = [name, writePolicy, readPolicy, ...classes].filter((one) => one !== false);
  return lines(
    !isToken && 'import os',
    /\bformatdate\(/.test(used) && 'from email.utils import formatdate',
    readsFile && 'from pathlib import Path',
    /\burlopen\(/.test(used) && 'from urllib.request import Request, urlopen',
    /\bescape\(/.test(used) && 'from xml.sax.saxutils import escape',
    isToken && 'from azure.identity import DefaultAzureCredential',
    isClient &&
      (names.length > 1
        ? [`from azure.storage.queue import (`, `    ${names.join(', ')})`]
        : `from azure.storage.queue import ${name}`),
    '',
    isClient && [
      `${client} = ${name}${isToken ? '(' : '.from_connection_string('}`,
      `    ${isToken ? doubleQuoted(where.endpoint) : 'os.environ["AZURE_STORAGE_CONNECTION_STRING"]'},`,
      client === 'queue' && `    queue_name=${doubleQuoted(queue)},`,
      isToken && '    credential=DefaultAzureCredential(),',
      writePolicy && `    message_encode_policy=${writePolicy}(),`,
      readPolicy && `    message_decode_policy=${readPolicy}(),`,
      ')',
    ],
    code,
  );
}

const given = (value: Given | undefined, otherwise: string) =>
  typeof value === 'object' ? value.code : doubleQuoted(value || otherwise);

/** The expression of what the client sends: it writes Base64 itself. */
function contentOf(body: SampleBody): string {
  const file = doubleQuoted(fileNameOf(body));
  if (body.kind === 'file') return `Path(${file}).read_bytes()`;
  return isFromFile(body) ? `Path(${file}).read_bytes().decode()` : given(body.text, '');
}

const metadataDict = (metadata: Metadata): string =>
  `{${Object.entries(metadata)
    .map(([name, value]) => `${doubleQuoted(name)}: ${doubleQuoted(value)}`)
    .join(', ')}}`;

/** The message of a call. */
function messageArguments(operation: Operation): string[] {
  const { id, receipt } = messageOf(operation) ?? {};
  const names = namedMessage({ id, receipt });
  return [`${given(id, names.id)},`, `pop_receipt=${given(receipt, names.receipt)},`];
}

const called = (name: string, argumentLines: readonly (string | false | undefined)[]): string[] => [
  `${name}(`,
  ...indented(lines(...argumentLines), '    '),
  ')',
];

function statements(operation: Operation): string[] {
  switch (operation.name) {
    case 'List Queues':
      return [
        `for item in service.list_queues(${operation.prefix ? `name_starts_with=${doubleQuoted(operation.prefix)}, ` : ''}include_metadata=True):`,
        '    print(item.name, item.metadata)',
      ];
    case 'Create Queue':
      return Object.keys(operation.metadata).length === 0
        ? ['queue.create_queue()']
        : [`queue.create_queue(metadata=${metadataDict(operation.metadata)})`];
    case 'Delete Queue':
      return ['queue.delete_queue()'];
    case 'Get Queue Metadata':
      return [
        'properties = queue.get_queue_properties()',
        'print(properties.approximate_message_count, properties.metadata)',
      ];
    case 'Set Queue Metadata':
      return [`queue.set_queue_metadata(metadata=${metadataDict(operation.metadata)})`];
    case 'Get Queue ACL':
      return [
        'for name, policy in queue.get_queue_access_policy().items():',
        '    print(name, policy and (policy.start, policy.expiry, policy.permission))',
      ];
    case 'Set Queue ACL':
      return [
        ...called('queue.set_queue_access_policy', [
          'signed_identifiers={',
          ...indented(operation.policies.map(policy), '    '),
          '},',
        ]),
      ];
    case 'Put Message': {
      const { body, visibilityDelay, timeToLive } = operation;
      return called('queue.send_message', [
        `${contentOf(body)},`,
        !!visibilityDelay && `visibility_timeout=${visibilityDelay},`,
        timeToLive !== undefined && `time_to_live=${timeToLive === 'never' ? -1 : timeToLive},`,
      ]);
    }
    case 'Get Messages':
      return [
        '# One page is one request.',
        ...called('pages = queue.receive_messages', [
          `messages_per_page=${operation.count},`,
          `visibility_timeout=${operation.visibilityTimeout},`,
        ]).slice(0, -1),
        ').by_page()',
        'for message in next(pages, []):',
        '    print(message.id, message.pop_receipt, message.dequeue_count, message.content)',
      ];
    case 'Peek Messages':
      return [
        `for message in queue.peek_messages(max_messages=${operation.count}):`,
        '    print(message.id, message.dequeue_count, message.content)',
      ];
    case 'Update Message':
      return [
        ...called('message = queue.update_message', [
          ...messageArguments(operation),
          operation.body && `content=${contentOf(operation.body)},`,
          `visibility_timeout=${operation.visibilityTimeout},`,
        ]),
        'print(message.pop_receipt)',
      ];
    case 'Delete Message':
      return called('queue.delete_message', messageArguments(operation));
    case 'Clear Messages':
      return ['queue.clear_messages()'];
    case 'Get Queue Service Properties':
      return ['print(service.get_service_properties())'];
    case 'Set Queue Service Properties': {
      const { logging, hourMetrics, minuteMetrics, cors } = operation.properties;
      return [
        ...called('service.set_service_properties', [
          logging && `analytics_logging=${loggingOf(logging)},`,
          hourMetrics && `hour_metrics=${metricsOf(hourMetrics)},`,
          minuteMetrics && `minute_metrics=${metricsOf(minuteMetrics)},`,
          ...(cors ? ['cors=[', ...indented(cors.map(corsOf), '    '), '],'] : []),
        ]),
      ];
    }
    case 'Get Queue Service Stats':
      return ['print(service.get_service_stats())'];
  }
}

function policy({ id, startsAt, expiresAt, permissions }: AccessPolicy): string {
  const fields = [
    permissions && `permission=${doubleQuoted(permissions)}`,
    expiresAt && `expiry=${doubleQuoted(expiresAt)}`,
    startsAt && `start=${doubleQuoted(startsAt)}`,
  ].filter(Boolean);
  return `${doubleQuoted(id)}: AccessPolicy(${fields.join(', ')}),`;
}

const truth = (value: boolean) => (value ? 'True' : 'False');

const retentionOf = ({ enabled, days }: RetentionPolicy) =>
  `RetentionPolicy(enabled=${truth(enabled)}${enabled && days !== undefined ? `, days=${days}` : ''})`;

const loggingOf = ({ version, read, write, delete: deletes, retention }: LoggingSettings) =>
  `QueueAnalyticsLogging(version=${doubleQuoted(version)}, read=${truth(read)}, write=${truth(write)}, delete=${truth(deletes)}, retention_policy=${retentionOf(retention)})`;

const metricsOf = ({ version, enabled, includeApis = false, retention }: MetricsSettings) =>
  `Metrics(version=${doubleQuoted(version)}, enabled=${truth(enabled)}${enabled ? `, include_apis=${truth(includeApis)}` : ''}, retention_policy=${retentionOf(retention)})`;

const corsOf = (rule: CorsRule) =>
  `CorsRule([${strings(rule.allowedOrigins)}], [${strings(rule.allowedMethods)}], allowed_headers=[${strings(rule.allowedHeaders)}], exposed_headers=[${strings(rule.exposedHeaders)}], max_age_in_seconds=${rule.maxAge}),`;

const strings = (values: readonly string[]) => values.map(doubleQuoted).join(', ');

/** The request itself, by the standard library. */
function request(operation: Operation, where: Where): string[] {
  const call = callOf(operation);
  const isToken = proofFor(operation.name, where) === 'token';
  const url = urlAt(where, call);
  const body = sentBody(operation);
  const isFile = body && isFromFile(body);
  return lines(
    '# This SDK loses the CR of plain text, so the request goes out without it.',
    isFile && [
      `text = Path(${doubleQuoted(fileNameOf(body))}).read_bytes().decode()`,
      'body = "<QueueMessage><MessageText>" + escape(text, {"\\r": "&#13;"}) + "</MessageText></QueueMessage>"',
    ],
    isToken && 'token = DefaultAzureCredential().get_token("https://storage.azure.com/.default").token',
    'request = Request(',
    `    ${doubleQuoted(url)}${isToken ? '' : ` + "${url.includes('?') ? '&' : '?'}" + os.environ["SAS_TOKEN"]`},`,
    `    data=${isFile ? 'body' : doubleQuoted(bodyOf(call) ?? '')}.encode(),`,
    '    headers={',
    isToken && ['        "Authorization": "Bearer " + token,', '        "x-ms-date": formatdate(usegmt=True),'],
    headersOf(call).map(([name, value]) => `        ${doubleQuoted(name)}: ${doubleQuoted(value)},`),
    '    },',
    `    method="${call.method}",`,
    ')',
    'urlopen(request)',
  );
}
