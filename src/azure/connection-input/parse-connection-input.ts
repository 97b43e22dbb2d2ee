import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { recogniseToken } from './access-token-input';
import { fromConnectionString } from './connection-string-fields';
import { connectionStringsIn } from './find-connection-strings';
import { type Clues, cluesIn } from './find-credentials';
import { error, warning } from './input-problem';
import { LONGEST_TEXT, plainText, stripped, tidied } from './normalise-whitespace';
import { foreignMessage } from './other-services';
import { type Choice, type FoundConnection, found, fromSas, type Recognised } from './parsed-connection';
import { type TextPart, textParts } from './split-settings';
import { withoutSecrets } from './without-secrets';

/** More than these nobody looks through. */
const MOST_CHOICES = 50;

/**
 * Finds out what a pasted text is: a connection string (any order, case, quotes and line breaks), a SAS URL or token, an
 * account name with or without its key, an endpoint; or what holds one of these, such as a settings file, JSON, the
 * answer of `az` or a line of source code. `now` in ms, to see whether a signature has expired. Takes time in proportion
 * to the text, and puts no secret into any other field than `key` and `token`.
 */
export function recogniseConnection(text: string, now = Date.now()): Recognised {
  return withoutSecrets(recognise(text, now));
}

function recognise(text: string, now: number): Recognised {
  if (text.length > LONGEST_TEXT) {
    return unknown('This is more than a million characters long. Paste only the part that has the connection.');
  }
  const whole = stripped(tidied(plainText(text)), '"\'` ,');
  if (whole === '') return { kind: 'nothing', problems: [] };
  const token = recogniseToken(whole, now);
  if (token) return token;
  const parts = textParts(text);
  const candidates = connectionsIn(parts, now);
  const choices = distinct(candidates.filter(({ recognised }) => isComplete(recognised)));
  const [first] = choices;
  if (first)
    return choices.length > 1
      ? { kind: 'several', choices: choices.slice(0, MOST_CHOICES), problems: [] }
      : first.recognised;

  const flawed = candidates.find(({ recognised }) => recognised.account !== '' && hasSecret(recognised));
  if (flawed) return flawed.recognised;

  const clues = cluesIn(parts);
  const told = fromClues(clues, now);
  if (told && isComplete(told)) return told;
  const foreign = foreignMessage(whole);
  if (foreign !== undefined) return unknown(foreign);
  return candidates[0]?.recognised ?? told ?? fromWhole(whole, clues, now);
}

const unknown = (message: string): Recognised => ({ kind: 'unknown', problems: [error('text', message)] });

/** Has a secret, and nothing is known to be wrong with it. */
const isComplete = (recognised: FoundConnection): boolean =>
  hasSecret(recognised) && !recognised.problems.some(({ severity }) => severity === 'error');

const hasSecret = (recognised: FoundConnection): boolean =>
  recognised.kind === 'sas' || (recognised.kind === 'key' && recognised.key !== '');

/** Connection strings and addresses with a signature, wherever they stand. */
const connectionsIn = (parts: readonly TextPart[], now: number): Choice[] =>
  parts.flatMap(({ label, value }) => {
    const strings = connectionStringsIn(value).map((fields) => fromConnectionString(fields, now));
    const all = strings.length > 0 ? strings : signedAddressesIn(value).map((address) => fromAddress(address, now));
    return all.filter(isFound).map((recognised) => ({ label, recognised }));
  });

const isFound = (recognised: Recognised): recognised is FoundConnection =>
  !['nothing', 'unknown', 'several'].includes(recognised.kind);

