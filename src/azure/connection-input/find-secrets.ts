import { ACCESS_TOKEN, DOTS, SIGNATURE } from '../protocol/mask-secrets';
import { BASE64_RUNS, hidesConnection } from './decode-disguises';

/** `%`, also where it was encoded again: `%25`, `%2525`. */
const PERCENT = '%(?:25){0,3}';
/** One character of Base64, also of the URL alphabet, as an escape of JSON or of a URL. */
const BASE64 = String.raw`(?:[A-Za-z0-9+/_-]|\\u002[bfBF]|\\/|${PERCENT}2[bBfF])`;
const EQUALS = String.raw`(?:=|\\u003[dD]|${PERCENT}3[dD])`;
/** What stands between a setting's name and its value. */
const IS = String.raw`(?:\s{0,20}[:=]\s{0,20}["']?|\\u003[dD]|${PERCENT}3[dD])`;
/** The same on one line: a key of YAML has its own settings below it. */
const IS_ON_ITS_LINE = String.raw`(?:[ \t]{0,20}[:=][ \t]{0,20}["']?|\\u003[dD]|${PERCENT}3[dD])`;
/** The start of another setting on the next line. The rest of a key that a mail wrapped has nothing after its `=`. */
const NEXT_SETTING = String.raw`\s{0,20}[\r\n]\s{0,20}["']?[\w.-]{1,80}["']?[ \t]{0,9}[=:][ \t]{0,9}["']?[^\s=;"']`;

// Every repetition that starts with white space is limited: an unlimited one takes minutes on a page of blanks.
const SECRETS = new RegExp(
  [
    // The key of a connection string, up to the next pair, quote or setting.
    String.raw`(?<=\bAccountKey\s{0,20}=\s{0,20}["']?)[^\s;"'](?:(?!${NEXT_SETTING})[^;"'\`<])*`,
    // The same in an encoded text.
    String.raw`(?<=AccountKey${PERCENT}3D)(?:(?!${PERCENT}3B)[^\s;"'\`<])+`,
    // A key in JSON, YAML, a URI or a settings file, of any form.
    String.raw`(?<=(?:account|storage|access|primary|secondary|shared)[_-]?key["']?${IS})[^\s;"'=,&][^\s;"',&]*`,
    // Secrets of other services and of applications.
    String.raw`(?<=(?:secret|password|passwd|\bpwd)["']?${IS_ON_ITS_LINE})[^\s;"'=,&][^\s;"',&]*`,
    // Behind the name in an address.
    String.raw`(?<=:\/\/[^\s/@:"'<>]{0,100}:)[^\s/@"'<>]{1,1000}(?=@)`,
    String.raw`(?<=azurestoragequeues:\/\/:?)(?!:|https?:|\w{1,40}Credential@)[^\s@"'<>]{1,3000}`,
    // The signature of one request.
    String.raw`(?<=\bSharedKey(?:Lite)? [\w-]{1,64}:)[^\s"'<>]+`,
    SIGNATURE,
    // A bare account key, also encoded and without its padding.
    String.raw`(?<![A-Za-z0-9+/=_%-])(?<!%[0-9A-Fa-f])${BASE64}{86}${EQUALS}{0,2}(?![A-Za-z0-9+/=_%-])`,
    // The same with other text right before or behind it.
    `${BASE64}{86}${EQUALS}{2}`,
    ACCESS_TOKEN,
  ].join('|'),
  'gi',
);

/** The accounts of an emulator, wherever the variable is set: `name:key1:key2;name:key`. */
export const EMULATOR_ACCOUNTS =
  /(?=[A-Za-z0-9])(?<=AZURITE_ACCOUNTS["']?\s{0,20}[=:,]?\s{0,20}(?:["']?value["']?\s?[:=]\s{0,9})?["']?)(?!value\b)[^\s"'`,]{3,20000}/gi;

/**
 * Replaces every secret in a text, as `replace` says: keys, signatures, tokens and passwords, in plain, percent-encoded, and
 * Base64 that holds one of them. Takes linear time.
 */
export function replaceSecrets(text: string, replace: (secret: string) => string): string {
  const found = secretsIn(text);
  let shown = '';
  let end = 0;
  for (const [from, to] of found) {
    shown += text.slice(end, from) + replace(text.slice(from, to));
    end = to;
  }
  return shown + text.slice(end);
}

/** Puts dots in place of every secret in a text that may be of any form. Answers and requests: `maskSecrets`. */
export const maskEverySecret = (text: string): string => replaceSecrets(text, () => DOTS);

type Span = [from: number, to: number];

/** Where the secrets are, from first to last; two that overlap are one. */
function secretsIn(text: string): Span[] {
  const spans: Span[] = [
    ...spansOf(text, SECRETS),
    ...spansOf(text, BASE64_RUNS).filter(([from, to]) => hidesConnection(text.slice(from, to))),
    ...spansOf(text, EMULATOR_ACCOUNTS).flatMap(([from, to]) => keysOfAccounts(text.slice(from, to), from)),
  ].toSorted(([a], [b]) => a - b);
  const merged: Span[] = [];
  for (const [from, to] of spans) {
    const last = merged.at(-1);
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

const spansOf = (text: string, pattern: RegExp): Span[] =>
  [...text.matchAll(pattern)].map(({ index, 0: { length } }): Span => [index, index + length]);

function keysOfAccounts(accounts: string, start: number): Span[] {
  let from = start;
  return accounts.split(';').flatMap((account): Span[] => {
    const colon = account.indexOf(':');
    const span: Span = [from + colon + 1, from + account.length];
    from += account.length + 1;
    return colon < 0 || span[0] === span[1] ? [] : [span];
  });
}
