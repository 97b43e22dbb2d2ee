/** Replacement of a secret, with a fixed length so that it does not reveal the secret's. */
export const DOTS = '••••••••';

/** Pattern source, as the two below; case is ignored. An account key: 64 bytes in Base64. */
export const ACCOUNT_KEY = '[A-Za-z0-9+/]{86}==';
/** The signature of a SAS, also escaped for JSON or a URL; the other fields of a SAS are no secret. */
export const SIGNATURE = String.raw`(?<=(?:\b|u0026|%26)sig(?:=|\\u003d|\s=|%3D))[^&;\s"'\`<>\\]+`;
/** An access token: parts joined by dots, which a terminal may have cut into lines. */
export const ACCESS_TOKEN = String.raw`(?<![\w.-])eyJ[\w-]{8,}(?:(?:\.|\r?\n)[\w-]+)*`;

const SECRETS = new RegExp(`${ACCOUNT_KEY}|${SIGNATURE}|${ACCESS_TOKEN}`, 'gi');

/** Replaces what looks like a secret by dots. */
export const maskSecrets = (text: string): string => text.replace(SECRETS, DOTS);
