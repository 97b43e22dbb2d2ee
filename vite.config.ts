import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { BUILD_TARGET } from './scripts/run/floor.mjs';
import { firstFiles } from './scripts/run/plugins/first-files.mjs';
import { notices } from './scripts/run/plugins/notices.mjs';
import { offline } from './scripts/run/plugins/offline.mjs';
import { parts, workerParts } from './scripts/run/plugins/parts.mjs';
import { pixelsInRem } from './scripts/run/plugins/rem.mjs';
import { sharedWorkers } from './scripts/run/plugins/shared-workers.mjs';
import { signedInPage } from './scripts/run/plugins/signed-in-page.mjs';
import { resolveBrowser } from './scripts/testing/browser.mjs';
import { bundledTests } from './scripts/testing/bundled-tests.mjs';
import { metaPolicyWith } from './server/page/csp.ts';
import { isAddableOrigin } from './src/azure/protocol/addable-origin.ts';

/**
 * Bundled before the first page of a dev server or a browser test. A package found only later makes Vite bundle anew
 * and leaves the page with two copies of React.
 */
const bundledFirst = [
  'react',
  'react-dom',
  'react-dom/client',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  'react/compiler-runtime',
  ...[
    'alert-dialog',
    'autocomplete',
    'csp-provider',
    'dialog',
    'menu',
    'merge-props',
    'popover',
    'tabs',
    'toast',
    'tooltip',
  ].map((part) => `@base-ui/react/${part}`),
  '@tanstack/react-query',
  '@tanstack/react-virtual',
  ...['commands', 'lang-json', 'lang-xml', 'language', 'lint', 'search', 'state', 'view'].map(
    (part) => `@codemirror/${part}`,
  ),
  '@lezer/highlight',
  '@azure/msal-browser',
  '@azure/msal-browser/redirect-bridge',
  '@msgpack/msgpack',
  'cborg',
  'clsx',
  'diff',
  'idb-keyval',
  'jsonata',
  'lucide-react',
  'tinykeys',
  'valibot',
  'zustand',
  'zustand/middleware',
  'zustand/react/shallow',
];

/**
 * The content policy that the build writes into its pages. `QUEUESCOPE_ALLOW_HOSTS` names more origins that the page may
 * reach, with spaces between, for static hosts: `npm start` and the package have a list of their own.
 */
const META_POLICY = metaPolicyWith(
  (process.env['QUEUESCOPE_ALLOW_HOSTS'] ?? '').split(' ').filter((origin) => {
    if (origin === '' || isAddableOrigin(origin)) return origin !== '';
    throw new Error(`QUEUESCOPE_ALLOW_HOSTS takes origins such as https://queues.example, and not "${origin}".`);
  }),
);

/** Static hosts send no policy, so the built page brings its own, before all else that it loads. */
const contentPolicy: Plugin = {
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace(
        '<meta charset="utf-8" />',
        `$&\n    <meta http-equiv="Content-Security-Policy" content="${META_POLICY}" />`,
      ),
  },
};

/**
 * What every first screen needs beside React DOM: all that the entry imports, so that no screen needs the entry, and what two of
 * the explorer, Connect and the lab have in common, so that none of them loads another.
 */
const SHELL = new RegExp(
  [
    'src/(app/(app|locale|missing-parts|query-client|screens|start-offline|theme)|queries/first-requests)[.]ts',
    'src/(parts/offline|state/(messages/(other-tabs|records)|navigation/hash-location|settings/preferences|start/start-[\\w-]+))[.]ts',
    'node_modules/@tanstack/react-query/build/modern/(useQuery|queryOptions|mutationOptions)[.]js',
    'node_modules/react-dom/(index|cjs/react-dom[.]production)[.]js',
    'src/(actions/(open-by-name|screen-actions)|azure/(protocol/clouds|credentials/sas-(parse|permissions)|diagnosis/failure-text)|bulk/jobs/poison-queue|words/(counts|spans))[.]ts',
    'src/ui/(controls/(field|segmented|splitter|spoken|switch)|browser/(use-async|save-file)|feedback/failure)[.]ts',
    'icons/(ellipsis|lock-keyhole-open|eye|eye-off|refresh-cw|x|clock|undo-2|octagon-exclamation-point|circle-exclamation-point|download|folder-open|chevron-right|chevron-up|play|skip-forward)[.]mjs',
  ].join('|'),
);

const licences = notices();

/** Compiled where memory pays ('use memo': lists, rows, code): everywhere it would add a tenth to what a visit loads. */
const compiled = () => react({ compiler: { compilationMode: 'annotation' } });
const alias = { '@': fileURLToPath(new URL('./src', import.meta.url)) };

