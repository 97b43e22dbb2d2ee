/**
 * Key of the purpose of a sign-in by redirect, where the browser opens no popup, until the page is back: ids and addresses, no secret.
 */
export const SIGN_IN_NOTE = 'queuescope.sign-in';

/** The keys of the session storage with this prefix; empty without a session storage. */
export function sessionKeys(prefix: string): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
