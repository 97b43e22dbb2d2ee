import { describe } from 'vitest';
import { connect } from '../azure/account';
import { accountContract } from '../azure/account-contract.fixture';
import { importKey } from '../azure/credentials/shared-key';
import type { Connection } from '../azure/protocol/connection';
import type { Wire } from '../azure/wire/transport';
import { createClock } from './clock';
import { SANDBOX } from './sandbox-account';
import { createSandbox } from './service';

// The clock runs: the suite is the one that Azurite passes, and knows of no other time than the device's.
const clock = createClock();
const wire: Wire = { fetch: createSandbox({ clock }).fetch, signingTime: () => clock.now() };
const connection: Connection = {
  account: SANDBOX.account,
  endpoint: SANDBOX.endpoint,
  secondaryEndpoint: SANDBOX.secondaryEndpoint,
  credential: { kind: 'key', key: await importKey(SANDBOX.key) },
};

// The rule that Azurite needs to let a page in. The suite looks for it; the sandbox lets this page in without one.
await connect(connection, wire).setServiceProperties({
  cors: [
    {
      allowedOrigins: ['*'],
      allowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'],
      allowedHeaders: ['*'],
      exposedHeaders: ['*'],
      maxAge: 7200,
    },
  ],
});

describe('the sandbox', () => {
  accountContract({ connection, wire, cutsCharacters: false });
});
