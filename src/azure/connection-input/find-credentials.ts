import { keyLength } from '../credentials/shared-key';
import { HOST_OF_AN_ACCOUNT, isPathStyle, readEndpoint } from '../protocol/endpoint';
import { queueNameProblem } from '../protocol/input-rules';
import { ACCOUNT_NAME } from '../protocol/limits';
import { ACCOUNT_KEY } from '../protocol/mask-secrets';
import { mendKey } from './mend-secrets';
import { trimCharacters } from './normalise-whitespace';
import { type Unfilled, unfilled } from './placeholders';
import type { TextPart } from './split-settings';

/** Parts of a connection found in a text that is no connection string. Keys and tokens are secrets. */
export type CredentialCandidates = {
  keys: string[];
  /** Damaged keys: some can be mended, of the others it can be told what is wrong. Used where no key is sound. */
  damagedKeys: string[];
  /** Shared access signatures without an address. */
  tokens: string[];
  /** Addresses of storage accounts, those of queue services first. */
  addresses: string[];
  /** The account's name where a label says so. */
  account?: string;
  /** Words that may be names of accounts, for a text with a key and little else. */
  names: string[];
  /** The name right before a key. */
  besideKey?: string;
  /** Queues that a label names. */
  queues: string[];
  /** Why the secret is none yet, where a label says that it is one. */
  unfilled?: Unfilled;
};

const WHOLE_KEY = new RegExp(`(?<![A-Za-z0-9+/])${ACCOUNT_KEY}(?!=)`);
/** Words of `az`, PowerShell and the portal that look like account names. */
const NO_NAMES = new Set(
  'key key1 key2 keyname name account accountname accountkey storage value full read permission permissions queue http https core windows net blob table file type string true false null and the with for creationtime connection primary secondary secret token password azure accesskey storagekey primarykey secondarykey'.split(
    ' ',
  ),
);
const RESOURCE_ID = /storageAccounts(?:\/|%2F)([a-z0-9]{3,24})(?![\w-])/i;

/** Collects the candidates word by word. */
export function findCredentialCandidates(parts: readonly TextPart[]): CredentialCandidates {
  const candidates: CredentialCandidates = {
    keys: [],
    damagedKeys: [],
    tokens: [],
    addresses: [],
    names: [],
    queues: [],
  };
  for (const { label, value } of parts) {
    let before = label;
    const open = isNameOfSecret(label) ? unfilled(value) : undefined;
    if (open !== undefined) {
      candidates.unfilled ??= open;
      continue;
    }
    for (const word of wordsOf(value)) {
      read(word, before, candidates);
      before = word;
    }
  }
  return {
    ...candidates,
    addresses: distinct(candidates.addresses).toSorted((a, b) => Number(isOther(a)) - Number(isOther(b))),
    keys: distinct(candidates.keys),
    tokens: distinct(candidates.tokens),
    names: distinct(candidates.names),
    damagedKeys: distinct(candidates.damagedKeys),
    queues: distinct(candidates.queues),
  };
}

const distinct = (texts: string[]) => [...new Set(texts)];

/** Where Aspire's `Endpoint=…;QueueName=…` is divided. */
const BESIDE_A_QUEUE = /;(?=(?:QueueName|Endpoint)=)/i;

