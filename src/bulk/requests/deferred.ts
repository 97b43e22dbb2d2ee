export type Deferred = { promise: Promise<void>; resolve: () => void };

/** Rings once. */
export function createDeferred(): Deferred {
  const bell = { promise: Promise.resolve(), resolve: () => {} };
  bell.promise = new Promise<void>((resolve) => (bell.resolve = resolve));
  return bell;
}
