import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { parseTokenInput, tokenAt } from './access-token-input';
import { fromConnectionString, maskedSignature } from './connection-string-fields';
import { valueOfSecret, withoutBase64, withoutPercents } from './decode-disguises';
import { emulatorAccountsIn, publishedBeside } from './emulator-accounts';
import { connectionStringsIn } from './find-connection-strings';
import { type CredentialCandidates, findCredentialCandidates } from './find-credentials';
import { maskEverySecret } from './find-secrets';
import { frameworkConnectionsIn } from './framework-addresses';
import { usesIdentity, withIdentity } from './identity-settings';
import { type ConnectionField, inputError, inputWarning, KEY_AND_SAS } from './input-problem';
import { joinSignatures } from './mend-secrets';
import { LONGEST_TEXT, normaliseWhitespace, straightenQuotes, trimCharacters } from './normalise-whitespace';
import { foreignMessage, isCosmosAddress } from './other-services';
import {
  type Choice,
  type ConnectionInput,
  fromKey,
  fromSas,
  type ParsedConnection,
  parsedBase,
} from './parsed-connection';
import { TEMPLATE_TEXT, unfilledText } from './placeholders';
import { type TextPart, textParts } from './split-settings';

/** Connections to choose from. */
const MOST_CHOICES = 50;

/**
 * Recognises a pasted text: a connection string (any order, case, quotes and line breaks), a SAS URL or token, an
 * account name with or without its key, an endpoint; or a text that contains one of these, such as a settings file, JSON,
 * the output of `az` or a line of source code. `now` in epoch ms, to see whether a signature has expired. Takes linear
 * time, and puts secrets into the fields `key` and `token` only.
 */
export function parseConnectionInput(text: string, now = Date.now()): ConnectionInput {
  return maskSecretsIn(parse(text, now));
}

function parse(text: string, now: number): ConnectionInput {
  if (text.length > LONGEST_TEXT) {
    return unknown('This is more than a million characters long. Paste only the part that has the connection.');
  }
  const whole = trimCharacters(normaliseWhitespace(straightenQuotes(text)), '"\'` ,');
  if (whole === '') return { kind: 'nothing', problems: [] };
  const alone = TOKEN_ALONE.test(whole) ? parseTokenInput(whole, now) : undefined;
  if (alone) return alone;
  const { parts, notes } = plainParts(text);
  const plain = notes.length > 0 ? parts.map(({ value }) => value).join('\n') : whole;
  return withNotes(parsePlain(parts, plain, now), notes);
}

const TOKEN_ALONE = /^(?:authorization ?: ?)?(?:bearer\s)?eyJ[\w.\s-]+$/i;

/** Recognises a text without disguises: `parts` are its settings, `whole` is all of it. */
function parsePlain(parts: readonly TextPart[], whole: string, now: number): ConnectionInput {
  const { connections, reason } = connectionsIn(parts, whole, now);
  const complete = connections.filter(({ input }) => isComplete(input));
  const published = complete.map((one) => publishedBeside(one, whole)).filter((one) => one !== undefined);
  const choices = distinct([...complete, ...published]);
  const [first] = choices;
  const candidates = findCredentialCandidates(parts);
  if (first)
    return choices.length > 1
      ? { kind: 'several', choices: choices.slice(0, MOST_CHOICES), problems: [] }
      : withQueue(first.input, candidates.queues);

  const flawed = connections.find(({ input }) => input.account !== '' && hasSecret(input));
  const token = parseTokenInput(whole, now);
  // A token for something else, beside a damaged connection, is not what was meant.
  if (token && !(flawed && token.problems.some(({ field }) => field === 'token'))) {
    return tokenBeside(token, candidates, whole, now);
  }
  if (flawed) return withQueue(flawed.input, candidates.queues);

  const assembled = fromCandidates(candidates, now);
  if (assembled && isComplete(assembled)) return withQueue(assembled, candidates.queues);
  const foreign = foreignMessage(whole);
  if (foreign !== undefined) return unknown(foreign);
  if (reason !== undefined) return unknown(reason);
  const known = connections[0]?.input ?? (assembled?.endpoint ? assembled : undefined);
  const open = known ? undefined : unfilledText(parts);
  if (open !== undefined) return unknown(open);
  const rest = known ?? assembled ?? fromWhole(whole, candidates, now);
  return isParsed(rest) ? withQueue(usesIdentity(whole) ? withIdentity(rest) : rest, candidates.queues) : rest;
}

