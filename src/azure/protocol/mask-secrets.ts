/** Replacement of a secret, with a fixed length so that it does not reveal the secret's. */
export const DOTS = '••••••••';

/** Pattern source, as the two below; case is ignored. An account key: 64 bytes in Base64. */
export const ACCOUNT_KEY = '[A-Za-z0-9+/]{86}==';
/**
 * The signature of a SAS, also escaped for JSON or a URL, or with a blank in place of a `+`; the other fields of a SAS are
 * no secret.
 */
export const SIGNATURE = String.raw`(?<=(?:\b|u0026|%(?:25){0,3}26|%(?:25){0,3}3F)sig(?:=|\\u003d|\s=|%(?:25){0,3}3D))[^&;\s"'\`<>\\]+(?: [A-Za-z0-9+/%]{1,43}=(?![A-Za-z0-9=]))?`;
/** An access token: parts joined by dots, which a terminal may have cut into lines. */
export const ACCESS_TOKEN = String.raw`(?<![\w.-])eyJ[\w-]{8,}(?:(?:\.|\r?\n)[\w-]+)*`;

const SECRETS = new RegExp(`${ACCOUNT_KEY}|${SIGNATURE}|${ACCESS_TOKEN}`, 'gi');

/** Replaces what looks like a secret by dots. */
export const maskSecrets = (text: string): string => text.replace(SECRETS, DOTS);

const NOT_BASE64_BEFORE = '(?<![A-Za-z0-9+/=])';
/** A key with its label or with nothing around it, a signature of some length, or a whole access token. */
const SURE_SECRETS = new RegExp(
  [
    String.raw`(?:account|storage|access)_?key["']?\s{0,9}[:=]\s{0,9}["']?[A-Za-z0-9+/]{40}`,
    `${NOT_BASE64_BEFORE}${ACCOUNT_KEY}(?!=)`,
    String.raw`(?:^|[^a-z0-9])sig\s?=\s?[A-Za-z0-9+/%_=-]{20}`,
    String.raw`(?<![\w.-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*`,
  ].join('|'),
  'i',
);

/**
 * True for a text with a secret that belongs into no address and no storage. It tells less than `maskSecrets` hides: messages in
 * Base64 and a filter for `sig=` are no secrets.
 */
export const holdsSecret = (text: string): boolean => SURE_SECRETS.test(text);
