import { expect, test } from 'vitest';
import { signInAppIn } from './app-registration';

const clientId = '11111111-2222-3333-4444-555555555555';

test.each([
  [{ clientId }, { clientId, tenant: 'organizations', authority: 'https://login.microsoftonline.com' }],
  [
    { clientId, tenant: 'contoso.com', cloud: 'usGovernment' },
    { clientId, tenant: 'contoso.com', authority: 'https://login.microsoftonline.us' },
  ],
  [
    { clientId, cloud: 'china' },
    { clientId, tenant: 'organizations', authority: 'https://login.chinacloudapi.cn' },
  ],
  [
    { clientId, authority: 'https://login.example/any/path' },
    { clientId, tenant: 'organizations', authority: 'https://login.example' },
  ],
  [
    { clientId, tenant: '../evil', authority: 'http://login.example' },
    { clientId, tenant: 'organizations', authority: 'https://login.microsoftonline.com' },
  ],
])('a deployer’s settings %j name the app', (signIn, app) => expect(signInAppIn({ signIn })).toEqual(app));

test.each([undefined, null, 'x', {}, { signIn: null }, { signIn: { clientId: 7 } }, { signIn: { clientId: 'a/b' } }])(
  'settings %j name none',
  (settings) => expect(signInAppIn(settings)).toBeUndefined(),
);
