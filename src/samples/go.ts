import type {
  AccessPolicy,
  CorsRule,
  LoggingSettings,
  Metadata,
  MetricsSettings,
  RetentionPolicy,
} from '@/azure/protocol/model';
import { callOf, fileNameOf, headersOf, isFromFile, namedMessage, urlAt } from './calls';
import { indented, type Language, lines, type Needs, withoutStrings } from './language';
import { goQuoted } from './literals';
import { needsOf } from './needs';
import { type Given, messageOf, type Operation, type SampleBody } from './operation';
import { proofFor, secondaryOf, type Where } from './where';

/** Go with `azqueue`, whose XML keeps each character. */
export const go: Language = {
  comment: '//',
  quoted: goQuoted,
  needsOf: (operation, where) => needsOf(operation, where, isRequest(operation)),
  call: (operation, where) => (isRequest(operation) ? request(operation, where) : statements(operation)),
  program,
};

/** This SDK always sends a text with an update: without one, it would empty the message. */
const isRequest = (operation: Operation) => operation.name === 'Update Message' && operation.body === undefined;

/** Packages by the name that code has for them, those of the language first; one that is not used is an error. */
const PACKAGES = [
  ['context', 'context'],
  ['base64', 'encoding/base64'],
  ['fmt', 'fmt'],
  ['io', 'io'],
  ['http', 'net/http'],
  ['os', 'os'],
  ['time', 'time'],
] as const;
const MODULES = [
  ['policy', 'github.com/Azure/azure-sdk-for-go/sdk/azcore/policy'],
  ['to', 'github.com/Azure/azure-sdk-for-go/sdk/azcore/to'],
  ['azidentity', 'github.com/Azure/azure-sdk-for-go/sdk/azidentity'],
  ['azqueue', 'github.com/Azure/azure-sdk-for-go/sdk/storage/azqueue/v2'],
] as const;

function program(needs: Needs, code: readonly string[]): string[] {
  const body = indented(['ctx := context.Background()', ...client(needs), ...code], '\t');
  const used = withoutStrings(body);
  const uses = ([name]: readonly [string, string]) => new RegExp(String.raw`(?<![\w.])${name}\.`).test(used);
  const [packages, modules] = [PACKAGES, MODULES].map((all) => all.filter(uses).map(([, path]) => `\t"${path}"`));
  return lines(
    'package main',
    '',
    'import (',
    packages,
    modules && modules.length > 0 && ['', ...modules],
    ')',
    '',
    'func main() {',
    body,
    '}',
    '',
    'func check(err error) {',
    '\tif err != nil {',
    '\t\tpanic(err)',
    '\t}',
    '}',
  );
}

function client({ where, client: kind, queue, proof }: Needs): string[] {
  const type = kind === 'service' ? 'Service' : 'Queue';
  const credential = ['credential, err := azidentity.NewDefaultAzureCredential(nil)', 'check(err)'];
  if (kind === 'request') return proof === 'token' ? credential : [];
  if (proof === 'token') {
    const url = kind === 'service' ? where.endpoint : `${where.endpoint}/${queue}`;
    return [...credential, `${kind}, err := azqueue.New${type}Client(${goQuoted(url)}, credential, nil)`, 'check(err)'];
  }
  if (proof === 'secondary') {
    return [
      `credential, err := azqueue.NewSharedKeyCredential(${goQuoted(where.accountName)}, os.Getenv("AZURE_STORAGE_KEY"))`,
      'check(err)',
      `service, err := azqueue.NewServiceClientWithSharedKeyCredential(${goQuoted(secondaryOf(where))}, credential, nil)`,
      'check(err)',
    ];
  }
  const name = kind === 'queue' ? `${goQuoted(queue)}, ` : '';
  return [
    `${kind}, err := azqueue.New${type}ClientFromConnectionString(os.Getenv("AZURE_STORAGE_CONNECTION_STRING"), ${name}nil)`,
    'check(err)',
  ];
}

const given = (value: Given | undefined, otherwise: string) =>
  typeof value === 'object' ? value.code : goQuoted(value || otherwise);

/** What reads the file of a body, if there is one, and the expression of the text as it is on the wire. */
function contentOf(body: SampleBody): { before: string[]; text: string } {
  const isFile = isFromFile(body);
  const before = isFile ? [`content, err := os.ReadFile(${goQuoted(fileNameOf(body))})`, 'check(err)'] : [];
  const isBase64 = body.kind === 'file' || body.encoding === 'base64';
  if (isFile) return { before, text: isBase64 ? 'base64.StdEncoding.EncodeToString(content)' : 'string(content)' };
  const text = given(body.kind === 'text' ? body.text : '', '');
  return { before, text: isBase64 ? `base64.StdEncoding.EncodeToString([]byte(${text}))` : text };
}

const metadataMap = (metadata: Metadata): string =>
  `map[string]*string{${Object.entries(metadata)
    .map(([name, value]) => `${goQuoted(name)}: to.Ptr(${goQuoted(value)})`)
    .join(', ')}}`;

