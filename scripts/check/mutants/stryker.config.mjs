/** Options of StrykerJS, whose types are there only once it is installed. */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/check/mutants/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // TypeScript 7 has no compiler API, without which Stryker cannot read a tsconfig.
  tsconfigFile: 'none.json',
  mutate: [
    'src/messages/*.ts',
    'src/bulk/{jobs,work,leasing,requests}/*.ts',
    'src/bulk/files/{import-row,export-messages}.ts',
    'src/state/messages/{records,pending-deletes,deleted-messages}.ts',
    'src/state/leases/{leases,restored-leases,receipt-session-storage}.ts',
    '!src/**/*.{test,fixture}.ts',
  ],
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: 'node_modules/.cache/queuescope/mutants.json' },
  tempDirName: 'node_modules/.cache/stryker',
  ignorePatterns: ['dist', 'dist-node', 'e2e', 'docs', 'test-results', 'public'],
};
