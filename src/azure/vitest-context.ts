declare module 'vitest' {
  // What `scripts/vitest-azurite.mjs` provides: `inject('azurite')`.
  interface ProvidedContext {
    /** An Azurite queue service in memory, open to any origin; its account's published name and key. */
    azurite: { url: string; account: string; key: string };
  }
}

export {};
