import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The slow ones, the slowest last. */
const SLOW = [
  'leasing',
  'files',
  'message-source',
  'returning',
  'browse',
  'export-job',
  'message-job',
  'sequences-known',
];

const rank = ({ moduleId }: TestSpecification) => SLOW.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));

/** Quick tests come first: most faults are noticed within milliseconds, and the rest of the tests is left out. */
class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((one, other) => rank(one) - rank(other)));
  }
}

/** The unit tests of records, leases and jobs: what a fault planted there has to be noticed by. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../../../src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: ['src/{messages,bulk}/**/*.test.ts', 'src/state/**/*.test.ts'],
    // The fault matrix and the model test would notice more, and are as slow as all the others together.
    exclude: ['src/**/*.{browser,contract}.test.*', 'src/bulk/{sequences/sequences,jobs/faults}.test.ts'],
    sequence: { sequencer: QuickFirst },
    // The first fault that a test notices is enough.
    bail: 1,
  },
});
