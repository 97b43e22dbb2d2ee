import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { maskSecrets } from '../protocol/mask-secrets';
import { parseTokenInput } from './access-token-input';
import { fromConnectionString } from './connection-string-fields';
import { connectionStringsIn } from './find-connection-strings';
import { type CredentialCandidates, findCredentialCandidates } from './find-credentials';
import { type ConnectionField, inputError, inputWarning, KEY_AND_SAS } from './input-problem';
import { LONGEST_TEXT, normaliseWhitespace, straightenQuotes, trimCharacters } from './normalise-whitespace';
import { foreignMessage } from './other-services';
import { type Choice, type ConnectionInput, fromSas, type ParsedConnection, parsedBase } from './parsed-connection';
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
  const token = parseTokenInput(whole, now);
  if (token) return token;
  const parts = textParts(text);
  const connections = connectionsIn(parts, now);
  const choices = distinct(connections.filter(({ input }) => isComplete(input)));
  const [first] = choices;
  if (first)
    return choices.length > 1
      ? { kind: 'several', choices: choices.slice(0, MOST_CHOICES), problems: [] }
      : first.input;

  const flawed = connections.find(({ input }) => input.account !== '' && hasSecret(input));
  if (flawed) return flawed.input;

  const candidates = findCredentialCandidates(parts);
  const assembled = fromCandidates(candidates, now);
  if (assembled && isComplete(assembled)) return assembled;
  const foreign = foreignMessage(whole);
  if (foreign !== undefined) return unknown(foreign);
  return connections[0]?.input ?? assembled ?? fromWhole(whole, candidates, now);
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

/** All connection strings and addresses with a signature. */
const connectionsIn = (parts: readonly TextPart[], now: number): Choice[] =>
  parts.flatMap(({ label, value }) => {
    const strings = connectionStringsIn(value).map((fields) => fromConnectionString(fields, now));
    const all = strings.length > 0 ? strings : signedAddressesIn(value).map((address) => fromAddress(address, now));
    return all.filter(isParsed).map((input) => ({ label, input }));
  });

const isParsed = (input: ConnectionInput): input is ParsedConnection =>
  !['nothing', 'unknown', 'several'].includes(input.kind);

/** Addresses with a signature. One that is the whole text may be cut by line breaks; others end at the next blank. */
function signedAddressesIn(text: string): string[] {
  const starts = text.split(/https?:\/\//i).length - 1;
  const isAlone = starts === 1 && /^["'`]?https?:/i.test(text) && !/ |\n\n/.test(text);
  const words = isAlone ? [text.replaceAll('\n', '')] : text.split(/[\s"'`<>()]+/);
  return words
    .map((word) => trimCharacters(word.slice(Math.max(0, word.search(/https?:\/\//i))), '"\'`,;'))
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
      byId.set(id, { ...first, input: { ...first.input, problems: [TWO_KEYS] } });
    }
  }
  return [...byId.values()];
}

const isOtherKey = (one: ParsedConnection, other: ParsedConnection): boolean =>
  one.kind === 'key' && other.kind === 'key' && one.key !== other.key && one.problems.length === 0;

const TWO_KEYS = inputWarning('accountKey', 'More than one key is here. The first is used.');

/** Assembles a connection of separate words: a name or an address, and a key or a signature. */
function fromCandidates(candidates: CredentialCandidates, now: number): ParsedConnection | undefined {
  const { keys, tokens, addresses } = candidates;
  const [key] = keys;
  const [token] = tokens;
  const endpoint = endpointFrom(candidates, key !== undefined || token !== undefined);
  if (token !== undefined) {
    const problems = key === undefined ? [] : [KEY_AND_SAS];
    return fromSas('token', endpoint ?? NOWHERE, endpoint?.account ?? '', token, now, problems);
  }
  if (key !== undefined) {
    const from = endpoint ? 'nameAndKey' : 'key';
    const problems = keys.length > 1 ? [TWO_KEYS] : [];
    return { kind: 'key', from, key, ...parsedBase(endpoint ?? NOWHERE, endpoint?.account ?? '', problems) };
  }
  if (!endpoint) return undefined;
  return addresses.length > 0 ? endpointOnly(endpoint) : accountOnly(endpoint, endpoint.account);
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
  if (/\s/.test(whole)) return unknown(NOTHING_KNOWN);
  if (/[:/.]/.test(whole)) return fromAddress(whole, now);
  if (names.length === 0 && !/^[\w-]+$/.test(whole)) return unknown(NOTHING_KNOWN);
  return accountOnly(endpointOf(whole), whole);
}

const NOTHING_KNOWN = 'This is not a connection string, a shared access signature URL, an account name or an endpoint.';

function fromAddress(pasted: string, now: number): ConnectionInput {
  const [address = '', query = ''] = pasted.split('?');
  const endpoint = readEndpoint(address);
  if (!endpoint) {
    return unknown('An endpoint is an address that starts with http:// or https://.', 'endpoint');
  }
  if (/(?:^|&)sig=/i.test(query)) return fromSas('url', endpoint, endpoint.account ?? '', query, now, []);
  return endpointOnly(endpoint);
}

const accountOnly = (endpoint: Endpoint, account = ''): ParsedConnection => ({
  kind: 'account',
  ...parsedBase(endpoint, account, []),
});

const endpointOnly = (endpoint: Endpoint): ParsedConnection => ({
  kind: 'endpoint',
  ...(endpoint.queue && { queue: endpoint.queue }),
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
  if (typeof value === 'string') return maskSecrets(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      cleaned(name) as string,
      SECRET_FIELDS.has(name) ? inner : cleaned(inner),
    ]),
  );
}
