import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** An Azurite queue service in memory that any page may call, started by `scripts/vitest-azurite.mjs`. */
    azurite: { url: string; account: string };
  }
}
