import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * An Azurite queue service in memory that any page may call, started by `scripts/vitest-azurite.mjs`. Beside this
     * account it has others with the same key, which let pages in less or not at all.
     */
    azurite: { url: string; account: string };
  }
}
