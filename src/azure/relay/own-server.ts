/**
 * How the page asks its own server: no other origin can be reached by it. Without a referrer policy of its own, a write would
 * carry `Origin: null` where the standard is followed (Firefox, https://fetch.spec.whatwg.org/#append-a-request-origin-header),
 * as the page's policy is `no-referrer`, and the server refuses what does not name its page. Told is the page's origin alone.
 */
export const TO_OWN_SERVER = { mode: 'same-origin', referrerPolicy: 'strict-origin' } as const satisfies RequestInit;