/** Splits at blanks, quotes, brackets, commas and semicolons; signatures may contain the last two. */
const wordsOf = (text: string): string[] =>
  text
    .split(/[\s"'`<>()|{}[\]]+/)
    .map((word) => trimCharacters(word, ',;'))
    .flatMap((word) =>
      word.includes('sig=') || word.includes('://') ? word.split(BESIDE_A_QUEUE) : word.split(/[,;]/),
    )
    .filter((word) => word !== '');

function read(word: string, before: string, candidates: CredentialCandidates): void {
  const open = isNameOfSecret(before) ? unfilled(word) : undefined;
  if (open !== undefined) {
    candidates.unfilled ??= open;
    return;
  }
  const account = RESOURCE_ID.exec(word)?.[1];
  if (account !== undefined) candidates.account ??= account.toLowerCase();
  else if (word.includes('://')) readAddress(word, before, candidates);
  else if (word.includes('sig=')) candidates.tokens.push(tokenIn(word));
  else if (!readKey(word, before, candidates)) readName(word, before, candidates);
}

function readAddress(word: string, label: string, candidates: CredentialCandidates): void {
  const address = word.slice(Math.max(0, word.search(/https?:/i)));
  const endpoint = readEndpoint(address.split('?')[0] ?? '');
  // Dapr calls the address of an emulator so, without the account.
  const isEmulator = endpoint && /^endpoint$/i.test(label) && isPathStyle(new URL(endpoint.endpoint));
  // A custom domain only where its label says so: texts contain all kinds of addresses.
  if (
    endpoint?.account !== undefined ||
    isEmulator ||
    (endpoint && /queue\W?(?:service)?\W?(?:ur[il]|endpoint)$/i.test(label))
  ) {
    candidates.addresses.push(address);
  }
}

/** The signature without a variable's or argument's name before it and without its question mark. */
const tokenIn = (word: string): string => {
  const from = word.indexOf('?') + 1;
  return from > 0 ? word.slice(from) : word.replace(/^--?[\w-]+=|^[A-Za-z_][\w.-]{3,}[=:](?=[a-z]{2,8}=)/, '');
};

/** A key, or a name and a key as in `name:key`. */
function readKey(word: string, before: string, candidates: CredentialCandidates): boolean {
  const [joined = '', rest] = word.split(/[:=](.*)/s);
  const [key] = WHOLE_KEY.exec(word) ?? [];
  const isSound = key !== undefined && keyLength(key) !== undefined;
  // A password or a name may be any word, so a damaged key is one only behind a label that says so.
  const labelled = rest !== undefined && (isNameOfKey(joined) || isMendable(rest)) ? rest : word;
  const isDamaged = !isSound && (isNameOfKey(before) || labelled !== word) && LIKE_A_KEY.test(labelled);
  if (!isSound && !isDamaged && !isMendable(labelled)) return false;
  if (isSound) candidates.keys.push(key);
  else candidates.damagedKeys.push(labelled);
  const name = rest !== undefined && rest.startsWith(key ?? labelled) ? joined : before;
  if (isLikeName(name)) {
    candidates.besideKey ??= name;
    candidates.names.push(name);
  }
  return true;
}

function readName(word: string, before: string, candidates: CredentialCandidates): void {
  const [, label = before, name = word] = /^(.+?)[:=]([^:=]+)$/.exec(word) ?? [];
  if (HOST_OF_AN_ACCOUNT.test(name)) {
    candidates.addresses.push(name);
  } else if (isNameOfQueue(label) && queueNameProblem(name) === undefined) {
    candidates.queues.push(name);
  } else if (isLikeName(name)) {
    if (isNameOfAccount(label)) candidates.account ??= name;
    candidates.names.push(name);
  }
}

const isLikeName = (word: string): boolean => ACCOUNT_NAME.test(word) && !NO_NAMES.has(word);

/** `AZURE_STORAGE_KEY`, `--account-key`, `primary_access_key`, `spring.cloud.azure.storage.queue.account-key` */
const isNameOfKey = (label: string): boolean =>
  /(?:(?:account|storage|access)key|azurestoragekey)$/i.test(lettersOf(label));

/** The same for a signature or a whole connection string. */
const isNameOfSecret = (label: string): boolean =>
  isNameOfKey(label) || /(?:sastoken|sasurl|connectionstring)$/i.test(lettersOf(label));

/** The letters and digits of a label, without the `.value` that templates and Terraform put behind it. */
const lettersOf = (label: string): string => label.replace(/\.value$/i, '').replace(/[^A-Za-z0-9]/g, '');

/** Base64 of some length, also percent-encoded. */
const LIKE_A_KEY = /^[A-Za-z0-9+/_-][A-Za-z0-9+/_%=\\-]{19,400}$/;

/** True for a key without its padding or percent-encoded, whatever its label. */
const isMendable = (word: string): boolean =>
  word.length >= 86 &&
  word.length < 400 &&
  /%[0-9a-f]{2}|^[A-Za-z0-9+/]{86}=?$/i.test(word) &&
  WHOLE_KEY.test(mendKey(word).value);

/** `QueueName`, `--queue-name`, `spring.cloud.azure.storage.queue.queue-name` */
const isNameOfQueue = (label: string): boolean => /queuename$/i.test(lettersOf(label));

/** `AZURE_STORAGE_ACCOUNT`, `--account-name`, `Storage account name:` */
const isNameOfAccount = (label: string): boolean => /(?:accountname|storageaccount|^account)$/i.test(lettersOf(label));

const isOther = (address: string): boolean => readEndpoint(address.split('?')[0] ?? '')?.insteadOf !== undefined;
