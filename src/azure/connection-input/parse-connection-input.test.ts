import { describe, expect, test } from 'vitest';
import { accountId } from '../protocol/connection';
import { EMULATOR } from '../protocol/emulator';
import { toConnection } from './build-connection';
import { parseConnectionInput } from './parse-connection-input';
import { kindText, type ParsedConnection } from './parsed-connection';

const KEY = EMULATOR.key;
const PUBLIC = {
  account: 'harborlane',
  endpoint: 'https://harborlane.queue.core.windows.net',
  secondaryEndpoint: 'https://harborlane-secondary.queue.core.windows.net',
  problems: [],
};
const LOCAL = {
  account: EMULATOR.account,
  endpoint: EMULATOR.endpoint,
  secondaryEndpoint: `${EMULATOR.endpoint}-secondary`,
  problems: [],
};
const SAS =
  'sv=2025-11-05&ss=q&srt=sco&sp=rl&se=2099-01-01T00%3A00%3A00Z&sig=a%2Bb%2FcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D';

describe('a connection string with a key is recognised', () => {
  const plain = `DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net`;
  test.each([
    ['as the portal gives it', plain],
    ['with a semicolon at its end', `${plain};`],
    ['in another order', `AccountKey=${KEY};AccountName=harborlane`],
    ['in another case, with blanks', `  accountname = harborlane ; ACCOUNTKEY = ${KEY} `],
    ['in quotes', `"${plain}"`],
    ['in quotes, with a line break', `"${plain.replace(';Endpoint', ';\n  Endpoint')};"`],
    ['with a quoted value', `AccountName="harborlane";AccountKey='${KEY}'`],
    ['as a setting', `AzureWebJobsStorage=${plain}`],
    ['as an exported variable', `export AZURE_STORAGE_CONNECTION_STRING="${plain}"`],
    ['as a line of JSON', `"AzureWebJobsStorage": "${plain}",`],
    ['cut by line breaks', `${plain.slice(0, 70)}\r\n  ${plain.slice(70)}`],
    ['with characters that nobody sees', `\u200b${plain.replaceAll(';', ';\u200b')}\u200b`],
    ['with dots around its suffix', `AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=.core.windows.net/`],
    ['with one field a line', `AccountName=harborlane\nAccountKey=${KEY}\n`],
    ['with the endpoints of other services', `${plain};BlobEndpoint=https://x.blob.core.windows.net/`],
    [
      'with its own endpoint',
      `AccountName=harborlane;AccountKey=${KEY};QueueEndpoint=https://harborlane.queue.core.windows.net/`,
    ],
  ])('%s', (_, text) => {
    expect(parseConnectionInput(text)).toEqual({ kind: 'key', from: 'connectionString', key: KEY, ...PUBLIC });
  });

  test('for another cloud', () => {
    expect(
      parseConnectionInput(`AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.chinacloudapi.cn`),
    ).toMatchObject({
      endpoint: 'https://harborlane.queue.core.chinacloudapi.cn',
      secondaryEndpoint: 'https://harborlane-secondary.queue.core.chinacloudapi.cn',
    });
  });

  test('for another cloud, in quotes and with a line break', () => {
    const text = `"AccountKey=${KEY};AccountName=harborlane;\n EndpointSuffix=core.chinacloudapi.cn;"`;
    expect(parseConnectionInput(text)).toMatchObject({ endpoint: 'https://harborlane.queue.core.chinacloudapi.cn' });
  });

  test('for a custom domain, which tells no secondary', () => {
    expect(
      parseConnectionInput(`AccountName=harborlane;AccountKey=${KEY};QueueEndpoint=https://queues.example.com/`),
    ).toEqual({
      kind: 'key',
      from: 'connectionString',
      key: KEY,
      account: 'harborlane',
      endpoint: 'https://queues.example.com',
      problems: [],
    });
  });

  test('with a secondary of its own', () => {
    const text = `AccountName=harborlane;AccountKey=${KEY};QueueEndpoint=https://q.example.com;QueueSecondaryEndpoint=https://q2.example.com/`;
    expect(parseConnectionInput(text)).toMatchObject({ secondaryEndpoint: 'https://q2.example.com' });
  });
});

