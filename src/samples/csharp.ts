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
import { proofFor, secondaryOf, type Where } from './where';

/** C# with `Azure.Storage.Queues`, as a program of top-level statements with implicit usings. */
export const csharp: Language = {
  comment: '//',
  quoted: doubleQuoted,
  needsOf: (operation, where) => needsOf(operation, where, isRequest(operation)),
  call: (operation, where) => (isRequest(operation) ? request(operation, where) : statements(operation)),
  program,
};

/** This SDK writes a raw CR, which becomes LF where XML is read. */
const isRequest = (operation: Operation) => losesText(operation, /\r/);

function program(needs: Needs, code: readonly string[]): string[] {
  const { where, client, queue, proof, writes, reads } = needs;
  const isToken = proof === 'token';
  const isClient = client !== 'request';
  const isSecondary = proof === 'secondary';
  const names = withoutStrings(code);
  const name = client === 'service' ? 'QueueServiceClient' : 'QueueClient';
  const isBase64 = writes === 'bytes' || writes === 'base64' || reads === 'base64';
  const options = isBase64 && 'new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }';
  const first = isToken
    ? `new Uri(${doubleQuoted(client === 'service' ? where.endpoint : `${where.endpoint}/${queue}`)})`
    : isSecondary
      ? `new Uri(${doubleQuoted(secondaryOf(where))})`
      : 'Environment.GetEnvironmentVariable("AZURE_STORAGE_CONNECTION_STRING")';
  const second = isToken
    ? 'new DefaultAzureCredential()'
    : isSecondary
      ? `new StorageSharedKeyCredential(${doubleQuoted(where.accountName)}, Environment.GetEnvironmentVariable("AZURE_STORAGE_KEY"))`
      : client === 'queue' && doubleQuoted(queue);
  const parameters = [first, second, options].filter((one) => one !== false);
  return lines(
    /\bSecurityElement\./.test(names) && 'using System.Security;',
    /\bEncoding\.UTF8/.test(names) && 'using System.Text;',
    /\bTokenRequestContext\(/.test(names) && 'using Azure.Core;',
    isToken && 'using Azure.Identity;',
    isSecondary && 'using Azure.Storage;',
    isClient && 'using Azure.Storage.Queues;',
    /\bQueue(?:SignedIdentifier|Traits|ServiceProperties)\b/.test(names) && 'using Azure.Storage.Queues.Models;',
    '',
    isClient && [
      `var ${client} = new ${name}(`,
      ...parameters.map((one, index) => `    ${one}${index < parameters.length - 1 ? ',' : ');'}`),
    ],
    code,
  );
}

const given = (value: Given | undefined, otherwise: string) =>
  typeof value === 'object' ? value.code : doubleQuoted(value || otherwise);

/** The expression of what the client sends: it writes Base64 itself. */
function contentOf(body: SampleBody): string {
  const file = doubleQuoted(fileNameOf(body));
  if (body.kind === 'file') return `BinaryData.FromBytes(await File.ReadAllBytesAsync(${file}))`;
  return isFromFile(body) ? `await File.ReadAllTextAsync(${file})` : given(body.text, '');
}

const dictionary = (metadata: Metadata): string => {
  const pairs = Object.entries(metadata).map(([name, value]) => `[${doubleQuoted(name)}] = ${doubleQuoted(value)}`);
  return `new Dictionary<string, string> {${pairs.length > 0 ? ` ${pairs.join(', ')} ` : ''}}`;
};

/** The message of a call: id and receipt, one after the other. */
function messageArguments(operation: Operation): string[] {
  const { id, receipt } = messageOf(operation) ?? {};
  const names = namedMessage({ id, receipt });
  return [given(id, names.id), given(receipt, names.receipt)];
}

const seconds = (value: number) => `TimeSpan.FromSeconds(${value})`;

/** A call with one parameter in each line. */
const called = (name: string, parameters: readonly (string | false | undefined)[], end = ');'): string[] => {
  const all = parameters.filter((one) => typeof one === 'string');
  return [`${name}(`, ...all.map((one, index) => `    ${one}${index < all.length - 1 ? ',' : end}`)];
};

function statements(operation: Operation): string[] {
  switch (operation.name) {
    case 'List Queues':
      return [
        `await foreach (var item in service.GetQueuesAsync(QueueTraits.Metadata${operation.prefix ? `, prefix: ${doubleQuoted(operation.prefix)}` : ''}))`,
        '{',
        '    Console.WriteLine(item.Name + " " + string.Join(", ", item.Metadata));',
        '}',
      ];
    case 'Create Queue':
      return Object.keys(operation.metadata).length === 0
        ? ['await queue.CreateAsync();']
        : [`await queue.CreateAsync(metadata: ${dictionary(operation.metadata)});`];
    case 'Delete Queue':
      return ['await queue.DeleteAsync();'];
    case 'Get Queue Metadata':
      return [
        'var properties = (await queue.GetPropertiesAsync()).Value;',
        'Console.WriteLine(properties.ApproximateMessagesCount + " " + string.Join(", ", properties.Metadata));',
      ];
    case 'Set Queue Metadata':
      return [`await queue.SetMetadataAsync(${dictionary(operation.metadata)});`];
    case 'Get Queue ACL':
      return [
        'foreach (var identifier in (await queue.GetAccessPolicyAsync()).Value)',
        '{',
        '    var policy = identifier.AccessPolicy;',
        '    Console.WriteLine($"{identifier.Id} {policy?.StartsOn} {policy?.ExpiresOn} {policy?.Permissions}");',
        '}',
      ];
    case 'Set Queue ACL':
      return operation.policies.length === 0
        ? ['await queue.SetAccessPolicyAsync(Array.Empty<QueueSignedIdentifier>());']
        : ['await queue.SetAccessPolicyAsync(new[]', '{', ...indented(operation.policies.map(policy), '    '), '});'];
    case 'Put Message': {
      const { body, visibilityDelay, timeToLive } = operation;
      return called('await queue.SendMessageAsync', [
        contentOf(body),
        !!visibilityDelay && `visibilityTimeout: ${seconds(visibilityDelay)}`,
        timeToLive !== undefined && `timeToLive: ${seconds(timeToLive === 'never' ? -1 : timeToLive)}`,
      ]);
    }
    case 'Get Messages':
      return [
        ...called('var messages = await queue.ReceiveMessagesAsync', [
          `maxMessages: ${operation.count}`,
          `visibilityTimeout: ${seconds(operation.visibilityTimeout)}`,
        ]),
        'foreach (var message in messages.Value)',
        '{',
        '    Console.WriteLine($"{message.MessageId} {message.PopReceipt} {message.DequeueCount} {message.Body}");',
        '}',
      ];
    case 'Peek Messages':
      return [
        `var messages = await queue.PeekMessagesAsync(maxMessages: ${operation.count});`,
        'foreach (var message in messages.Value)',
        '{',
        '    Console.WriteLine($"{message.MessageId} {message.DequeueCount} {message.Body}");',
        '}',
      ];
    case 'Update Message':
      return [
        ...called('var updated = await queue.UpdateMessageAsync', [
          ...messageArguments(operation),
          operation.body && contentOf(operation.body),
          `visibilityTimeout: ${seconds(operation.visibilityTimeout)}`,
        ]),
        'Console.WriteLine(updated.Value.PopReceipt);',
      ];
    case 'Delete Message':
      return called('await queue.DeleteMessageAsync', messageArguments(operation));
    case 'Clear Messages':
      return ['await queue.ClearMessagesAsync();'];
    case 'Get Queue Service Properties':
      return [
        'var properties = (await service.GetPropertiesAsync()).Value;',
        'Console.WriteLine($"{properties.Logging?.Version} {properties.HourMetrics?.Enabled} {properties.MinuteMetrics?.Enabled} {properties.Cors?.Count}");',
      ];
    case 'Set Queue Service Properties': {
      const { logging, hourMetrics, minuteMetrics, cors } = operation.properties;
      return lines(
        'await service.SetPropertiesAsync(new QueueServiceProperties',
        '{',
        logging && `    Logging = ${loggingOf(logging)},`,
        hourMetrics && `    HourMetrics = ${metricsOf(hourMetrics)},`,
        minuteMetrics && `    MinuteMetrics = ${metricsOf(minuteMetrics)},`,
        cors && ['    Cors = new List<QueueCorsRule>', '    {', ...indented(cors.map(corsOf), '        '), '    },'],
        '});',
      );
    }
    case 'Get Queue Service Stats':
      return [
        'var replication = (await service.GetStatisticsAsync()).Value.GeoReplication;',
        'Console.WriteLine($"{replication.Status} {replication.LastSyncedOn}");',
      ];
  }
}

function policy({ id, startsAt, expiresAt, permissions }: AccessPolicy): string {
  const fields = [
    startsAt && `StartsOn = DateTimeOffset.Parse(${doubleQuoted(startsAt)})`,
    expiresAt && `ExpiresOn = DateTimeOffset.Parse(${doubleQuoted(expiresAt)})`,
    permissions && `Permissions = ${doubleQuoted(permissions)}`,
  ].filter(Boolean);
  const value = `new QueueAccessPolicy {${fields.length > 0 ? ` ${fields.join(', ')} ` : ''}}`;
  return `new QueueSignedIdentifier { Id = ${doubleQuoted(id)}, AccessPolicy = ${value} },`;
}

const retentionOf = ({ enabled, days }: RetentionPolicy) =>
  `new QueueRetentionPolicy { Enabled = ${enabled}${enabled && days !== undefined ? `, Days = ${days}` : ''} }`;

const loggingOf = ({ version, read, write, delete: deletes, retention }: LoggingSettings) =>
  `new QueueAnalyticsLogging { Version = ${doubleQuoted(version)}, Read = ${read}, Write = ${write}, Delete = ${deletes}, RetentionPolicy = ${retentionOf(retention)} }`;

const metricsOf = ({ version, enabled, includeApis = false, retention }: MetricsSettings) =>
  `new QueueMetrics { Version = ${doubleQuoted(version)}, Enabled = ${enabled}${enabled ? `, IncludeApis = ${includeApis}` : ''}, RetentionPolicy = ${retentionOf(retention)} }`;

const corsOf = (rule: CorsRule) =>
  `new QueueCorsRule { AllowedOrigins = ${listed(rule.allowedOrigins)}, AllowedMethods = ${listed(rule.allowedMethods)}, AllowedHeaders = ${listed(rule.allowedHeaders)}, ExposedHeaders = ${listed(rule.exposedHeaders)}, MaxAgeInSeconds = ${rule.maxAge} },`;

const listed = (values: readonly string[]) => doubleQuoted(values.join(','));

const METHODS = { GET: 'Get', PUT: 'Put', POST: 'Post', DELETE: 'Delete' } as const;

/** The request itself, by `HttpClient`. */
function request(operation: Operation, where: Where): string[] {
  const call = callOf(operation);
  const isToken = proofFor(operation.name, where) === 'token';
  const url = urlAt(where, call);
  const body = sentBody(operation);
  const isFile = body && isFromFile(body);
  const headers = headersOf(call).filter(([name]) => name !== 'Content-Type');
  const query = isToken
    ? ''
    : ` + "${url.includes('?') ? '&' : '?'}" + Environment.GetEnvironmentVariable("SAS_TOKEN")`;
  return lines(
    '// This SDK loses the CR of plain text, so the request goes out without it.',
    isFile && [
      `var text = await File.ReadAllTextAsync(${doubleQuoted(fileNameOf(body))});`,
      'var escaped = SecurityElement.Escape(text).Replace("\\r", "&#13;");',
      'var body = "<QueueMessage><MessageText>" + escaped + "</MessageText></QueueMessage>";',
    ],
    isToken &&
      'var token = await new DefaultAzureCredential().GetTokenAsync(new TokenRequestContext(new[] { "https://storage.azure.com/.default" }));',
    'using var http = new HttpClient();',
    'using var request = new HttpRequestMessage(',
    `    HttpMethod.${METHODS[call.method]},`,
    `    ${doubleQuoted(url)}${query});`,
    isToken && [
      'request.Headers.Add("Authorization", "Bearer " + token.Token);',
      'request.Headers.Add("x-ms-date", DateTime.UtcNow.ToString("R"));',
    ],
    headers.map(([name, value]) => `request.Headers.Add(${doubleQuoted(name)}, ${doubleQuoted(value)});`),
    `request.Content = new StringContent(${isFile ? 'body' : doubleQuoted(bodyOf(call) ?? '')}, Encoding.UTF8, "application/xml");`,
    '(await http.SendAsync(request)).EnsureSuccessStatusCode();',
  );
}
