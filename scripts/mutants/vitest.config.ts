import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The unit tests of records, leases and jobs: what a fault planted there has to be noticed by. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../../src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: ['src/{messages,bulk}/**/*.test.ts', 'src/state/*.test.ts'],
    exclude: ['src/**/*.{browser,contract}.test.*', 'src/bulk/sequences.test.ts'],
    // The first fault that a test notices is enough.
    bail: 1,
  },
});