describe('the emulator is recognised', () => {
  const emulator = `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${KEY}`;

  test.each(['UseDevelopmentStorage=true', 'usedevelopmentstorage=TRUE;'])('by its short form %s', (text) => {
    expect(parseConnectionInput(text)).toEqual({ kind: 'key', from: 'developmentStorage', key: KEY, ...LOCAL });
  });

  test('behind a proxy address', () => {
    const text = 'UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://192.168.1.5';
    expect(parseConnectionInput(text)).toMatchObject({ endpoint: 'http://192.168.1.5:10001/devstoreaccount1' });
  });

  test.each([
    ['http://127.0.0.1:10001/devstoreaccount1;', EMULATOR.endpoint],
    ['http://127.0.0.1:10001', EMULATOR.endpoint],
    ['http://localhost:54321/devstoreaccount1/', 'http://localhost:54321/devstoreaccount1'],
    ['http://azurite:10001/devstoreaccount1', 'http://azurite:10001/devstoreaccount1'],
    ['http://host.docker.internal:9000/devstoreaccount1', 'http://host.docker.internal:9000/devstoreaccount1'],
    ['http://[::1]:10001/devstoreaccount1', 'http://[::1]:10001/devstoreaccount1'],
    ['http://devstoreaccount1.queue.localhost:10001/', 'http://devstoreaccount1.queue.localhost:10001'],
  ])('at %s', (address, endpoint) => {
    expect(parseConnectionInput(`${emulator};QueueEndpoint=${address}`)).toMatchObject({
      kind: 'key',
      account: 'devstoreaccount1',
      endpoint,
      problems: [],
    });
  });
});

describe('a shared access signature is recognised', () => {
  test('in a connection string', () => {
    const text = `QueueEndpoint=https://harborlane.queue.core.windows.net/;SharedAccessSignature=?${SAS}`;
    expect(parseConnectionInput(text)).toMatchObject({ kind: 'sas', from: 'connectionString', token: SAS, ...PUBLIC });
  });

  test('in a connection string by account name', () => {
    expect(parseConnectionInput(`AccountName=harborlane;SharedAccessSignature=${SAS}`)).toMatchObject({
      kind: 'sas',
      token: SAS,
      ...PUBLIC,
    });
  });

  test('in an address, with what it says about itself but its signature', () => {
    expect(parseConnectionInput(`https://harborlane.queue.core.windows.net/?${SAS}`)).toEqual({
      kind: 'sas',
      from: 'url',
      token: SAS,
      sas: {
        permissions: 'rl',
        expiresAt: new Date('2099-01-01'),
        fields: { sv: '2025-11-05', ss: 'q', srt: 'sco', sp: 'rl', se: '2099-01-01T00:00:00Z' },
        signed: true,
      },
      ...PUBLIC,
    });
  });

  test.each([
    ['https://harborlane.queue.core.windows.net/orders', PUBLIC.endpoint],
    ['http://127.0.0.1:10001/devstoreaccount1/orders', EMULATOR.endpoint],
    ['https://harborlane.z07.queue.storage.azure.net/orders', 'https://harborlane.z07.queue.storage.azure.net'],
  ])('for one queue, at %s', (address, endpoint) => {
    expect(parseConnectionInput(`${address}?sv=2025-11-05&sp=raup&sig=eA%3D%3D`)).toMatchObject({
      kind: 'sas',
      queue: 'orders',
      endpoint,
    });
  });

  test('when its signature was pasted without encoding', () => {
    expect(
      parseConnectionInput(
        'https://harborlane.queue.core.windows.net/?sv=2025-11-05&ss=q&sig=a+b/cAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
      ),
    ).toMatchObject({
      token: 'sv=2025-11-05&ss=q&sig=a%2Bb%2FcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D',
    });
  });
});

describe('what needs a key from elsewhere is recognised', () => {
  test('an account name', () => {
    expect(parseConnectionInput(' harborlane\n')).toEqual({ kind: 'account', ...PUBLIC });
  });

  test.each(['https://harborlane.queue.core.windows.net/', 'harborlane.queue.core.windows.net'])(
    'the endpoint %s',
    (text) => {
      expect(parseConnectionInput(text)).toEqual({ kind: 'endpoint', ...PUBLIC });
    },
  );

  test('a local endpoint without its scheme', () => {
    expect(parseConnectionInput('127.0.0.1:10001/devstoreaccount1')).toEqual({ kind: 'endpoint', ...LOCAL });
  });

  test('and nothing in a blank text', () => {
    expect(parseConnectionInput(' \n')).toEqual({ kind: 'nothing', problems: [] });
  });
});

test.each([
  [`AccountName=harborlane;AccountKey=${KEY}`, 'Connection string', 'a connection string with account key'],
  ['UseDevelopmentStorage=true', 'Local emulator', 'the local emulator'],
  [
    `AccountName=harborlane;SharedAccessSignature=${SAS}`,
    'Connection string',
    'a connection string with shared access signature',
  ],
  [`https://harborlane.queue.core.windows.net/?${SAS}`, 'SAS URL', 'a shared access signature URL'],
  ['harborlane', 'Account name', 'an account name'],
  ['https://harborlane.queue.core.windows.net', 'Queue endpoint', 'a queue endpoint'],
])('says what it recognised', (text, badge, spoken) => {
  expect(kindText(parseConnectionInput(text) as ParsedConnection)).toEqual({ badge, spoken });
});

