import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of whole jobs against faults and of whole sequences: they notice nearly everything, and are by far the slowest. */
const WHOLE = ['src/bulk/faults.test.ts', 'src/bulk/sequences-known.test.ts'];

/** The tests of one part come first: most faults are noticed within milliseconds, and the rest of the tests is left out. */
class PartsFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => WHOLE.findIndex((file) => moduleId.endsWith(file));
    return Promise.resolve(files.toSorted((one, other) => rank(one) - rank(other)));
  }
}

/** The unit tests of records, leases and jobs: what a fault planted there has to be noticed by. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../../src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: ['src/{messages,bulk}/**/*.test.ts', 'src/state/*.test.ts'],
    exclude: ['src/**/*.{browser,contract}.test.*', 'src/bulk/sequences.test.ts'],
    sequence: { sequencer: PartsFirst },
    // The first fault that a test notices is enough.
    bail: 1,
  },
});
