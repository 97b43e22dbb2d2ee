/**
 * Makes a function that returns `3f9a01c2-1`, `3f9a01c2-2`, … Each id is unique in its source, and as
 * `x-ms-client-request-id` almost unique in the logs of an account.
 */
export function createIds(): () => string {
  const source = crypto.randomUUID().slice(0, 8);
  let last = 0;
  return () => `${source}-${++last}`;
}
