export type Deferred = { promise: Promise<void>; resolve: () => void };

/** A promise with its `resolve`; `Promise.withResolvers` is missing in Node.js 20. */
export function createDeferred(): Deferred {
  const deferred = { promise: Promise.resolve(), resolve: () => {} };
  deferred.promise = new Promise<void>((resolve) => (deferred.resolve = resolve));
  return deferred;
}
