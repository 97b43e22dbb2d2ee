import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * An Azurite queue service in memory with CORS rules for any page, started by
     * `scripts/testing/vitest-azurite.mjs`. It also has accounts with the same key and fewer or no CORS rules.
     */
    azurite: { url: string; account: string };
    /**
     * Another Azurite, with the emulator's account and a clock that stands still: `GET clock` returns its time as epoch ms,
     * `POST clock/advance?ms=` advances it. For one test file only, as all of its queues share the clock.
     */
    steadyAzurite: { url: string; clock: string };
  }
}
