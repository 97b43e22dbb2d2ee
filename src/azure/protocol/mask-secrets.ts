/** What stands in place of a secret: always as long, so that it does not tell the length. */
export const DOTS = '••••••••';

/** Sources of patterns, for what looks like a secret wherever it stands; letters count in either case. */

/** An account key: 64 bytes in Base64. */
export const ACCOUNT_KEY = '[A-Za-z0-9+/]{86}==';
/** The signature of a SAS, also of one that JSON or an address escaped; the rest of the token says what it allows. */
export const SIGNATURE = String.raw`(?<=(?:\b|u0026|%26)sig(?:=|\\u003d|\s=|%3D))[^&;\s"'\`<>\\]+`;
/** An access token: parts that dots join, which a terminal may have cut into lines. */
export const ACCESS_TOKEN = String.raw`(?<![\w.-])eyJ[\w-]{8,}(?:(?:\.|\r?\n)[\w-]+)*`;

const SECRETS = new RegExp(`${ACCOUNT_KEY}|${SIGNATURE}|${ACCESS_TOKEN}`, 'gi');

/** The text with dots in place of what looks like a secret. */
export const maskSecrets = (text: string): string => text.replace(SECRETS, DOTS);
