import { permissionsFor } from '@/azure/protocol/operation-table';
import { bashQuoted } from '@/azure/protocol/shell-text';
import { bodyOf, type Call, queryOf } from '@/azure/wire/signed-request';
import { callOf, headersOf, isFromFile, urlAt } from './calls';
import { type Language, lines } from './language';
import { needsOf } from './needs';
import { type Operation, PLACEHOLDERS, sentBody } from './operation';
import { proofFor, type Where } from './where';

// Comments of shell samples hold nothing that a shell reads: zsh takes no comments at its prompt unless it is told to.

/** curl for bash and zsh. */
export const curl: Language = {
  comment: '#',
  quoted: bashQuoted,
  needsOf,
  call,
  // The token is fetched; the SAS and the key come from the environment, and a comment says so.
  program: ({ proof }, statements) => lines(proof === 'token' && TOKEN_LINE, statements),
};

/** The answers that have a body to be shown; of the others, status and headers are the answer. */
const WITH_BODY: ReadonlySet<Operation['name']> = new Set([
  'List Queues',
  'Get Queue ACL',
  'Put Message',
  'Get Messages',
  'Peek Messages',
  'Get Queue Service Properties',
  'Get Queue Service Stats',
]);

/** Fetches a token by the Azure CLI, which is signed in. */
export const TOKEN_LINE =
  'ACCESS_TOKEN=$(az account get-access-token --resource https://storage.azure.com --query accessToken -o tsv)';

/** The time of a request, which the service refuses after fifteen minutes. */
export const NOW = "$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')";

const DATE_HEADER = `-H "x-ms-date: ${NOW}"`;

/** Where a SAS comes from, and what it must allow. */
export function sasComments(name: Operation['name']): string[] {
  const { accountSas, queueSas } = permissionsFor(name);
  const account =
    accountSas && `an account SAS with permission ${accountSas.permissions[0]} on type ${accountSas.type}`;
  const queue = queueSas && `a queue SAS with permission ${queueSas}`;
  return [
    `# SAS_TOKEN: ${[queue, account].filter(Boolean).join(', or ')},`,
    '# without the question mark. The action Create a shared access signature makes one.',
  ];
}

function call(operation: Operation, where: Where): string[] {
  const request = callOf(operation);
  const proof = proofFor(operation.name, where);
  const fits = !isFromFile(sentBody(operation));
  const body = request.body === undefined ? undefined : fits ? bashQuoted(bodyOf(request) ?? '') : '@message.xml';
  const comments = lines(
    proof === 'sas' && sasComments(operation.name),
    !fits && '# message.xml: the request body as the request shows it',
    operation.name === 'List Queues' && '# An answer with a NextMarker has more: add it to the address as marker.',
    operation.name === 'Clear Messages' && '# A large queue takes several: again until the status is 204.',
  );
  if (proof === 'key') return [...comments, ...signed(request, where, body)];
  return [
    ...comments,
    ...command(request, urlAt(where, request), {
      sas: proof === 'sas',
      shows: WITH_BODY.has(operation.name),
      more: proof === 'token' ? ['-H "Authorization: Bearer $ACCESS_TOKEN"', DATE_HEADER] : [],
      body,
    }),
  ];
}

type CommandOptions = { sas?: boolean; shows?: boolean; more: readonly string[]; body?: string | undefined };

/** One command over several lines. */
function command(request: Call, url: string, { sas, shows, more, body }: CommandOptions): string[] {
  const address = bashQuoted(readable(url)) + (sas ? `"${url.includes('?') ? '&' : '?'}$SAS_TOKEN"` : '');
  const parts = [
    `curl ${flagsFor(url)}${shows ? '' : '-i '}-X ${request.method} ${address}`,
    ...more,
    ...headersOf(request).map(([name, value]) => `-H ${bashQuoted(`${name}: ${value}`)}`),
    ...(body === undefined ? noBody(request) : [`--data-binary ${body}`]),
  ];
  return parts.map((part, index) => (index === 0 ? '' : '  ') + part + (index < parts.length - 1 ? ' \\' : ''));
}

/** The address with its placeholders as they are written elsewhere. */
const readable = (url: string) =>
  Object.values(PLACEHOLDERS).reduce((all, one) => all.replace(encodeURIComponent(one), one), url);

/** Options for what curl would read in an address: ranges and sets, and steps up in a path. */
export const flagsFor = (url: string): string =>
  (/[[\]{}]/.test(url) ? '--globoff ' : '') + (/\/\.{1,2}(?=[/?]|$)/.test(url) ? '--path-as-is ' : '');

/** The service wants the length of a PUT, and curl sends none without a body. */
const noBody = ({ method }: Call) => (method === 'PUT' || method === 'POST' ? ["-H 'Content-Length: 0'"] : []);

/**
 * A request that no SAS and no role allows, signed with the account key by openssl. Source of the text that is signed:
 * learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
 */
function signed(request: Call, where: Where, body: string | undefined): string[] {
  const url = urlAt(where, request);
  const path = url.replace(/^https?:\/\/[^/?]+/, '').replace(/\?.*$/s, '');
  const headers = headersOf(request).filter(([name]) => name !== 'Content-Type');
  const canonical = [...headers.map(([name, value]) => literally(`${name}:${value}`)), 'x-ms-date:%s'].toSorted();
  const query = queryOf(request)
    .map(([name, value]) => literally(`${name}:${decodeURIComponent(value)}`))
    .toSorted();
  const type = body === undefined ? '' : 'application/xml';
  const length = body === undefined ? '' : '%s';
  const text = [request.method, '', '', length, '', type, '', '', '', '', '', '', ...canonical];
  const format = [...text, literally(`/${where.accountName}${path}`), ...query].join(String.raw`\n`);
  return [
    '# No SAS and no role allows this. ACCOUNT_KEY: a key of the account',
    ...(body === undefined ? [] : [`BODY=${body}`]),
    `DATE=${NOW}`,
    'KEY=$(printf %s "$ACCOUNT_KEY" | openssl base64 -d -A | od -An -v -tx1 | tr -d " \\n")',
    `SIGNATURE=$(printf ${bashQuoted(format)}${body === undefined ? '' : ' "$(printf %s "$BODY" | wc -c | tr -d " ")"'} "$DATE" |`,
    '  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)',
    ...command(request, url, {
      shows: body === undefined,
      more: [`-H ${bashQuoted(`Authorization: SharedKey ${where.accountName}:`)}"$SIGNATURE"`, '-H "x-ms-date: $DATE"'],
      ...(body !== undefined && { body: '"$BODY"' }),
    }),
  ];
}

/** A text that `printf` prints as it is. */
const literally = (text: string) => text.replaceAll('\\', String.raw`\\`).replaceAll('%', '%%');