describe('a connection is made', () => {
  test('with a key that cannot be read back', async () => {
    const connection = await toConnection(parseConnectionInput(`AccountName=harborlane;AccountKey=${KEY}`));
    expect(connection).toMatchObject({
      account: 'harborlane',
      endpoint: PUBLIC.endpoint,
      secondaryEndpoint: PUBLIC.secondaryEndpoint,
    });
    expect(connection.credential).toMatchObject({ kind: 'key', key: { extractable: false } });
    expect(JSON.stringify(connection)).not.toContain(KEY);
  });

  test('with a signature', async () => {
    const connection = await toConnection(parseConnectionInput(`https://harborlane.queue.core.windows.net/?${SAS}`));
    expect(connection.credential).toEqual({ kind: 'sas', token: SAS });
  });

  test('from a name and a key given beside it', async () => {
    expect(await toConnection(parseConnectionInput('harborlane'), { key: KEY })).toMatchObject({
      account: 'harborlane',
    });
  });

  test('from a custom domain and an account name given beside it', async () => {
    const input = parseConnectionInput('https://queues.example.com');
    expect(await toConnection(input, { account: 'harborlane', key: KEY })).toMatchObject({
      account: 'harborlane',
      endpoint: 'https://queues.example.com',
    });
  });

  test('from a signature alone and what it is for given beside it', async () => {
    const input = parseConnectionInput(`?${SAS.replace('ss=q&srt=sco&sp=rl', 'sp=r')}`);
    expect(await toConnection(input, { account: 'harborlane', queue: 'orders' })).toMatchObject({
      account: 'harborlane',
      endpoint: PUBLIC.endpoint,
      queue: 'orders',
    });
    const abroad = { account: 'https://harborlane.queue.core.chinacloudapi.cn/', queue: 'orders' };
    expect(await toConnection(input, abroad)).toMatchObject({
      account: 'harborlane',
      endpoint: 'https://harborlane.queue.core.chinacloudapi.cn',
    });
    await expect(toConnection(input, { account: 'harborlane' })).rejects.toThrow('This signature is for one queue');
    await expect(toConnection(input, { account: 'harborlane', queue: 'Orders' })).rejects.toThrow('A queue name');
  });

  test('for one queue only when the signature is', async () => {
    const address = 'https://harborlane.queue.core.windows.net/orders';
    expect(await toConnection(parseConnectionInput(`${address}?${SAS}`))).not.toHaveProperty('queue');
    const alone = parseConnectionInput(`${address}?${SAS.replace('sp=rl', 'sp=rp')}`);
    expect(await toConnection(alone)).toMatchObject({ queue: 'orders' });
  });

  test('of a key alone and an account name given beside it', async () => {
    expect(await toConnection(parseConnectionInput(KEY), { account: 'harborlane' })).toMatchObject({
      account: 'harborlane',
      endpoint: PUBLIC.endpoint,
    });
  });

  test('from the address of an emulator and an account name given beside it, which belongs to the address', async () => {
    const input = parseConnectionInput('localhost:10001');
    expect(await toConnection(input, { account: 'harborlane', key: KEY })).toMatchObject({
      account: 'harborlane',
      endpoint: 'http://localhost:10001/harborlane',
    });
  });

  test.each([
    ['', {}, 'Paste a connection string first.'],
    [
      'what is this',
      {},
      'This is not a connection string, a shared access signature URL, an account name or an endpoint.',
    ],
    ['harborlane', {}, 'The account key is empty.'],
    ['harborlane', { key: 'hunter2' }, 'The account key is not Base64.'],
    ['https://queues.example.com', { key: KEY }, 'An account name has 3 to 24 lower-case letters and digits.'],
    ['AccountName=harborlane;AccountKey=hunter2', {}, 'The account key is not Base64.'],
  ])('never from %j with %j', async (text, given, message) => {
    await expect(toConnection(parseConnectionInput(text), given)).rejects.toMatchObject({
      name: 'InvalidInputError',
      message,
    });
  });
});

test('a connection for one queue is another than that of its account', () => {
  const endpoint = PUBLIC.endpoint;
  expect(accountId({ account: 'harborlane', endpoint, queue: 'orders' })).toBe('harborlane:orders');
});

test.each([
  ['harborlane', 'https://harborlane.queue.core.windows.net', 'harborlane'],
  ['harborlane', 'http://harborlane.queue.core.windows.net', 'harborlane@harborlane.queue.core.windows.net'],
  ['harborlane', 'https://harborlane.queue.core.chinacloudapi.cn', 'harborlane@harborlane.queue.core.chinacloudapi.cn'],
  ['devstoreaccount1', 'http://127.0.0.1:10001/devstoreaccount1', 'devstoreaccount1@127.0.0.1:10001'],
  ['harborlane', 'https://queues.example.com', 'harborlane@queues.example.com'],
])('%s at %s has the id %s', (account, endpoint, id) => {
  expect(accountId({ account, endpoint })).toBe(id);
});