/** Unit tests of the layers without stores. */
const STATELESS = ['src/{azure,bulk,messages,samples,sandbox,search,ui,words}/**/*.test.ts'];
/** Tests that start programs and change the folder that they run in, which a thread cannot. */
const PROGRAMS = ['scripts/**/*.test.mjs'];
const NOT_IN_NODE = ['src/**/*.browser.test.*', 'src/**/*.contract.test.*'];

export default defineConfig({
  // Relative addresses, so that the build can be hosted under any sub-path.
  base: './',
  plugins: [
    compiled(),
    tailwindcss(),
    signedInPage(META_POLICY),
    firstFiles(),
    contentPolicy,
    sharedWorkers(/(?:lab\/engine\/play|sandbox\/apart\/sandbox)-worker/),
    parts(),
    offline(),
    licences.page,
  ],
  css: { postcss: { plugins: [pixelsInRem()] } },
  resolve: { alias },
  // With imports of its own: decoders come only when a text needs them.
  worker: { format: 'es', plugins: () => [licences.worker, workerParts()] },
  optimizeDeps: { include: bundledFirst },
  build: {
    target: BUILD_TARGET,
    manifest: true,
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // The part itself comes first, also where it needs nothing else. A worker starts anew after a failure, so that what its
      // parts need is not asked for before.
      resolveDependencies(part, needed, { hostId, hostType }) {
        if (hostType === 'html') return needed;
        return /-worker-/.test(hostId) ? [part] : [...new Set([part, ...needed])];
      },
    },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // With all they import: two files for the first visit instead of forty, which also compress better.
          groups: [
            // What the worker of the lab has in common with the page.
            {
              name: 'wire',
              test: /src\/(azure\/account|sandbox\/sandbox-account|parts\/part-worker)\.ts$|rolldown\/runtime/,
              priority: 3,
            },
            { name: 'shell', test: SHELL, priority: 2 },
            // What runs are made of, for the page and its worker: one file compresses better than seven.
            { name: 'run', test: /src\/lab\/(film\/(world|facts)|run\/run|lessons\/said)\.ts$/, priority: 2 },
            // What the palette finds of the lab.
            { name: 'lab', test: /src\/(lab\/lessons\/titles|actions\/lab-(file-)?actions)\.ts$/, priority: 2 },
            // The page's end of the sandbox, without the service, which only workers load.
            { name: 'door', test: /src\/sandbox\/(clock|received|to-response|faults)\.ts$/, priority: 3 },
            // What opens over the page, which no first screen has.
            {
              name: 'overlay',
              test: /node_modules\/@(base-ui\/(utils|react\/(?!autocomplete|combobox))|floating-ui)/,
              priority: 1,
            },
            { name: 'sandbox', test: /src\/sandbox\/service\.ts$/, priority: 2 },
            {
              name: 'explorer',
              test: /src\/(features\/(messages\/messages-screen|queues\/queue-overview)|app\/(sidebar|status-bar))\.tsx$/,
              priority: 1,
            },
            { name: 'connect', test: /src\/features\/connections\/connect-screen\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    // Twice what is usual, for a machine that is busy: a test that waits for ever is still told.
    testTimeout: 10_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit-pure',
          environment: 'node',
          // A thread starts in a part of the time that a process takes.
          pool: 'threads',
          include: STATELESS,
          exclude: NOT_IN_NODE,
          // What these layers import keeps nothing from one test to the next: it is loaded once, in half of the time.
          isolate: false,
          // Otherwise one on a machine of two cores, where `npm test` runs nothing else meanwhile.
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          pool: 'threads',
          include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...NOT_IN_NODE, ...STATELESS],
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        test: { name: 'unit-programs', environment: 'node', include: PROGRAMS, maxWorkers: '100%' },
      },
      {
        extends: true,
        // A run of all of them: for a few the bundle takes longer than it saves.
        plugins: process.env['QUEUESCOPE_BUNDLE_TESTS']
          ? [bundledTests({ plugins: [compiled()], resolve: { alias } })]
          : [],
        test: {
          name: 'browser',
          include: ['src/**/*.{browser,contract}.test.{ts,tsx}'],
          // One that needs a second try is named at the end of `npm test`.
          retry: 1,
          testTimeout: 30_000,
          maxWorkers: 2,
          globalSetup: './scripts/testing/vitest-azurite.mjs',
          setupFiles: './scripts/testing/vitest-clean-storage.mjs',
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            // Found only when a browser test runs: a build needs none.
            provider: playwright({
              launchOptions: process.env['VITEST'] ? (await resolveBrowser()).launch : {},
              // What tests read is written by this locale.
              contextOptions: { locale: 'en-GB' },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
