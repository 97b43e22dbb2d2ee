import { expect, test } from 'vitest';
import { settingsFrom } from './page-settings';

test('names the app registration that the environment gives, and nothing without its id', () => {
  const QUEUESCOPE_CLIENT_ID = '11111111-2222-3333-4444-555555555555';
  expect(settingsFrom({ QUEUESCOPE_CLIENT_ID })).toEqual({ signIn: { clientId: QUEUESCOPE_CLIENT_ID } });
  expect(settingsFrom({ QUEUESCOPE_CLIENT_ID, QUEUESCOPE_TENANT: 'contoso.com', QUEUESCOPE_CLOUD: 'china' })).toEqual({
    signIn: { clientId: QUEUESCOPE_CLIENT_ID, tenant: 'contoso.com', cloud: 'china' },
  });
  expect(settingsFrom({ QUEUESCOPE_TENANT: 'contoso.com' })).toBeUndefined();
});
