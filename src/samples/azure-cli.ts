import type { AccessPolicy, CorsRule, LoggingSettings, Metadata, MetricsSettings } from '@/azure/protocol/model';
import { bashQuoted } from '@/azure/protocol/shell-text';
import { bodyOf } from '@/azure/wire/signed-request';
import { callOf, fileNameOf, headersOf, isFromFile, namedMessage, urlAt, wireTextOf } from './calls';
import { NOW, sasComments } from './curl';
import { type Language, lines, type Needs } from './language';
import { losesText, needsOf } from './needs';
import { type Given, messageOf, type Operation, type SampleBody, sentBody } from './operation';
import { proofFor, type Where } from './where';

/** The Azure CLI, for bash and zsh. Names of its parameters: learn.microsoft.com/cli/azure/storage/message and /queue */
export const azureCli: Language = {
  comment: '#',
  quoted: bashQuoted,
  needsOf: (operation, where) => needsOf(operation, where, isRequest(operation)),
  call: (operation, where) => (isRequest(operation) ? request(operation, where) : statements(operation, where)),
  program: (_: Needs, code) => [...code],
};

/**
 * The CLI writes a raw CR, which becomes LF where XML is read, and drops the last line end of a file. A value that begins with
 * an @ is the name of a file to it, whose content it would send: none is given to it but the names of our own.
 */
function isRequest(operation: Operation): boolean {
  const body = sentBody(operation);
  if (losesText(operation, /\r/) || (isFromFile(body) && losesText(operation, /\n$/))) return true;
  const { body: _, ...others } = { body, ...operation };
  return hasFileName(others);
}

/** True when a text in it, or the name of one, begins with an @. */
function hasFileName(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('@');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => name.startsWith('@') || hasFileName(one));
}

/** A parameter with its value in one word, so that a value that begins with a dash is no option. */
const option = (name: string, value: string | number) => `--${name}=${bashQuoted(String(value))}`;

/** A command over several lines, the credential in the last one. */
const az = (name: string, options: readonly (string | false | undefined)[], access: string): string[] => {
  const parts = [`az ${name}`, ...options.filter((one) => typeof one === 'string' && one !== ''), access];
  return parts.map((part, index) => (index === 0 ? '' : '  ') + part + (index < parts.length - 1 ? ' \\' : ''));
};

function accessOf(operation: Operation, where: Where): string {
  return proofFor(operation.name, where) === 'token'
    ? `--account-name ${bashQuoted(where.accountName)} --auth-mode login`
    : '--connection-string "$AZURE_STORAGE_CONNECTION_STRING"';
}

const given = (value: Given | undefined, otherwise: string) =>
  typeof value === 'object' ? value.code : bashQuoted(value || otherwise);

/** What a message holds, as the parameter: of one with an @, the CLI reads a file anyway. */
function contentOf(body: SampleBody): string {
  const file = bashQuoted(fileNameOf(body));
  if (body.kind === 'text' && typeof body.text === 'object') return `--content=${body.text.code}`;
  const text = wireTextOf(body);
  if (!isFromFile(body) && !text.startsWith('@')) return `--content=${bashQuoted(text)}`;
  const isBase64 = body.kind === 'file' || body.encoding === 'base64';
  return `--content=${isBase64 ? `"$(base64 < ${file} | tr -d '\\n')"` : `@${file}`}`;
}

const messageOptions = (operation: Operation): string[] => {
  const { id, receipt } = messageOf(operation) ?? {};
  const names = namedMessage({ id, receipt });
  return [`--id=${given(id, names.id)}`, `--pop-receipt=${given(receipt, names.receipt)}`];
};

const metadataWords = (metadata: Metadata): string => {
  const words = Object.entries(metadata).map(([name, value]) => bashQuoted(`${name}=${value}`));
  return words.length === 0 ? '' : `--metadata ${words.join(' ')}`;
};

function statements(operation: Operation, where: Where): string[] {
  const access = accessOf(operation, where);
  const queue = 'queue' in operation ? `--queue-name ${bashQuoted(operation.queue)}` : '';
  const name = 'queue' in operation ? `--name ${bashQuoted(operation.queue)}` : '';
  switch (operation.name) {
    case 'List Queues':
      return az(
        'storage queue list',
        [!!operation.prefix && option('prefix', operation.prefix), "--include-metadata --num-results '*'"],
        access,
      );
    case 'Create Queue':
      return az('storage queue create', [name, metadataWords(operation.metadata), '--fail-on-exist'], access);
    case 'Delete Queue':
      return az('storage queue delete', [name, '--fail-not-exist'], access);
    case 'Get Queue Metadata':
      return [
        '# The Azure CLI shows the metadata without the count; curl shows both.',
        ...az('storage queue metadata show', [name], access),
      ];
    case 'Set Queue Metadata':
      return az('storage queue metadata update', [name, metadataWords(operation.metadata)], access);
    case 'Get Queue ACL':
      return az('storage queue policy list', [queue], access);
    case 'Set Queue ACL':
      return policies(operation.policies, queue, access);
    case 'Put Message':
      return az(
        'storage message put',
        [
          queue,
          contentOf(operation.body),
          !!operation.visibilityDelay && `--visibility-timeout ${operation.visibilityDelay}`,
          operation.timeToLive !== undefined &&
            `--time-to-live ${operation.timeToLive === 'never' ? -1 : operation.timeToLive}`,
        ],
        access,
      );
    case 'Get Messages':
      return [
        ...decoded(operation.encoding),
        ...az(
          'storage message get',
          [queue, `--num-messages ${operation.count}`, `--visibility-timeout ${operation.visibilityTimeout}`],
          access,
        ),
      ];
    case 'Peek Messages':
      return [
        ...decoded(operation.encoding),
        ...az('storage message peek', [queue, `--num-messages ${operation.count}`], access),
      ];
    case 'Update Message':
      return az(
        'storage message update',
        [
          queue,
          ...messageOptions(operation),
          operation.body && contentOf(operation.body),
          `--visibility-timeout ${operation.visibilityTimeout}`,
        ],
        access,
      );
    case 'Delete Message':
      return az('storage message delete', [queue, ...messageOptions(operation)], access);
    case 'Clear Messages':
      return az('storage message clear', [queue], access);
    case 'Get Queue Service Properties':
      return ['logging show', 'metrics show', 'cors list'].flatMap((one) =>
        az(`storage ${one}`, ['--services q'], access),
      );
    case 'Set Queue Service Properties': {
      const { logging, hourMetrics, minuteMetrics, cors } = operation.properties;
      return lines(
        logging && loggingCommand(logging, access),
        hourMetrics && metricsCommand('hour', hourMetrics, access),
        minuteMetrics && metricsCommand('minute', minuteMetrics, access),
        cors && [az('storage cors clear', ['--services q'], access), ...cors.map((rule) => corsCommand(rule, access))],
      );
    }
    case 'Get Queue Service Stats':
      return az('storage queue stats', [], access);
  }
}