/** An address alone may be cut by line breaks; among other words it ends at the next blank. */
function signedAddressesIn(text: string): string[] {
  const starts = text.split(/https?:\/\//i).length - 1;
  const isAlone = starts === 1 && /^["'`]?https?:/i.test(text) && !/ |\n\n/.test(text);
  const words = isAlone ? [text.replaceAll('\n', '')] : text.split(/[\s"'`<>()]+/);
  return words
    .map((word) => stripped(word.slice(Math.max(0, word.search(/https?:\/\//i))), '"\'`,;'))
    .filter((word) => word.includes('://') && /[?&]sig=/i.test(word));
}

/** The same connection once, though a text may have it several times, or both keys of an account. */
function distinct(choices: readonly Choice[]): Choice[] {
  const known = new Map<string, Choice>();
  for (const choice of choices) {
    const { recognised } = choice;
    const token = recognised.kind === 'sas' ? recognised.token : '';
    const id = [recognised.kind, recognised.account, recognised.endpoint, token].join(' ');
    const before = known.get(id);
    if (!before) known.set(id, choice);
    else if (isOtherKey(before.recognised, recognised))
      known.set(id, { ...before, recognised: withTwoKeys(before.recognised) });
  }
  return [...known.values()];
}

const isOtherKey = (one: FoundConnection, other: FoundConnection): boolean =>
  one.kind === 'key' && other.kind === 'key' && one.key !== other.key && one.problems.length === 0;

const TWO_KEYS = warning('accountKey', 'More than one key is here. The first is used.');
const withTwoKeys = (recognised: FoundConnection): FoundConnection => ({ ...recognised, problems: [TWO_KEYS] });

/** What the words of a text make together: a name or an address, and a key or a signature. */
function fromClues(clues: Clues, now: number): FoundConnection | undefined {
  const { keys, tokens, addresses } = clues;
  const [key] = keys;
  const [token] = tokens;
  const endpoint = endpointFrom(clues, key !== undefined || token !== undefined);
  if (token !== undefined) {
    const problems =
      key === undefined
        ? []
        : [
            warning(
              'sas',
              'Both a key and a shared access signature are here. The signature is used, as it allows less.',
            ),
          ];
    return fromSas('token', endpoint ?? NOWHERE, endpoint?.account ?? '', token, now, problems);
  }
  if (key !== undefined) {
    const from = endpoint ? 'nameAndKey' : 'key';
    const problems = keys.length > 1 ? [TWO_KEYS] : [];
    return { kind: 'key', from, key, ...found(endpoint ?? NOWHERE, endpoint?.account ?? '', problems) };
  }
  if (!endpoint) return undefined;
  const { account = '', queue } = endpoint;
  return addresses.length > 0
    ? { kind: 'endpoint', ...(queue && { queue }), ...found(endpoint, account, []) }
    : { kind: 'account', ...found(endpoint, account, []) };
}

const NOWHERE: Endpoint = { endpoint: '' };

/** Where the text says to go; a word that may be a name counts only beside a secret, if it is the only one or right before. */
function endpointFrom({ account, addresses, names, besideKey }: Clues, isBesideSecret: boolean): Endpoint | undefined {
  const [address] = addresses;
  if (address !== undefined) return readEndpoint(address.split('?')[0] ?? '', account);
  if (account !== undefined) return endpointOf(account);
  const name = names.length === 1 ? names[0] : besideKey;
  return isBesideSecret && name !== undefined ? endpointOf(name) : undefined;
}

/** A text that is one word. */
function fromWhole(whole: string, { names }: Clues, now: number): Recognised {
  if (/\s/.test(whole)) return unknown(NOTHING_KNOWN);
  if (/[:/.]/.test(whole)) return fromAddress(whole, now);
  if (names.length === 0 && !/^[\w-]+$/.test(whole)) return unknown(NOTHING_KNOWN);
  return { kind: 'account', ...found(endpointOf(whole), whole, []) };
}

const NOTHING_KNOWN = 'This is not a connection string, a shared access signature URL, an account name or an endpoint.';

function fromAddress(pasted: string, now: number): Recognised {
  const [address = '', query = ''] = pasted.split('?');
  const endpoint = readEndpoint(address);
  if (!endpoint) {
    return {
      kind: 'unknown',
      problems: [error('endpoint', 'An endpoint is an address that starts with http:// or https://.')],
    };
  }
  const { account = '', queue } = endpoint;
  if (/(?:^|&)sig=/i.test(query)) return fromSas('url', endpoint, account, query, now, []);
  return { kind: 'endpoint', ...(queue && { queue }), ...found(endpoint, account, []) };
}
