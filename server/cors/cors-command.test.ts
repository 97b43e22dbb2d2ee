import { PassThrough, Readable } from 'node:stream';
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  QueueServiceClient,
  StorageSharedKeyCredential,
} from '@azure/storage-queue';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EMULATOR } from '../../src/azure/protocol/emulator';
import { type Azurite, startAzurite } from '../local/azurite';
import { corsCommand } from './cors-command';

const ORIGIN = 'https://queuescope.example';
const complete = {
  allowedMethods: 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
  allowedHeaders: '*',
  exposedHeaders: '*',
  maxAgeInSeconds: 7200,
};
const shop = { ...complete, allowedOrigins: 'https://shop.example', allowedMethods: 'GET', maxAgeInSeconds: 60 };

const { account: ACCOUNT, key: KEY } = EMULATOR;

let azurite: Azurite;
let official: QueueServiceClient;
let secret: string;

beforeAll(async () => {
  azurite = await startAzurite();
  official = new QueueServiceClient(azurite.url, new StorageSharedKeyCredential(ACCOUNT, KEY));
  secret = `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};QueueEndpoint=${azurite.url};`;
});
afterAll(() => azurite.stop());
beforeEach(() => official.setProperties({ cors: [shop] }));

const rules = async () => (await official.getProperties()).cors ?? [];

/** `typed` is what a person answers. */
type Given = { stdin?: string; env?: NodeJS.ProcessEnv; typed?: string };

async function run(
  args: string[],
  { stdin = '', env = { AZURE_STORAGE_CONNECTION_STRING: secret }, typed }: Given = {},
) {
  const stdout = new PassThrough();
  let said = '';
  stdout.on('data', (chunk) => (said += String(chunk)));
  const input = Object.assign(Readable.from([typed === undefined ? stdin : `${typed}\n`]), {
    isTTY: typed !== undefined,
  });
  let refusal = '';
  try {
    await corsCommand(args, { stdin: input, stdout, env });
  } catch (error) {
    refusal = error instanceof Error ? error.message : String(error);
  }
  expect(said + refusal).not.toContain(KEY.slice(0, 20));
  return { said, refusal };
}

describe('cors add', () => {
  test('adds one rule after the others, shows the difference, and keeps all else of the service', async () => {
    const minuteMetrics = {
      enabled: true,
      includeAPIs: true,
      version: '1.0',
      retentionPolicy: { enabled: true, days: 3 },
    };
    await official.setProperties({ minuteMetrics });

    const { said, refusal } = await run(['add', '--origin', ORIGIN, '--yes']);

    expect(refusal).toBe('');
    expect(said).toContain('  https://shop.example  methods GET');
    expect(said).toContain(
      `+ ${ORIGIN}  methods GET,HEAD,PUT,POST,DELETE,OPTIONS  headers *  exposes *  max age 7200 s`,
    );
    expect(said).toContain('Written and read back. The service lets the page in now.');
    expect(await rules()).toEqual([shop, { ...complete, allowedOrigins: ORIGIN }]);
    expect((await official.getProperties()).minuteMetrics).toEqual(minuteMetrics);
  });

  test('takes the connection string from standard input', async () => {
    const { refusal } = await run(['add', `--origin=${ORIGIN}/`, '--yes', '--connection-string-stdin'], {
      stdin: `"${secret}"\n`,
      env: {},
    });
    expect(refusal).toBe('');
    expect(await rules()).toHaveLength(2);
  });

  test('changes nothing the second time', async () => {
    await run(['add', '--origin', ORIGIN, '--yes']);
    const { said } = await run(['add', '--origin', ORIGIN, '--yes']);
    expect(said).toContain('Nothing to change.');
    expect(await rules()).toHaveLength(2);
  });

  test('asks in a terminal, and a no changes nothing', async () => {
    expect((await run(['add', '--origin', ORIGIN], { typed: 'n' })).said).toContain('Nothing was changed.');
    expect(await rules()).toEqual([shop]);
    expect((await run(['add', '--origin', ORIGIN], { typed: 'yes' })).said).toContain('Written and read back.');
    expect(await rules()).toHaveLength(2);
  });

  test('without a terminal and without --yes it shows the difference and refuses', async () => {
    const { said, refusal } = await run(['add', '--origin', ORIGIN]);
    expect(said).toContain(`+ ${ORIGIN}`);
    expect(refusal).toBe('There is no terminal to ask in: look at the difference, then add --yes.');
    expect(await rules()).toEqual([shop]);
  });

  test('a wrong key is refused in the words of the service, and the signature is not among them', async () => {
    const wrong = secret.replace(KEY, Buffer.alloc(64, 7).toString('base64'));
    const { refusal } = await run(['list'], { env: { AZURE_STORAGE_CONNECTION_STRING: wrong } });
    expect(refusal).toMatch(
      /^Azure refused the signature \(403 AuthenticationFailed\)\. The key is most likely not one of/,
    );
    expect(refusal).not.toMatch(/[A-Za-z0-9+/]{40}/);
  });

  test('a service that is not there is named', async () => {
    const gone = `AccountName=acc;AccountKey=${KEY};QueueEndpoint=http://127.0.0.1:2/acc`;
    const { refusal } = await run(['list'], { env: { AZURE_STORAGE_CONNECTION_STRING: gone } });
    expect(refusal).toBe(
      '127.0.0.1:2 does not answer (ECONNREFUSED). Nothing listens at that address. Start the emulator, or check the port.',
    );
  });
});

