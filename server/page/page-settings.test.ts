import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../command.mjs';
import { settingsFrom } from './page-settings';

test('names the app registration that the environment gives, and nothing without its id', () => {
  const QUEUESCOPE_CLIENT_ID = '11111111-2222-3333-4444-555555555555';
  expect(settingsFrom({ QUEUESCOPE_CLIENT_ID })).toMatchObject({ signIn: { clientId: QUEUESCOPE_CLIENT_ID } });
  expect(
    settingsFrom({ QUEUESCOPE_CLIENT_ID, QUEUESCOPE_TENANT: 'contoso.com', QUEUESCOPE_CLOUD: 'china' }),
  ).toMatchObject({
    signIn: { clientId: QUEUESCOPE_CLIENT_ID, tenant: 'contoso.com', cloud: 'china' },
  });
  expect(settingsFrom({ QUEUESCOPE_TENANT: 'contoso.com' })).not.toHaveProperty('signIn');
});

test('names the program of this folder: that of a clone, or that of the package where it is unpacked', () => {
  expect(settingsFrom({}).program).toBe(join(ROOT, 'scripts', 'run', 'queuescope.mjs'));

  const unpacked = mkdtempSync(join(tmpdir(), 'queuescope-unpacked-'));
  mkdirSync(join(unpacked, 'dist-node'));
  writeFileSync(join(unpacked, 'dist-node', 'queuescope.mjs'), '');
  expect(settingsFrom({}, unpacked).program).toBe(join(unpacked, 'dist-node', 'queuescope.mjs'));
  rmSync(unpacked, { recursive: true });
});
