import { defineConfig } from '@playwright/test';
import { resolveBrowser } from '../scripts/browser.mjs';

const { launch } = await resolveBrowser();
const report = process.env['QUEUESCOPE_E2E_REPORT'];

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  timeout: 30_000,
  reporter: report ? [['line'], ['json', { outputFile: report }]] : [['line']],
  use: { browserName: 'chromium', launchOptions: launch, trace: 'retain-on-failure' },
});
