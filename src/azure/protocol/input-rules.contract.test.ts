import { describe, expect, test } from 'vitest';
import { connect } from '../account';
import { parseConnectionInput } from '../connection-input/parse-connection-input';
import { importKey } from '../credentials/shared-key';
import { EMULATOR } from './emulator';
import { MAX_TEXT_BYTES } from './limits';
import type { Account } from './model';

const NOW = Date.UTC(2026, 0, 2);
const KEY = EMULATOR.key;
const SAS = 'sv=2025-11-05&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&sig=c2lnbmF0dXJl';

const NAME_RULE = 'An account name has 3 to 24 lower-case letters and digits.';
const NOT_BASE64 = 'The account key is not Base64.';

describe('a pasted text', () => {
  const rows: [pasted: string, field: string, message: string][] = [
    [
      'hello world',
      'text',
      'This is not a connection string, a shared access signature URL, an account name or an endpoint.',
    ],
    ['{}', 'text', 'This is not a connection string, a shared access signature URL, an account name or an endpoint.'],
    [KEY, 'accountName', 'The account name is missing, and the address does not tell it.'],
    [`?${SAS}`, 'accountName', 'The account name is missing, and the address does not tell it.'],
    ['ab', 'accountName', NAME_RULE],
    ['Harborlane', 'accountName', NAME_RULE],
    ['harbor-lane', 'accountName', NAME_RULE],
    ['a'.repeat(25), 'accountName', NAME_RULE],
    [`AccountName=Harborlane;AccountKey=${KEY}`, 'accountName', NAME_RULE],
    [`AccountKey=${KEY}`, 'accountName', 'The account name is missing, and the address does not tell it.'],
    [
      `QueueEndpoint=https://queues.example.com;AccountKey=${KEY}`,
      'accountName',
      'The account name is missing, and the address does not tell it.',
    ],
    [
      `AccountName=one;QueueEndpoint=http://127.0.0.1:10001/two;AccountKey=${KEY}`,
      'accountName',
      'AccountName and the account in QueueEndpoint are not the same.',
    ],
    ['AccountName=harborlane', 'accountKey', 'The connection string has neither AccountKey nor SharedAccessSignature.'],
    [
      'AccountName=harborlane;AccountKey=',
      'accountKey',
      'AccountKey has no value here: the key was left out, or is masked.',
    ],
    ['AccountName=harborlane;AccountKey=hunter2', 'accountKey', NOT_BASE64],
    [
      `AccountName=harborlane;AccountKey=${KEY.slice(0, -1)}`,
      'accountKey',
      'The == at the end of the key was not whole, and is put back.',
    ],
    [
      `AccountName=harborlane;AccountKey=${encodeURIComponent(KEY)}`,
      'accountKey',
      'The key was percent-encoded, and is decoded.',
    ],
    [
      `AccountName=harborlane;AccountKey=${KEY.slice(0, 44)}`,
      'accountKey',
      'An account key has 64 bytes. This one has 33, so a part may be missing.',
    ],
    [
      `DefaultEndpointsProtocol=ftp;AccountName=harborlane;AccountKey=${KEY}`,
      'endpoint',
      'DefaultEndpointsProtocol is http or https.',
    ],
    [
      `AccountName=harborlane;AccountKey=${KEY};QueueEndpoint=ftp://x`,
      'endpoint',
      'QueueEndpoint is an address that starts with http:// or https://.',
    ],
    [
      `AccountName=harborlane;AccountKey=${KEY};QueueEndpoint=https://q.example.com;QueueSecondaryEndpoint=x`,
      'secondaryEndpoint',
      'QueueSecondaryEndpoint is an address that starts with http:// or https://.',
    ],
    [
      `AccountName=harborlane;AccountKey=${KEY};SharedAccessSignature=${SAS}`,
      'sas',
      'Both a key and a shared access signature are here. The signature is used, as it allows less.',
    ],
    [
      `AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net/orders?x`,
      'endpoint',
      'EndpointSuffix is a domain such as core.windows.net.',
    ],
    [
      `AccountName=harborlane;AccountKey=${KEY};QueueEndpoint=https://q.example.com;QueueSecondaryEndpoint=https://[`,
      'secondaryEndpoint',
      'QueueSecondaryEndpoint is an address that starts with http:// or https://.',
    ],
    [
      `AccountName=harborlane;AccountKey=${KEY};QueueEndpoint=http://127.0.0.1:99999/harborlane`,
      'endpoint',
      'QueueEndpoint is an address that starts with http:// or https://.',
    ],
    [
      'BlobEndpoint=https://harborlane.blob.core.windows.net;SharedAccessSignature=sv=2025-11-05&ss=b&sp=r&sig=eA%3D%3D',
      'endpoint',
      'This is the address of the blob service. The queue service of the same account is used.',
    ],
    [
      `https://harborlane.queue.core.windows.net/?${SAS}&st=2026-01-03T00:00:00Z`,
      'sas',
      'This SAS is not valid before 2026-01-03 at 00:00 UTC.',
    ],
    [
      'https://harborlane.queue.core.windows.net/?sv=2025-11-05&sig=',
      'sas',
      'A shared access signature has a sig part. This one has none.',
    ],
    ['AccountName=;AccountKey=;', 'accountName', 'The account name is missing, and the address does not tell it.'],
    [';;;', 'text', 'This is not a connection string, a shared access signature URL, an account name or an endpoint.'],
    [
      'ftp://harborlane.queue.core.windows.net',
      'endpoint',
      'An endpoint is an address that starts with http:// or https://.',
    ],
    ['http://', 'endpoint', 'An endpoint is an address that starts with http:// or https://.'],
    ['https://queues.example.com', 'accountName', 'The account name is missing, and the address does not tell it.'],
    [
      'https://harborlane.blob.core.windows.net',
      'endpoint',
      'This is the address of the blob service. The queue service of the same account is used.',
    ],
    [
      `https://harborlane.queue.core.windows.net/?${SAS.replace('ss=q', 'ss=b')}`,
      'sas',
      'This signature is not for queues: its services (ss) are "b", and q is not among them.',
    ],
    [
      'https://harborlane.blob.core.windows.net/photos?sv=2025-11-05&sr=c&sp=r&sig=eA%3D%3D',
      'sas',
      'This signature is for a blob, container or file, not for queues.',
    ],
    [
      `https://harborlane.queue.core.windows.net/?${SAS.replace('2099', '2020')}`,
      'sas',
      'This SAS expired on 2020-01-01 at 00:00 UTC.',
    ],
    [
      `http://127.0.0.1:10001/devstoreaccount1?${SAS}&spr=https`,
      'sas',
      'This signature is for https only (spr), and the endpoint is http.',
    ],
    [
      'AccountName=harborlane;SharedAccessSignature=sv=2025-11-05&sp=r',
      'sas',
      'A shared access signature has a sig part. This one has none.',
    ],
  ];

  test.each(rows)('%j is told its %s problem', (pasted, field, message) => {
    const { problems } = parseConnectionInput(pasted, NOW);
    expect(problems.map((problem) => [problem.field, problem.message])).toContainEqual([field, message]);
  });

  test.each(rows)('%j is never quoted where it may hold a secret', (pasted) => {
    const messages = JSON.stringify(parseConnectionInput(pasted, NOW).problems);
    for (const secret of [KEY, encodeURIComponent(KEY), KEY.slice(0, 20), 'c2lnbmF0dXJl', 'hunter2']) {
      expect(messages).not.toContain(secret);
    }
  });
});

