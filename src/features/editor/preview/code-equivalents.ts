import { encodeBase64, isJson, isXml } from '@/azure/bodies/decode-body';
import { putMessageCall } from '@/azure/operations/messages';
import { bashQuoted } from '@/azure/protocol/shell-text';
import { bodyOf, SERVICE_VERSION, urlOf } from '@/azure/wire/signed-request';
import type { Encoding, FormBody } from '../form/message-form';

/** Everything that a program needs to add the same message, but no credential. */
export type Sending = {
  endpoint: string;
  accountName: string;
  queue: string;
  body: FormBody;
  encoding: Encoding;
  /** Seconds. */
  timeToLive: number | 'never';
  /** Seconds; 0 is left out. */
  visibilityDelay: number;
};

/** Characters of a body that a program still shows; a longer one comes from a file. */
const MAX_INLINE = 240;

export const CODE_EQUIVALENTS = [
  { value: 'curl', label: 'curl', write: curl },
  { value: 'python', label: 'Python', write: python },
  { value: 'javascript', label: 'JavaScript', write: javascript },
  { value: 'csharp', label: 'C#', write: csharp },
  { value: 'cli', label: 'Azure CLI', write: azureCli },
] as const;
export type CodeLanguage = (typeof CODE_EQUIVALENTS)[number]['value'];

function curl(sending: Sending): string {
  const { endpoint, queue, body, visibilityDelay, timeToLive } = sending;
  const text = body.kind === 'file' ? '' : sending.encoding === 'base64' ? encodeBase64(body.text) : body.text;
  const draft = { text, timeToLive, ...(visibilityDelay > 0 && { visibilityDelay }) };
  const call = putMessageCall(queue, draft);
  const url = urlOf(endpoint, call);
  const fits = isInline(body);
  const isAzure = isOnAzure(endpoint);
  return lines(
    isAzure
      ? '# ACCESS_TOKEN=$(az account get-access-token --resource https://storage.azure.com --query accessToken -o tsv)'
      : '# SAS_TOKEN: a shared access signature that allows to add messages',
    !fits && '# message.xml: the request body as shown above',
    `curl ${/[[\]{}]/.test(url) ? '--globoff ' : ''}-X POST ${bashQuoted(url)}${isAzure ? '' : '"&$SAS_TOKEN"'} \\`,
    isAzure && '  -H "Authorization: Bearer $ACCESS_TOKEN" \\',
    isAzure && `  -H "x-ms-date: $(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')" \\`,
    `  -H 'x-ms-version: ${SERVICE_VERSION}' \\`,
    "  -H 'Content-Type: application/xml' \\",
    `  --data-binary ${fits ? bashQuoted(bodyOf(call) ?? '') : '@message.xml'}`,
  );
}

function python({ endpoint, queue, body, encoding, timeToLive, visibilityDelay }: Sending): string {
  const policy = body.kind === 'file' ? 'BinaryBase64EncodePolicy' : encoding === 'base64' && 'TextBase64EncodePolicy';
  const isAzure = isOnAzure(endpoint);
  const file = doubleQuoted(fileName(body));
  return lines(
    !isAzure && 'import os',
    !isInline(body) && 'from pathlib import Path',
    isAzure && 'from azure.identity import DefaultAzureCredential',
    policy
      ? `from azure.storage.queue import (\n    QueueClient, ${policy})`
      : 'from azure.storage.queue import QueueClient',
    '',
    isAzure ? 'queue = QueueClient(' : 'queue = QueueClient.from_connection_string(',
    isAzure ? `    ${doubleQuoted(endpoint)},` : '    os.environ["AZURE_STORAGE_CONNECTION_STRING"],',
    `    queue_name=${doubleQuoted(queue)},`,
    isAzure && '    credential=DefaultAzureCredential(),',
    policy && `    message_encode_policy=${policy}(),`,
    ')',
    'queue.send_message(',
    body.kind === 'file'
      ? `    Path(${file}).read_bytes(),`
      : isInline(body)
        ? `    ${doubleQuoted(body.text)},`
        : `    Path(${file}).read_bytes().decode(),`,
    visibilityDelay > 0 && `    visibility_timeout=${visibilityDelay},`,
    `    time_to_live=${timeToLive === 'never' ? -1 : timeToLive},`,
    ')',
  );
}

