import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { resolveBrowser } from './scripts/browser.mjs';

export default defineConfig({
  // Relative addresses, so that the build can be hosted under any sub-path.
  base: './',
  plugins: [react({ compiler: true }), tailwindcss()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'baseline-widely-available',
    manifest: true,
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.browser.test.*', 'src/**/*.contract.test.*'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.{browser,contract}.test.{ts,tsx}'],
          globalSetup: './scripts/vitest-azurite.mjs',
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            // Found only when a browser test runs: a build needs none.
            provider: playwright({ launchOptions: process.env['VITEST'] ? (await resolveBrowser()).launch : {} }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