test('an account SAS for the service is enough, and its signature is not shown', async () => {
  const address = official.generateAccountSasUrl(
    new Date(Date.now() + 600_000),
    AccountSASPermissions.parse('rw'),
    AccountSASResourceTypes.parse('s').toString(),
  );
  const token = address.slice(address.indexOf('?'));
  const { said, refusal } = await run(['add', '--origin', ORIGIN, '--yes'], {
    env: { AZURE_STORAGE_CONNECTION_STRING: `QueueEndpoint=${azurite.url};SharedAccessSignature=${token}` },
  });

  expect(refusal).toBe('');
  expect(said).not.toContain('sig=');
  expect(await rules()).toHaveLength(2);
});

test.each([
  ['a name and a key', () => `${ACCOUNT} ${KEY} ${azurite.url}`],
  ['a settings file', () => JSON.stringify({ Values: { AzureWebJobsStorage: secret } }, null, 2)],
])('%s does as well as a connection string', async (_, text) => {
  const { said, refusal } = await run(['list', '--connection-string-stdin'], { stdin: text() });
  expect({ said: said.split('\n')[0], refusal }).toEqual({ said: `Queue service ${azurite.url}`, refusal: '' });
});

test('cors list shows the rules, and says when there are none', async () => {
  expect((await run(['list'])).said).toContain('https://shop.example  methods GET  headers *  exposes *  max age 60 s');
  await official.setProperties({ cors: [] });
  expect((await run(['list'])).said).toContain('No CORS rules.');
});

test('cors remove takes out one origin and leaves the others', async () => {
  await official.setProperties({ cors: [shop, { ...complete, allowedOrigins: `${ORIGIN},https://other.example` }] });

  const { said } = await run(['remove', '--origin', ORIGIN, '--yes']);

  expect(said).toContain(`- ${ORIGIN},https://other.example`);
  expect(await rules()).toEqual([shop, { ...complete, allowedOrigins: 'https://other.example' }]);
  expect((await run(['remove', '--origin', ORIGIN, '--yes'])).said).toContain(`No rule names ${ORIGIN}.`);
});

test('cors remove says so when no rule would be left', async () => {
  expect((await run(['remove', '--origin', 'https://shop.example'], { typed: 'n' })).said).toContain(
    'Write an empty list? [y/N]',
  );
  expect(await rules()).toEqual([shop]);
});

describe('a key on the command line', () => {
  test.each([
    ['--connection-string', `AccountName=a;AccountKey=${KEY}`],
    [`--account-key=${KEY}`],
    [`AccountName=a;AccountKey=${KEY}`],
  ])('is refused and not repeated: %#', async (...args) => {
    const { refusal } = await run(['add', '--origin', ORIGIN, ...args]);
    expect(refusal).toContain('can be read by other users');
  });

  test('is not repeated when it comes as anything else', async () => {
    const { refusal } = await run(['add', '--origin', ORIGIN, `--x=${KEY}`]);
    expect(refusal).toContain('queuescope cors add');
  });
});

test.each([
  [['add'], '--origin is missing'],
  [['add', '--origin', '*'], 'would let in every page'],
  [['add', '--origin', 'page.example'], 'takes scheme, host and port'],
  [['add', '--origin', 'https://page.example/path'], 'takes scheme, host and port'],
  [['frobnicate'], 'queuescope cors list'],
  [[], 'queuescope cors list'],
])('%j is refused: %s', async (args, words) => {
  expect((await run(args)).refusal).toContain(words);
});

test('without a connection string it says where one is taken from', async () => {
  expect((await run(['list'], { env: {} })).refusal).toContain('Set AZURE_STORAGE_CONNECTION_STRING');
  expect((await run(['list', '--connection-string-stdin'], { env: {} })).refusal).toContain(
    'holds no connection string',
  );
});
