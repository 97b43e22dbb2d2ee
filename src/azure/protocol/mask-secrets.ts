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