/** Levels of disguise that are taken off: Base64 of a file whose values are percent-encoded has two. */
const MOST_DISGUISES = 3;

/** The settings of a text with what was percent-encoded or in Base64 in plain; `notes` say what was decoded. */
function plainParts(text: string): { parts: TextPart[]; notes: string[] } {
  const notes = new Set<string>();
  const read = (inner: string, depth: number): TextPart[] => {
    const isSecret = SECRET_OF_KUBERNETES.test(inner);
    return textParts(inner).flatMap(({ label, value }) => {
      const found =
        depth < MOST_DISGUISES
          ? (withoutPercents(value) ?? withoutBase64(value) ?? (isSecret ? valueOfSecret(value) : undefined))
          : undefined;
      if (!found) return [{ label, value: joinSignatures(value) }];
      notes.add(found.note);
      return read(found.text, depth + 1).map((part) => ({
        label: [label, part.label].filter((one) => one !== '').join('.'),
        value: part.value,
      }));
    });
  };
  return { parts: read(text, 0), notes: [...notes] };
}

const SECRET_OF_KUBERNETES = /\bkind["']?\s{0,9}:\s{0,9}["']?Secret\b/;

/** Adds what was decoded to the problems of every connection. */
function withNotes(input: ConnectionInput, notes: readonly string[]): ConnectionInput {
  if (notes.length === 0 || input.kind === 'nothing' || input.kind === 'unknown') return input;
  if (input.kind === 'several') {
    return { ...input, choices: input.choices.map((one) => ({ ...one, input: noted(one.input, notes) })) };
  }
  return noted(input, notes);
}

const noted = <Input extends ParsedConnection>(input: Input, notes: readonly string[]): Input => ({
  ...input,
  problems: [...input.problems, ...notes.map((note) => inputWarning('text', note))],
});

/** The connection with the one queue that a label names, where its address names none. */
function withQueue(input: ParsedConnection, queues: readonly string[]): ParsedConnection {
  const [queue] = queues;
  if (queue === undefined || queues.length > 1 || input.queue !== undefined) return input;
  return { ...input, queue, problems: input.problems.filter(({ field }) => field !== 'queue') };
}

/** An access token with the address, or the name of an account, that stands beside it. */
function tokenBeside(
  token: ConnectionInput,
  candidates: CredentialCandidates,
  whole: string,
  now: number,
): ConnectionInput {
  if (token.kind !== 'token') return token;
  const { addresses, account, names } = candidates;
  const isNameAndToken = whole.split(/\s+/).length < 4 && names.length === 1;
  const place = addresses[0]?.split('?')[0] ?? account ?? (isNameAndToken ? names[0] : undefined);
  const placed = place === undefined ? token : tokenAt(token, place, '', now);
  return withQueue(placed, candidates.queues);
}

const unknown = (message: string, field: ConnectionField = 'text'): ConnectionInput => ({
  kind: 'unknown',
  problems: [inputError(field, message)],
});

/** True with a secret and without an error. */
const isComplete = (input: ParsedConnection): boolean =>
  hasSecret(input) && !input.problems.some(({ severity }) => severity === 'error');

const hasSecret = (input: ParsedConnection): boolean =>
  input.kind === 'sas' || (input.kind === 'key' && input.key !== '');

/**
 * All connection strings, addresses with a signature, addresses of frameworks and accounts of emulators. `reason` says why a
 * connection string is none yet, when one is a template.
 */
function connectionsIn(
  parts: readonly TextPart[],
  whole: string,
  now: number,
): { connections: Choice[]; reason: string | undefined } {
  const found = parts.flatMap(({ label, value }) => {
    const strings = connectionStringsIn(value)
      .filter((fields) => ![...fields.values()].some(isCosmosAddress))
      .map((fields) => fromConnectionString(fields, now));
    const all = strings.length > 0 ? strings : signedAddressesIn(value).map((address) => fromAddress(address, now));
    const queue = ASPIRE_QUEUE.exec(value)?.[1];
    return [...all, ...frameworkConnectionsIn(value, now)].map((input) => ({
      label,
      input: queue !== undefined && isParsed(input) ? withQueue(input, [queue]) : input,
    }));
  });
  const template = found.find(({ input }) => input.kind === 'unknown')?.input;
  const isExpression = found.length > 0 && EXPRESSION.test(whole);
  return {
    connections: [
      ...found.flatMap(({ label, input }) => (isParsed(input) ? [{ label, input }] : [])),
      ...emulatorAccountsIn(whole),
    ],
    reason: template?.problems[0]?.message ?? (isExpression ? TEMPLATE_TEXT : undefined),
  };
}

/** The queue that Aspire writes into a connection string. */
const ASPIRE_QUEUE = /(?:^|[;"'\s])QueueName ?= ?["']?([a-z0-9][a-z0-9-]{2,62})(?![\w-])/i;
/** Functions of ARM templates, which put a connection string together. */
const EXPRESSION = /\b(?:concat|parameters|listKeys|reference|variables)\(/i;

const isParsed = (input: ConnectionInput): input is ParsedConnection =>
  !['nothing', 'unknown', 'several'].includes(input.kind);

/** Addresses with a signature. One that is the whole text may be cut by line breaks; others end at the next blank. */
function signedAddressesIn(text: string): string[] {
  const starts = text.split(/https?:\/\//i).length - 1;
  const isAlone = starts === 1 && /^["'`]?https?:/i.test(text) && !/ |\n\n/.test(text);
  const words = isAlone ? [text.replaceAll('\n', '')] : text.split(/[\s"'`<>()]+/);
  return words
    .filter((word) => !/azurestoragequeues:/i.test(word))
    .map((word) => word.slice(Math.max(0, word.search(/https?:\/\//i))).split(/;(?=QueueName=)/i)[0] ?? '')
    .map((word) => trimCharacters(word, '"\'`,;'))
    .filter((word) => word.includes('://') && /[?&]sig=/i.test(word));
}

/** Removes duplicates, and takes both keys of one account as one connection. */
function distinct(choices: readonly Choice[]): Choice[] {
  const byId = new Map<string, Choice>();
  for (const choice of choices) {
    const { input } = choice;
    const token = input.kind === 'sas' ? input.token : '';
    const id = [input.kind, input.account, input.endpoint, token].join(' ');
    const first = byId.get(id);
    if (!first) byId.set(id, choice);
    else if (isOtherKey(first.input, input)) {
      byId.set(id, { ...first, input: { ...first.input, problems: [...first.input.problems, TWO_KEYS] } });
    }
  }
  return [...byId.values()];
}

const isOtherKey = (one: ParsedConnection, other: ParsedConnection): boolean =>
  one.kind === 'key' && other.kind === 'key' && one.key !== other.key && !one.problems.includes(TWO_KEYS);

const TWO_KEYS = inputWarning('accountKey', 'More than one key is here. The first is used.');

/** Assembles a connection of separate words: a name or an address, and a key or a signature. */
function fromCandidates(candidates: CredentialCandidates, now: number): ParsedConnection | undefined {
  const { keys, damagedKeys, tokens, addresses, unfilled } = candidates;
  const [key = damagedKeys[0]] = keys;
  const [token] = tokens;
  const endpoint = endpointFrom(candidates, key !== undefined || token !== undefined);
  const masked = token === undefined ? undefined : maskedSignature(token);
  if (endpoint && masked !== undefined && key === undefined) return noted(endpointOnly(endpoint), [masked]);
  if (token !== undefined) {
    const problems = key === undefined ? [] : [KEY_AND_SAS];
    return fromSas('token', endpoint ?? NOWHERE, endpoint?.account ?? '', token, now, problems);
  }
  if (key !== undefined) {
    const parsed = fromKey(endpoint ? 'nameAndKey' : 'key', endpoint ?? NOWHERE, endpoint?.account ?? '', key);
    return keys.length > 1 ? { ...parsed, problems: [...parsed.problems, TWO_KEYS] } : parsed;
  }
  if (!endpoint) return undefined;
  const parsed = addresses.length > 0 ? endpointOnly(endpoint) : accountOnly(endpoint, endpoint.account);
  if (unfilled === undefined) return parsed;
  return noted(parsed, [`The key is ${unfilled === 'masked' ? 'masked' : 'a placeholder'} here. Add the key below.`]);
}

const NOWHERE: Endpoint = { endpoint: '' };

/** The endpoint in the candidates. A word that may be a name counts beside a secret only: the one word, or the one right before. */
function endpointFrom(
  { account, addresses, names, besideKey }: CredentialCandidates,
  isBesideSecret: boolean,
): Endpoint | undefined {
  const [address] = addresses;
  if (address !== undefined) return readEndpoint(address.split('?')[0] ?? '', account);
  if (account !== undefined) return endpointOf(account);
  const name = names.length === 1 ? names[0] : besideKey;
  return isBesideSecret && name !== undefined ? endpointOf(name) : undefined;
}

/** Takes a text of one word for an address or an account name. */
function fromWhole(whole: string, { names }: CredentialCandidates, now: number): ConnectionInput {
  if (/\s/.test(whole) || whole.length > LONGEST_WORD) return unknown(NOTHING_KNOWN);
  if (/[:/.]/.test(whole)) return fromAddress(whole, now);
  if (names.length === 0 && !/^[\w-]+$/.test(whole)) return unknown(NOTHING_KNOWN);
  return accountOnly(endpointOf(whole), whole);
}

/** Characters; longer than any address of an account with a queue. */
const LONGEST_WORD = 2_000;
const NOTHING_KNOWN = 'This is not a connection string, a shared access signature URL, an account name or an endpoint.';

function fromAddress(pasted: string, now: number): ConnectionInput {
  const [address = '', query = ''] = pasted.split('?');
  const endpoint = readEndpoint(address);
  if (!endpoint) {
    return unknown('An endpoint is an address that starts with http:// or https://.', 'endpoint');
  }
  const masked = maskedSignature(query);
  if (masked !== undefined) return noted(endpointOnly(endpoint), [masked]);
  if (/(?:^|&)sig=/i.test(query)) return fromSas('url', endpoint, endpoint.account ?? '', query, now, []);
  return endpointOnly(endpoint);
}

const accountOnly = (endpoint: Endpoint, account = ''): ParsedConnection => ({
  kind: 'account',
  ...parsedBase(endpoint, account, []),
});

const endpointOnly = (endpoint: Endpoint): ParsedConnection => ({
  kind: 'endpoint',
  ...parsedBase(endpoint, endpoint.account ?? '', []),
});

const SECRET_FIELDS = new Set(['key', 'token']);

/**
 * Replaces what looks like a secret by dots in every text but the fields `key` and `token`: a person may paste a key where
 * a name belongs, and names are shown.
 */
function maskSecretsIn<Value>(value: Value): Value {
  return cleaned(value) as Value;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return maskEverySecret(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      cleaned(name) as string,
      SECRET_FIELDS.has(name) ? inner : cleaned(inner),
    ]),
  );
}