/** The message of a call: id and receipt, one beside the other. */
function messageArguments(operation: Operation): string {
  const { id, receipt } = messageOf(operation) ?? {};
  const names = namedMessage({ id, receipt });
  return `${given(id, names.id)}, ${given(receipt, names.receipt)}`;
}

const int32 = (value: number) => `to.Ptr(int32(${value}))`;

/** What prints the messages of a response. */
const printed = (encoding: string | undefined, fields: string) =>
  encoding === 'base64'
    ? [
        'for _, message := range response.Messages {',
        '\ttext, err := base64.StdEncoding.DecodeString(*message.MessageText)',
        '\tcheck(err)',
        `\tfmt.Println(${fields}, string(text))`,
        '}',
      ]
    : ['for _, message := range response.Messages {', `\tfmt.Println(${fields}, *message.MessageText)`, '}'];

function statements(operation: Operation): string[] {
  switch (operation.name) {
    case 'List Queues':
      return lines(
        'pager := service.NewListQueuesPager(&azqueue.ListQueuesOptions{',
        '\tInclude: azqueue.ListQueuesInclude{Metadata: true},',
        !!operation.prefix && `\tPrefix:  to.Ptr(${goQuoted(operation.prefix)}),`,
        '})',
        'for pager.More() {',
        '\tpage, err := pager.NextPage(ctx)',
        '\tcheck(err)',
        '\tfor _, item := range page.Queues {',
        '\t\tfmt.Println(*item.Name, len(item.Metadata))',
        '\t}',
        '}',
      );
    case 'Create Queue':
      return [
        Object.keys(operation.metadata).length === 0
          ? '_, err = queue.Create(ctx, nil)'
          : `_, err = queue.Create(ctx, &azqueue.CreateOptions{Metadata: ${metadataMap(operation.metadata)}})`,
        'check(err)',
      ];
    case 'Delete Queue':
      return ['_, err = queue.Delete(ctx, nil)', 'check(err)'];
    case 'Get Queue Metadata':
      return [
        'properties, err := queue.GetProperties(ctx, nil)',
        'check(err)',
        'fmt.Println(*properties.ApproximateMessagesCount)',
        'for name, value := range properties.Metadata {',
        '\tfmt.Println(name, *value)',
        '}',
      ];
    case 'Set Queue Metadata':
      return [
        `_, err = queue.SetMetadata(ctx, &azqueue.SetMetadataOptions{Metadata: ${metadataMap(operation.metadata)}})`,
        'check(err)',
      ];
    case 'Get Queue ACL':
      return [
        'response, err := queue.GetAccessPolicy(ctx, nil)',
        'check(err)',
        'for _, identifier := range response.SignedIdentifiers {',
        '\tfmt.Println(*identifier.ID)',
        '}',
      ];
    case 'Set Queue ACL':
      return policies(operation.policies);
    case 'Put Message': {
      const { before, text } = contentOf(operation.body);
      const { timeToLive, visibilityDelay } = operation;
      const options = [
        timeToLive !== undefined && `TimeToLive: ${int32(timeToLive === 'never' ? -1 : timeToLive)}`,
        !!visibilityDelay && `VisibilityTimeout: ${int32(visibilityDelay)}`,
      ].filter(Boolean);
      return [
        ...before,
        `_, err = queue.EnqueueMessage(ctx, ${text}, ${options.length > 0 ? `&azqueue.EnqueueMessageOptions{${options.join(', ')}}` : 'nil'})`,
        'check(err)',
      ];
    }
    case 'Get Messages':
      return [
        'response, err := queue.DequeueMessages(ctx, &azqueue.DequeueMessagesOptions{',
        `\tNumberOfMessages:  ${int32(operation.count)},`,
        `\tVisibilityTimeout: ${int32(operation.visibilityTimeout)},`,
        '})',
        'check(err)',
        ...printed(operation.encoding, '*message.MessageID, *message.PopReceipt, *message.DequeueCount'),
      ];
    case 'Peek Messages':
      return [
        `response, err := queue.PeekMessages(ctx, &azqueue.PeekMessagesOptions{NumberOfMessages: ${int32(operation.count)}})`,
        'check(err)',
        ...printed(operation.encoding, '*message.MessageID, *message.DequeueCount'),
      ];
    case 'Update Message': {
      const { before, text } = contentOf(operation.body ?? { kind: 'text', text: '', encoding: 'text' });
      return [
        ...before,
        `response, err := queue.UpdateMessage(ctx, ${messageArguments(operation)}, ${text}, &azqueue.UpdateMessageOptions{VisibilityTimeout: ${int32(operation.visibilityTimeout)}})`,
        'check(err)',
        'fmt.Println(*response.PopReceipt)',
      ];
    }
    case 'Delete Message':
      return [`_, err = queue.DeleteMessage(ctx, ${messageArguments(operation)}, nil)`, 'check(err)'];
    case 'Clear Messages':
      return ['_, err = queue.ClearMessages(ctx, nil)', 'check(err)'];
    case 'Get Queue Service Properties':
      return [
        'properties, err := service.GetServiceProperties(ctx, nil)',
        'check(err)',
        'fmt.Printf("%+v\\n", properties.StorageServiceProperties)',
      ];
    case 'Set Queue Service Properties': {
      const { logging, hourMetrics, minuteMetrics, cors } = operation.properties;
      return lines(
        '_, err = service.SetProperties(ctx, &azqueue.SetPropertiesOptions{',
        logging && `\tLogging: ${loggingOf(logging)},`,
        hourMetrics && `\tHourMetrics: ${metricsOf(hourMetrics)},`,
        minuteMetrics && `\tMinuteMetrics: ${metricsOf(minuteMetrics)},`,
        cors && ['\tCORS: []*azqueue.CORSRule{', ...indented(cors.map(corsOf), '\t\t'), '\t},'],
        '})',
        'check(err)',
      );
    }
    case 'Get Queue Service Stats':
      return [
        'statistics, err := service.GetStatistics(ctx, nil)',
        'check(err)',
        'fmt.Println(*statistics.GeoReplication.Status, statistics.GeoReplication.LastSyncTime)',
      ];
  }
}