const receipt = { id: 'x', receipt: 'y' };
const long = 'a'.repeat(MAX_TEXT_BYTES + 1);
const queue = (name: string) => (account: Account) => account.createQueue(name);
const metadata = (pairs: Record<string, string>) => (account: Account) => account.setQueueMetadata('orders', pairs);
const text = (body: string) => (account: Account) => account.sendMessage('orders', { text: body });
const timeToLive = (seconds: number) => (account: Account) =>
  account.sendMessage('orders', { text: '', timeToLive: seconds });
const TIME_TO_LIVE = 'The time to live is a whole number of seconds from 1 to 2,147,483,647, or never.';
const unsendable = (name: string, line: number, column: number) =>
  `${name} at line ${line}, column ${column} cannot be written in XML, which carries messages.`;
const asBase64 = (name: string, line: number, column: number) =>
  `${unsendable(name, line, column)} Send the text as Base64.`;

describe('an operation refuses before it sends', () => {
  const rows: [name: string, call: (account: Account) => Promise<unknown>, field: string, message: string][] = [
    ['an empty queue name', queue(''), 'queueName', 'A queue name has 3 to 63 characters.'],
    ['a queue name of 2 characters', queue('ab'), 'queueName', 'A queue name has 3 to 63 characters.'],
    ['a queue name of 64 characters', queue('a'.repeat(64)), 'queueName', 'A queue name has 3 to 63 characters.'],
    [
      'a queue name in capitals',
      queue('Orders'),
      'queueName',
      'A queue name has only lower-case letters a to z, digits and hyphens.',
    ],
    [
      'a queue name with an underscore',
      queue('my_orders'),
      'queueName',
      'A queue name has only lower-case letters a to z, digits and hyphens.',
    ],
    [
      'a queue name with a slash',
      queue('orders/messages'),
      'queueName',
      'A queue name has only lower-case letters a to z, digits and hyphens.',
    ],
    [
      'a queue name with the bar that Azurite lets through',
      queue('or|ders'),
      'queueName',
      'A queue name has only lower-case letters a to z, digits and hyphens.',
    ],
    [
      'a queue name with a line feed at its end',
      queue('orders\n'),
      'queueName',
      'A queue name has only lower-case letters a to z, digits and hyphens.',
    ],
    [
      'a queue name that starts with a hyphen',
      queue('-orders'),
      'queueName',
      'A queue name starts and ends with a letter or digit.',
    ],
    [
      'a queue name that ends with a hyphen',
      queue('orders-'),
      'queueName',
      'A queue name starts and ends with a letter or digit.',
    ],
    [
      'a queue name with two hyphens in a row',
      queue('my--orders'),
      'queueName',
      'A queue name has no two hyphens in a row.',
    ],
    [
      'an empty metadata name',
      metadata({ '': 'x' }),
      'metadata',
      'A metadata name has at least one character. "" breaks that rule.',
    ],
    [
      'a metadata name that starts with a digit',
      metadata({ '1a': 'x' }),
      'metadata',
      'A metadata name starts with a letter or an underscore. "1a" breaks that rule.',
    ],
    [
      'a metadata name with a hyphen',
      metadata({ 'a-b': 'x' }),
      'metadata',
      'A metadata name has only the letters a to z, digits and underscores. "a-b" breaks that rule.',
    ],
    [
      'a metadata name with a letter outside ASCII',
      metadata({ größe: 'x' }),
      'metadata',
      'A metadata name has only the letters a to z, digits and underscores. "größe" breaks that rule.',
    ],
    [
      'a metadata name twice but for case',
      metadata({ owner: 'x', Owner: 'y' }),
      'metadata',
      'Metadata names differ by more than case. "Owner" is there twice.',
    ],
    [
      'a metadata value outside ASCII',
      metadata({ owner: 'Jürgen' }),
      'metadata',
      'A metadata value has only printable ASCII characters. "owner" breaks that rule.',
    ],
    [
      'a metadata value with a line feed',
      metadata({ owner: 'a\nb' }),
      'metadata',
      'A metadata value has only printable ASCII characters. "owner" breaks that rule.',
    ],
    [
      'a metadata value with a space at its end',
      metadata({ owner: 'me ' }),
      'metadata',
      'A metadata value does not start or end with a space. "owner" breaks that rule.',
    ],
    [
      'a metadata value with two spaces in a row',
      metadata({ owner: 'a  b' }),
      'metadata',
      'A metadata value has no two spaces in a row. "owner" breaks that rule.',
    ],
    [
      '8,193 bytes of metadata',
      metadata({ a: 'x'.repeat(8192) }),
      'metadata',
      'Metadata has at most 8,192 bytes, names and values together. This has 8,193.',
    ],
    ['a text with U+0001', text('a\u0001'), 'text', asBase64('U+0001', 1, 2)],
    ['a text with NUL in its third line', text('a\r\nb\nc\u0000'), 'text', asBase64('U+0000', 3, 2)],
    ['a text with ESC', text('\u001B[31mred'), 'text', asBase64('U+001B', 1, 1)],
    ['a text with U+FFFE', text('\uFFFE'), 'text', asBase64('U+FFFE', 1, 1)],
    ['a text with U+FFFF', text('x\uFFFF'), 'text', asBase64('U+FFFF', 1, 2)],
    ['a text with the first half of an emoji', text('ok \uD83D'), 'text', unsendable('U+D83D', 1, 4)],
    ['a text with the second half of an emoji', text('\uDE00\r!'), 'text', unsendable('U+DE00', 1, 1)],
    [
      'a text of 65,537 bytes',
      text(long),
      'text',
      'The text has 65,537 bytes of UTF-8. A message holds at most 65,536.',
    ],
    [
      'a text of 65,538 bytes in 21,846 characters',
      text('€'.repeat(21_846)),
      'text',
      'The text has 65,538 bytes of UTF-8. A message holds at most 65,536.',
    ],
    [
      'an update with a text that cannot be sent',
      (account) => account.updateMessage('orders', receipt, { visibilityTimeout: 0, text: '\u0008' }),
      'text',
      asBase64('U+0008', 1, 1),
    ],
    ['a time to live of 0', timeToLive(0), 'timeToLive', TIME_TO_LIVE],
    ['a time to live of -1, which is never on the wire', timeToLive(-1), 'timeToLive', TIME_TO_LIVE],
    ['a time to live of half a second', timeToLive(0.5), 'timeToLive', TIME_TO_LIVE],
    ['a time to live that is no number', timeToLive(Number.NaN), 'timeToLive', TIME_TO_LIVE],
    ['a time to live over 2,147,483,647', timeToLive(2_147_483_648), 'timeToLive', TIME_TO_LIVE],
    [
      'a visibility delay below 0',
      (account) => account.sendMessage('orders', { text: '', visibilityDelay: -1 }),
      'visibilityDelay',
      'The visibility delay is a whole number of seconds from 0 to 604,800 (7 days).',
    ],
    [
      'a visibility delay over 7 days',
      (account) => account.sendMessage('orders', { text: '', visibilityDelay: 604_801, timeToLive: 'never' }),
      'visibilityDelay',
      'The visibility delay is a whole number of seconds from 0 to 604,800 (7 days).',
    ],
    [
      'a visibility delay as long as the time to live',
      (account) => account.sendMessage('orders', { text: '', visibilityDelay: 60, timeToLive: 60 }),
      'visibilityDelay',
      'The visibility delay must be shorter than the time to live.',
    ],
    [
      'a visibility delay as long as the default time to live',
      (account) => account.sendMessage('orders', { text: '', visibilityDelay: 604_800 }),
      'visibilityDelay',
      'The visibility delay must be shorter than the time to live.',
    ],
    [
      'a count of 0',
      (account) => account.receiveMessages('orders', { count: 0 }),
      'count',
      'The count is a whole number from 1 to 32.',
    ],
    [
      'a count of 33',
      (account) => account.peekMessages('orders', { count: 33 }),
      'count',
      'The count is a whole number from 1 to 32.',
    ],
    [
      'a visibility timeout of 0 in a receive',
      (account) => account.receiveMessages('orders', { visibilityTimeout: 0 }),
      'visibilityTimeout',
      'The visibility timeout is a whole number of seconds from 1 to 604,800 (7 days).',
    ],
    [
      'a visibility timeout over 7 days in an update',
      (account) => account.updateMessage('orders', receipt, { visibilityTimeout: 604_801 }),
      'visibilityTimeout',
      'The visibility timeout of an update is a whole number of seconds from 0 to 604,800 (7 days).',
    ],
    [
      'six access policies',
      (account) =>
        account.setAccessPolicies(
          'orders',
          Array.from({ length: 6 }, (_, i) => ({ id: `p${i}` })),
        ),
      'accessPolicies',
      'A queue has at most 5 stored access policies.',
    ],
    [
      'an access policy id twice',
      (account) => account.setAccessPolicies('orders', [{ id: 'a' }, { id: 'a' }]),
      'accessPolicies',
      'Each stored access policy has its own id.',
    ],
    [
      'an access policy id of 65 characters',
      (account) => account.setAccessPolicies('orders', [{ id: 'a'.repeat(65) }]),
      'accessPolicies',
      'The id of a stored access policy has 1 to 64 characters.',
    ],
    [
      'permissions out of order',
      (account) => account.setAccessPolicies('orders', [{ id: 'a', permissions: 'pr' }]),
      'accessPolicies',
      'Permissions are letters out of r, a, u, p, in that order.',
    ],
  ];

  test.each(rows)('%s', async (_, call, field, message) => {
    const sent: unknown[] = [];
    const account = connect(
      {
        account: EMULATOR.account,
        endpoint: EMULATOR.endpoint,
        credential: { kind: 'key', key: await importKey(KEY) },
      },
      { fetch: (input) => Promise.resolve(new Response(String(sent.push(input)))) },
    );
    await expect(call(account)).rejects.toMatchObject({ name: 'InvalidInputError', field, message });
    expect(sent).toEqual([]);
  });
});

describe('the rules let through what the service takes', () => {
  test.each(['abc', 'a1-b2-c3', '0'.repeat(63), 'orders-poison'])('the queue name %s', async (name) => {
    let sent = 0;
    const account = connect(
      { account: EMULATOR.account, endpoint: EMULATOR.endpoint, credential: { kind: 'sas', token: SAS } },
      { fetch: () => Promise.resolve(new Response(String(++sent), { status: 201 })) },
    );
    expect(await account.createQueue(name, { metadata: { _a1: '', A_b: 'x y', ab: '~' } })).toEqual({ created: true });
    expect(sent).toBe(1);
  });
});
