// What benches and pictures need of the server: they run in Node alone, which does not read its TypeScript.
import { fromSource } from '../run/source.mjs';

/** @type {typeof import('../../server/local/azurite.ts')} */
export const { startAzurite } = await fromSource('server/local/azurite.ts');

/** @type {typeof import('../../server/page/serve.ts')} */
export const { serve } = await fromSource('server/page/serve.ts');

/** @type {typeof import('../../server/relay/relay.ts')} */
export const { createRelay } = await fromSource('server/relay/relay.ts');

/** @type {typeof import('../../server/installation/installation.ts')} */
export const { installationInMemory } = await fromSource('server/installation/installation.ts');

/** @type {typeof import('./emulator.ts')} */
export const { ACCOUNT, KEY, letIn, MOVABLE_CLOCK, officialClient, seedDemo, STEADY_CLOCK } =
  await fromSource('scripts/testing/emulator.ts');
