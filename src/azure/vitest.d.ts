import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * An Azurite queue service in memory that any page may call, started by `scripts/testing/vitest-azurite.mjs`. Beside this
     * account it has others with the same key, which let pages in less or not at all.
     */
    azurite: { url: string; account: string };
    /**
     * Another one, with the emulator's account, in which time stands still: `GET clock` answers with its time as epoch ms,
     * `POST clock/advance?ms=` moves it on. For one test file alone, as its clock is for all of its queues.
     */
    steadyAzurite: { url: string; clock: string };
  }
}
