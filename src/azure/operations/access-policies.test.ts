import { expect, test } from 'vitest';
import { connect } from '../account';
import { importKey } from '../credentials/shared-key';
import { EMULATOR } from '../protocol/emulator';
import { readPlainXml } from '../wire/xml';
import { inOrder } from './access-policies';

test.each([
  ['rpau', 'raup'],
  ['raup', 'raup'],
  ['pr', 'rp'],
  ['', ''],
  ['xpr', 'rpx'],
])('the letters %j of a policy are %j', (letters, ordered) => {
  expect(inOrder(letters)).toBe(ordered);
});

test('letters that the service gives in another order are the same policy, and are sent back in the order that it takes', async () => {
  const bodies: string[] = [];
  const answers = [
    new Response(
      '<SignedIdentifiers><SignedIdentifier><Id>one</Id><AccessPolicy><Permission>rpau</Permission></AccessPolicy></SignedIdentifier><SignedIdentifier><Id>bare</Id></SignedIdentifier></SignedIdentifiers>',
    ),
    new Response(null, { status: 204 }),
  ];
  const account = connect(
    {
      account: 'contosoq',
      endpoint: 'https://contosoq.queue.core.windows.net',
      credential: { kind: 'key', key: await importKey(EMULATOR.key) },
    },
    {
      readXml: readPlainXml,
      fetch: async (_, init) => {
        bodies.push(new TextDecoder().decode(init?.body as Uint8Array | undefined));
        return answers.shift() ?? Response.error();
      },
    },
  );
  const policies = await account.getAccessPolicies('orders');
  expect(policies).toEqual([{ id: 'one', permissions: 'raup' }, { id: 'bare' }]);
  await account.setAccessPolicies('orders', policies);
  expect(bodies.at(-1)).toContain('<Permission>raup</Permission>');
});
