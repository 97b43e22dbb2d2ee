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
import { indented, type Language, lines, type Needs } from './language';
import { doubleQuoted } from './literals';
import { losesText, needsOf } from './needs';
import { type Given, messageOf, type Operation, type SampleBody, sentBody } from './operation';
import { proofFor, secondaryOf, type Where } from './where';

/** JavaScript with `@azure/storage-queue`, as a module of Node. */
export const javascript: Language = {
  comment: '//',
  needsOf: (operation, where) => needsOf(operation, where, isRequest(operation)),
  program,
  call: (operation, where) => (isRequest(operation) ? request(operation, where) : statements(operation)),
  quoted: doubleQuoted,
};

/** This SDK removes each LF from its XML, and a raw CR becomes LF where it is read. */
const isRequest = (operation: Operation) => losesText(operation, /[\r\n]/);

function program({ where, client, queue, proof, readsFile }: Needs, code: readonly string[]): string[] {
  const { endpoint } = where;
  const name = client === 'service' ? 'QueueServiceClient' : 'QueueClient';
  const isToken = proof === 'token';
  const isClient = client !== 'request';
  const isSecondary = proof === 'secondary';
  const credential = isToken ? 'new DefaultAzureCredential()' : undefined;
  return lines(
    readsFile && 'import { readFile } from "node:fs/promises";',
    isToken && 'import { DefaultAzureCredential } from "@azure/identity";',
    isClient && `import { ${name}${isSecondary ? ', StorageSharedKeyCredential' : ''} } from "@azure/storage-queue";`,
    '',
    isSecondary && [
      'const service = new QueueServiceClient(',
      `  ${doubleQuoted(secondaryOf(where))},`,
      `  new StorageSharedKeyCredential(${doubleQuoted(where.accountName)}, process.env.AZURE_STORAGE_KEY),`,
      ');',
    ],
    !isSecondary &&
      client === 'service' &&
      (credential
        ? `const service = new QueueServiceClient(${doubleQuoted(endpoint)}, ${credential});`
        : 'const service = QueueServiceClient.fromConnectionString(process.env.AZURE_STORAGE_CONNECTION_STRING);'),
    client === 'queue' && [
      'const queue = new QueueClient(',
      credential ? `  ${doubleQuoted(`${endpoint}/${queue}`)},` : '  process.env.AZURE_STORAGE_CONNECTION_STRING,',
      `  ${credential ?? doubleQuoted(queue)},`,
      ');',
    ],
    code,
  );
}

const given = (value: Given | undefined, otherwise: string) =>
  typeof value === 'object' ? value.code : doubleQuoted(value || otherwise);

/** The expression of a message text as it is on the wire. */
function textOf(body: SampleBody): string {
  const file = doubleQuoted(fileNameOf(body));
  if (body.kind === 'file') return `await readFile(${file}, "base64")`;
  const text = isFromFile(body) ? `await readFile(${file}, "utf8")` : given(body.text, '');
  return body.encoding === 'base64' ? `Buffer.from(${text}).toString("base64")` : text;
}

/** An object over several lines, without what is undefined. */
const object = (fields: readonly (readonly [name: string, value: string | undefined])[]): string[] =>
  fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}: ${value},`]));

/** Names and values as an object literal; a name such as `__proto__` is a key like the others. */
const metadataObject = (metadata: Metadata): string => {
  const pairs = Object.entries(metadata).map(([name, value]) => `[${doubleQuoted(name)}]: ${doubleQuoted(value)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
};

/** The message of a call: id and receipt, one beside the other. */
function messageArguments(operation: Operation): string {
  const { id, receipt } = messageOf(operation) ?? {};
  const names = namedMessage({ id, receipt });
  return `${given(id, names.id)}, ${given(receipt, names.receipt)}`;
}

const shown = (encoding: string | undefined) =>
  encoding === 'base64' ? 'Buffer.from(message.messageText, "base64").toString()' : 'message.messageText';

