import { expect, test } from 'vitest';
import { connect } from '../account';
import { makeUserDelegationSas } from '../credentials/sas-generate';
import type { Exchange } from '../protocol/exchange';

const VALUE = 'bWFkZS11cCB1c2VyIGRlbGVnYXRpb24ga2V5IDMyIGI=';
const ANSWER = `<?xml version="1.0" encoding="utf-8"?><UserDelegationKey><SignedOid>oid</SignedOid><SignedTid>tid</SignedTid><SignedStart>2026-01-01T00:00:00Z</SignedStart><SignedExpiry>2026-01-07T00:00:00Z</SignedExpiry><SignedService>q</SignedService><SignedVersion>2025-07-05</SignedVersion><Value>${VALUE}</Value></UserDelegationKey>`;

test('a key is asked for with a version that knows it, signs, and is kept out of the wire log', async () => {
  const requests: Request[] = [];
  const exchanges: Exchange[] = [];
  const account = connect(
    {
      account: 'contosoq',
      endpoint: 'https://contosoq.queue.core.windows.net',
      credential: { kind: 'token', getToken: async () => 'the.access.token' },
    },
    {
      fetch: async (input, init) => {
        requests.push(new Request(input, init));
        return new Response(ANSWER);
      },
      observe: (exchange) => exchanges.push(exchange),
    },
  );

  const key = await account.getUserDelegationKey({
    startsAt: new Date('2026-01-01T00:00:00.000Z'),
    expiresAt: new Date('2026-01-07T00:00:00.000Z'),
  });

  const [request] = requests;
  expect(request?.url).toBe('https://contosoq.queue.core.windows.net/?restype=service&comp=userdelegationkey');
  expect(request?.method).toBe('POST');
  expect(request?.headers.get('x-ms-version')).toBe('2025-07-05');
  expect(await request?.text()).toContain(
    '<KeyInfo><Start>2026-01-01T00:00:00Z</Start><Expiry>2026-01-07T00:00:00Z</Expiry></KeyInfo>',
  );
  expect(key).toMatchObject({ signedObjectId: 'oid', signedTenantId: 'tid', signedService: 'q' });
  expect(new TextDecoder().decode(key.value)).toBe('made-up user delegation key 32 b');
  const fields = { sv: '2025-07-05', sp: 'r', se: '2026-01-06T00:00:00Z' };
  expect(await makeUserDelegationSas(key, 'contosoq', 'orders', fields)).toMatch(/sr=q.*sig=.*skoid=oid/);

  expect(exchanges.at(-1)?.response?.body).toContain('<SignedService>q</SignedService>');
  expect(JSON.stringify(exchanges)).not.toContain(VALUE);
});