function policies(all: readonly AccessPolicy[]): string[] {
  const times = [...new Set(all.flatMap(({ startsAt, expiresAt }) => [startsAt, expiresAt]))].filter(
    (time) => time !== undefined && time !== '',
  );
  const nameOf = (time: string | undefined) => `time${times.indexOf(time) + 1}`;
  const value = ({ startsAt, expiresAt, permissions }: AccessPolicy) =>
    [
      startsAt && `Start: &${nameOf(startsAt)}`,
      expiresAt && `Expiry: &${nameOf(expiresAt)}`,
      permissions && `Permission: to.Ptr(${goQuoted(permissions)})`,
    ]
      .filter(Boolean)
      .join(', ');
  return lines(
    times.map((time) => [`${nameOf(time)}, err := time.Parse(time.RFC3339, ${goQuoted(time ?? '')})`, 'check(err)']),
    '_, err = queue.SetAccessPolicy(ctx, &azqueue.SetAccessPolicyOptions{QueueACL: []*azqueue.SignedIdentifier{',
    all.map((one) => `\t{ID: to.Ptr(${goQuoted(one.id)}), AccessPolicy: &azqueue.AccessPolicy{${value(one)}}},`),
    '}})',
    'check(err)',
  );
}

const truth = (value: boolean) => `to.Ptr(${value})`;
const text = (value: string) => `to.Ptr(${goQuoted(value)})`;

const retentionOf = ({ enabled, days }: RetentionPolicy) =>
  `&azqueue.RetentionPolicy{Enabled: ${truth(enabled)}${enabled && days !== undefined ? `, Days: ${int32(days)}` : ''}}`;

const loggingOf = ({ version, read, write, delete: deletes, retention }: LoggingSettings) =>
  `&azqueue.Logging{Version: ${text(version)}, Read: ${truth(read)}, Write: ${truth(write)}, Delete: ${truth(deletes)}, RetentionPolicy: ${retentionOf(retention)}}`;

const metricsOf = ({ version, enabled, includeApis = false, retention }: MetricsSettings) =>
  `&azqueue.Metrics{Version: ${text(version)}, Enabled: ${truth(enabled)}${enabled ? `, IncludeAPIs: ${truth(includeApis)}` : ''}, RetentionPolicy: ${retentionOf(retention)}}`;

const corsOf = (rule: CorsRule) =>
  `{AllowedOrigins: ${listed(rule.allowedOrigins)}, AllowedMethods: ${listed(rule.allowedMethods)}, AllowedHeaders: ${listed(rule.allowedHeaders)}, ExposedHeaders: ${listed(rule.exposedHeaders)}, MaxAgeInSeconds: ${int32(rule.maxAge)}},`;

const listed = (values: readonly string[]) => text(values.join(','));

/** The request itself, by `net/http`. */
function request(operation: Operation, where: Where): string[] {
  const call = callOf(operation);
  const isToken = proofFor(operation.name, where) === 'token';
  const url = urlAt(where, call);
  const query = isToken ? '' : `+"${url.includes('?') ? '&' : '?'}"+os.Getenv("SAS_TOKEN")`;
  return lines(
    '// This SDK would empty the text of a message that is only hidden for longer, so the request goes out without it.',
    isToken && [
      'token, err := credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"https://storage.azure.com/.default"}})',
      'check(err)',
    ],
    `request, err := http.NewRequestWithContext(ctx, "${call.method}", ${goQuoted(url)}${query}, nil)`,
    'check(err)',
    isToken && [
      'request.Header.Set("Authorization", "Bearer "+token.Token)',
      'request.Header.Set("x-ms-date", time.Now().UTC().Format(http.TimeFormat))',
    ],
    headersOf(call).map(([name, value]) => `request.Header.Set(${goQuoted(name)}, ${goQuoted(value)})`),
    'response, err := http.DefaultClient.Do(request)',
    'check(err)',
    'fmt.Println(response.Status, response.Header.Get("x-ms-popreceipt"))',
  );
}