function statements(operation: Operation): string[] {
  switch (operation.name) {
    case 'List Queues':
      return [
        `for await (const item of service.listQueues({ ${operation.prefix ? `prefix: ${doubleQuoted(operation.prefix)}, ` : ''}includeMetadata: true })) {`,
        '  console.log(item.name, item.metadata);',
        '}',
      ];
    case 'Create Queue':
      return Object.keys(operation.metadata).length === 0
        ? ['await queue.create();']
        : [`await queue.create({ metadata: ${metadataObject(operation.metadata)} });`];
    case 'Delete Queue':
      return ['await queue.delete();'];
    case 'Get Queue Metadata':
      return [
        'const properties = await queue.getProperties();',
        'console.log(properties.approximateMessagesCount, properties.metadata);',
      ];
    case 'Set Queue Metadata':
      return [`await queue.setMetadata(${metadataObject(operation.metadata)});`];
    case 'Get Queue ACL':
      return ['const { signedIdentifiers } = await queue.getAccessPolicy();', 'console.log(signedIdentifiers);'];
    case 'Set Queue ACL':
      return ['await queue.setAccessPolicy([', ...indented(operation.policies.map(policy)), ']);'];
    case 'Put Message': {
      const { body, visibilityDelay, timeToLive } = operation;
      const options = object([
        ['visibilityTimeout', visibilityDelay ? String(visibilityDelay) : undefined],
        ['messageTimeToLive', timeToLive === undefined ? undefined : String(timeToLive === 'never' ? -1 : timeToLive)],
      ]);
      const text = textOf(body);
      return options.length === 0
        ? [`await queue.sendMessage(${text});`]
        : [`await queue.sendMessage(${text}, {`, ...options, '});'];
    }
    case 'Get Messages':
      return [
        'const { receivedMessageItems } = await queue.receiveMessages({',
        `  numberOfMessages: ${operation.count},`,
        `  visibilityTimeout: ${operation.visibilityTimeout},`,
        '});',
        'for (const message of receivedMessageItems) {',
        `  console.log(message.messageId, message.popReceipt, message.dequeueCount, ${shown(operation.encoding)});`,
        '}',
      ];
    case 'Peek Messages':
      return [
        `const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: ${operation.count} });`,
        'for (const message of peekedMessageItems) {',
        `  console.log(message.messageId, message.dequeueCount, ${shown(operation.encoding)});`,
        '}',
      ];
    case 'Update Message':
      return [
        'const { popReceipt } = await queue.updateMessage(',
        `  ${messageArguments(operation)},`,
        `  ${operation.body ? textOf(operation.body) : 'undefined'}, ${operation.visibilityTimeout},`,
        ');',
        'console.log(popReceipt);',
      ];
    case 'Delete Message':
      return [`await queue.deleteMessage(${messageArguments(operation)});`];
    case 'Clear Messages':
      return ['await queue.clearMessages();'];
    case 'Get Queue Service Properties':
      return ['console.log(await service.getProperties());'];
    case 'Set Queue Service Properties': {
      const { logging, hourMetrics, minuteMetrics, cors } = operation.properties;
      return [
        'await service.setProperties({',
        ...object([
          ['queueAnalyticsLogging', logging && loggingObject(logging)],
          ['hourMetrics', hourMetrics && metricsObject(hourMetrics)],
          ['minuteMetrics', minuteMetrics && metricsObject(minuteMetrics)],
        ]),
        ...(cors ? indented(['cors: [', ...indented(cors.map(corsObject)), '],']) : []),
        '});',
      ];
    }
    case 'Get Queue Service Stats':
      return ['const { geoReplication } = await service.getStatistics();', 'console.log(geoReplication);'];
  }
}

function policy({ id, startsAt, expiresAt, permissions }: AccessPolicy): string {
  const fields = [
    startsAt && `startsOn: new Date(${doubleQuoted(startsAt)})`,
    expiresAt && `expiresOn: new Date(${doubleQuoted(expiresAt)})`,
    permissions && `permissions: ${doubleQuoted(permissions)}`,
  ].filter(Boolean);
  return `{ id: ${doubleQuoted(id)}, accessPolicy: {${fields.length > 0 ? ` ${fields.join(', ')} ` : ''}} },`;
}

const retentionObject = ({ enabled, days }: RetentionPolicy) =>
  `{ enabled: ${enabled}${enabled && days !== undefined ? `, days: ${days}` : ''} }`;

const loggingObject = ({ version, read, write, delete: deletes, retention }: LoggingSettings) =>
  `{ version: ${doubleQuoted(version)}, read: ${read}, write: ${write}, deleteProperty: ${deletes}, retentionPolicy: ${retentionObject(retention)} }`;

const metricsObject = ({ version, enabled, includeApis = false, retention }: MetricsSettings) =>
  `{ version: ${doubleQuoted(version)}, enabled: ${enabled}${enabled ? `, includeAPIs: ${includeApis}` : ''}, retentionPolicy: ${retentionObject(retention)} }`;

const corsObject = (rule: CorsRule) =>
  `{ allowedOrigins: ${listed(rule.allowedOrigins)}, allowedMethods: ${listed(rule.allowedMethods)}, allowedHeaders: ${listed(rule.allowedHeaders)}, exposedHeaders: ${listed(rule.exposedHeaders)}, maxAgeInSeconds: ${rule.maxAge} },`;

const listed = (values: readonly string[]) => doubleQuoted(values.join(','));

/** The request itself, by `fetch`. */
function request(operation: Operation, where: Where): string[] {
  const call = callOf(operation);
  const isToken = proofFor(operation.name, where) === 'token';
  const url = urlAt(where, call);
  const body = sentBody(operation);
  const isFile = body && isFromFile(body);
  return lines(
    '// This SDK loses line ends of plain text, so the request goes out without it.',
    isFile && [
      `const text = await readFile(${doubleQuoted(fileNameOf(body))}, "utf8");`,
      'const escaped = text.replace(/[&<>\\r]/g, (char) => `&#${char.charCodeAt(0)};`);',
      'const body = `<QueueMessage><MessageText>${escaped}</MessageText></QueueMessage>`;',
    ],
    isToken && 'const { token } = await new DefaultAzureCredential().getToken("https://storage.azure.com/.default");',
    `const response = await fetch(${doubleQuoted(url)}${isToken ? '' : ` + "${url.includes('?') ? '&' : '?'}" + process.env.SAS_TOKEN`}, {`,
    `  method: "${call.method}",`,
    '  headers: {',
    isToken && ['    Authorization: `Bearer ${token}`,', '    "x-ms-date": new Date().toUTCString(),'],
    headersOf(call).map(([name, value]) => `    ${doubleQuoted(name)}: ${doubleQuoted(value)},`),
    '  },',
    `  body: ${isFile ? 'body' : doubleQuoted(bodyOf(call) ?? '')},`,
    '});',
    'if (!response.ok) throw new Error(await response.text());',
  );
}