const decoded = (encoding: string | undefined) => (encoding === 'base64' ? ['# The content is in Base64.'] : []);

/** The CLI sets one policy at a time, so those that are there go first; a name with an @ would be a file to it. */
function policies(all: readonly AccessPolicy[], queue: string, access: string): string[] {
  return [
    `az storage queue policy list ${queue} --query 'keys(@)' --output tsv ${access} |`,
    "  grep -v '^@' | while IFS= read -r NAME; do",
    `  az storage queue policy delete ${queue} --name="$NAME" ${access} < /dev/null`,
    'done',
    ...all.flatMap(({ id, startsAt, expiresAt, permissions }) =>
      az(
        'storage queue policy create',
        [
          queue,
          option('name', id),
          !!startsAt && `--start ${bashQuoted(toSeconds(startsAt))}`,
          !!expiresAt && `--expiry ${bashQuoted(toSeconds(expiresAt))}`,
          !!permissions && `--permissions ${bashQuoted(permissions)}`,
        ],
        access,
      ),
    ),
  ];
}

/** A time without its fraction, which the CLI does not read. */
const toSeconds = (time: string) => time.replace(/\.\d+(?=Z$)/, '');

const days = (retention: { enabled: boolean; days?: number }) => (retention.enabled ? (retention.days ?? 7) : 0);

function loggingCommand({ version, read, write, delete: deletes, retention }: LoggingSettings, access: string) {
  const log = (read ? 'r' : '') + (write ? 'w' : '') + (deletes ? 'd' : '');
  if (log === '') return az('storage logging off', ['--services q'], access);
  return az(
    'storage logging update',
    ['--services q', `--log ${log}`, `--retention ${days(retention)}`, option('version', version)],
    access,
  );
}

const metricsCommand = (
  interval: 'hour' | 'minute',
  { enabled, includeApis = false, retention }: MetricsSettings,
  access: string,
) =>
  az(
    'storage metrics update',
    ['--services q', `--${interval} ${enabled}`, enabled && `--api ${includeApis}`, `--retention ${days(retention)}`],
    access,
  );

const words = (name: string, values: readonly string[]) =>
  values.length > 0 && `--${name} ${values.map(bashQuoted).join(' ')}`;

const corsCommand = (rule: CorsRule, access: string) =>
  az(
    'storage cors add',
    [
      '--services q',
      words('origins', rule.allowedOrigins),
      words('methods', rule.allowedMethods),
      words('allowed-headers', rule.allowedHeaders),
      words('exposed-headers', rule.exposedHeaders),
      `--max-age ${rule.maxAge}`,
    ],
    access,
  );

/** Each character that is not plain as a reference of XML: then it is the same in every encoding that a shell may have. */
const plainXml = (xml: string) =>
  xml.replace(/[^\n\x20-\x7e]/gu, (char) => `&#${char.codePointAt(0)};`).replaceAll('=@', '=&#64;');

/** JSON without an @, which the CLI would take for the name of a file. */
const plainJson = (value: unknown) => JSON.stringify(value).replaceAll('@', String.raw`\u0040`);

/** The request itself, by `az rest`. */
function request(operation: Operation, where: Where): string[] {
  const proof = proofFor(operation.name, where);
  if (proof === 'key')
    return ['# A value here begins with an at sign, which the Azure CLI takes for the name of a file. curl can do it.'];
  const call = callOf(operation);
  const isToken = proof === 'token';
  const url = urlAt(where, call);
  const body = sentBody(operation);
  const xml = isFromFile(body) ? '@message.xml' : bashQuoted(plainXml(bodyOf(call) ?? ''));
  const headers = plainJson(Object.fromEntries(headersOf(call)));
  return lines(
    '# az storage would send something else than this text, so az rest sends the request.',
    !isToken && sasComments(operation.name),
    isFromFile(body) && '# message.xml: the request body as the request shows it',
    az(
      'rest',
      [
        `--method ${call.method.toLowerCase()}`,
        `--url ${bashQuoted(url)}${isToken ? '' : `"${url.includes('?') ? '&' : '?'}$SAS_TOKEN"`}`,
        `--headers ${bashQuoted(headers)}${isToken ? ` "x-ms-date=${NOW}"` : ''}`,
        call.body !== undefined && `--body ${xml}`,
      ],
      isToken ? '--resource https://storage.azure.com' : '--skip-authorization-header',
    ),
  );
}