function javascript({ endpoint, queue, body, encoding, timeToLive, visibilityDelay }: Sending): string {
  const isAzure = isOnAzure(endpoint);
  const file = doubleQuoted(fileName(body));
  const text = isInline(body) ? doubleQuoted(body.text) : `await readFile(${file}, "utf8")`;
  return lines(
    !isInline(body) && 'import { readFile } from "node:fs/promises";',
    isAzure && 'import { DefaultAzureCredential } from "@azure/identity";',
    'import { QueueClient } from "@azure/storage-queue";',
    '',
    'const queue = new QueueClient(',
    isAzure ? `  ${doubleQuoted(`${endpoint}/${queue}`)},` : '  process.env.AZURE_STORAGE_CONNECTION_STRING,',
    isAzure ? '  new DefaultAzureCredential(),' : `  ${doubleQuoted(queue)},`,
    ');',
    body.kind === 'text' &&
      encoding === 'text' &&
      body.text.includes('\n') &&
      '// This SDK leaves line breaks out of plain text; Base64 keeps them.',
    body.kind === 'file'
      ? `const text = await readFile(${file}, "base64");`
      : encoding === 'base64'
        ? `const text = Buffer.from(${text}).toString("base64");`
        : `const text = ${text};`,
    'await queue.sendMessage(text, {',
    visibilityDelay > 0 && `  visibilityTimeout: ${visibilityDelay},`,
    `  messageTimeToLive: ${timeToLive === 'never' ? -1 : timeToLive},`,
    '});',
  );
}

function csharp({ endpoint, queue, body, encoding, timeToLive, visibilityDelay }: Sending): string {
  const isAzure = isOnAzure(endpoint);
  const file = doubleQuoted(fileName(body));
  const options =
    body.kind === 'file' || encoding === 'base64'
      ? 'new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }'
      : undefined;
  const credential = isAzure ? 'new DefaultAzureCredential()' : doubleQuoted(queue);
  return lines(
    isAzure && 'using Azure.Identity;',
    'using Azure.Storage.Queues;',
    '',
    'var queue = new QueueClient(',
    isAzure
      ? `    new Uri(${doubleQuoted(`${endpoint}/${queue}`)}),`
      : '    Environment.GetEnvironmentVariable("AZURE_STORAGE_CONNECTION_STRING"),',
    options ? `    ${credential},` : `    ${credential});`,
    options && `    ${options});`,
    'await queue.SendMessageAsync(',
    body.kind === 'file'
      ? `    BinaryData.FromBytes(await File.ReadAllBytesAsync(${file})),`
      : isInline(body)
        ? `    ${doubleQuoted(body.text)},`
        : `    await File.ReadAllTextAsync(${file}),`,
    visibilityDelay > 0 && `    visibilityTimeout: TimeSpan.FromSeconds(${visibilityDelay}),`,
    `    timeToLive: TimeSpan.FromSeconds(${timeToLive === 'never' ? -1 : timeToLive}));`,
  );
}

function azureCli({ endpoint, accountName, queue, body, encoding, timeToLive, visibilityDelay }: Sending): string {
  const isBase64 = body.kind === 'file' || encoding === 'base64';
  const file = bashQuoted(fileName(body));
  const content = contentOf(body, isBase64);
  return lines(
    'az storage message put \\',
    `  --queue-name ${bashQuoted(queue)} \\`,
    // With `=`, so that a text that begins with a dash is no option.
    `  --content=${content === undefined ? (isBase64 ? `"$(base64 < ${file} | tr -d '\\n')"` : `@${file}`) : bashQuoted(content)} \\`,
    visibilityDelay > 0 && `  --visibility-timeout ${visibilityDelay} \\`,
    `  --time-to-live ${timeToLive === 'never' ? -1 : timeToLive} \\`,
    isOnAzure(endpoint)
      ? `  --account-name ${bashQuoted(accountName)} --auth-mode login`
      : '  --connection-string "$AZURE_STORAGE_CONNECTION_STRING"',
  );
}

/** The content to write into the command; undefined for one to be read from a file: of one with an @, az reads a file anyway. */
function contentOf(body: FormBody, isBase64: boolean): string | undefined {
  if (!isInline(body)) return undefined;
  const content = isBase64 ? encodeBase64(body.text) : body.text;
  return content.startsWith('@') ? undefined : content;
}

/** False for emulators and custom hosts, which take no Entra ID token. */
const isOnAzure = (endpoint: string) => /^https:\/\/[^/]+\.queue\.[^/]+$/.test(endpoint);

const isInline = (body: FormBody): body is Extract<FormBody, { kind: 'text' }> =>
  body.kind === 'text' && body.text.length <= MAX_INLINE;

/** The name of the file that a program reads the body from. */
function fileName(body: FormBody): string {
  if (body.kind === 'file') return body.name;
  return `message.${isJson(body.text) ? 'json' : isXml(body.text) ? 'xml' : 'txt'}`;
}

const lines = (...all: (string | false | undefined)[]) => all.filter((line) => typeof line === 'string').join('\n');

/** Characters that some language forbids raw in a string, or that are invisible. */
const INVISIBLE = /[\u007f-\u00a0\u00ad\u0600-\u0605\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]/g;

/** Quotes a text so that JavaScript, Python and C# all read it the same way. */
export const doubleQuoted = (text: string) =>
  JSON.stringify(text).replace(INVISIBLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
