import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { accessToken } from '../../e2e/access-tokens.ts';
import { emulatorAt, openAccount } from '../../server/account/open-account.ts';
import { ROOT } from '../../server/command.mjs';
import { startAzurite } from '../../server/local/azurite.ts';
import { makeAccountSas } from '../../src/azure/credentials/sas-generate.ts';
import { importKey } from '../../src/azure/credentials/shared-key.ts';
import { textProblem } from '../../src/azure/protocol/message-text.ts';
import { bodyOf } from '../../src/azure/wire/signed-request.ts';
import { callOf, fileNameOf, isFromFile, wireTextOf } from '../../src/samples/calls.ts';
import { doubleQuoted } from '../../src/samples/literals.ts';
import { AZURE, LOCAL, OPERATIONS } from '../../src/samples/operations.fixture.ts';
import { sampleOf } from '../../src/samples/sample.ts';
import { ACCOUNT, KEY } from '../testing/emulator.ts';

// The samples of curl and JavaScript, run against Azurite as people run them, with a real credential in the environment.
// Each is compared with the same operation by the page's own client.

/** @typedef {import('../../src/samples/operation.ts').Operation} Operation */
/** @typedef {import('../../src/azure/protocol/model.ts').Account} Account */

vi.setConfig({ testTimeout: 30_000 });

const run = promisify(execFile);
/** Programs that samples of curl call and that are not here: without one of them those are not run. */
const missing = ['bash', 'curl', 'openssl', 'od'].filter((name) => spawnSync(name, ['--version']).error);
/** In node_modules, from where programs find the SDK, and Vitest leaves them as they are. */
const programs = join(ROOT, 'node_modules', '.cache', `samples-${process.pid}`);
const folder = mkdtempSync(join(tmpdir(), 'samples-'));

/** @type {Awaited<ReturnType<typeof startAzurite>>} */
let azurite;
/** @type {Account} */
let account;
/** @type {Record<string, string>} */
let credentials = {};
let made = 0;

beforeAll(async () => {
  mkdirSync(programs, { recursive: true });
  azurite = await startAzurite();
  account = openAccount(await emulatorAt(azurite.url));
  credentials = {
    SAS_TOKEN: await makeAccountSas(await importKey(KEY), ACCOUNT, {
      sv: '2024-11-04',
      ss: 'q',
      srt: 'sco',
      sp: 'rwdlacup',
      se: '2099-01-01T00:00:00Z',
      spr: 'https,http',
    }),
    ACCOUNT_KEY: KEY,
    AZURE_STORAGE_KEY: KEY,
    AZURE_STORAGE_CONNECTION_STRING: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};QueueEndpoint=${azurite.url};`,
  };
  Object.assign(process.env, credentials);
});

afterAll(async () => {
  for (const name of Object.keys(credentials)) Reflect.deleteProperty(process.env, name);
  rmSync(programs, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  await azurite.stop();
});

/** @param {Operation} operation */
function writeFiles(operation) {
  if (!('body' in operation) || operation.body === undefined || !isFromFile(operation.body)) return;
  writeFileSync(join(folder, 'message.xml'), bodyOf(callOf(operation)) ?? '');
  const { body } = operation;
  if (body.kind === 'text' && typeof body.text === 'string') writeFileSync(join(folder, fileNameOf(body)), body.text);
}

const where = () => ({ endpoint: azurite.url, accountName: ACCOUNT });

/** @param {Operation} operation */
async function runModule(operation) {
  writeFiles(operation);
  const file = join(programs, `${made++}.mjs`);
  writeFileSync(file, sampleOf('javascript', operation, where()));
  const printed = /** @type {string[]} */ ([]);
  const { log } = console;
  const before = process.cwd();
  console.log = (...words) =>
    printed.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
  process.chdir(folder);
  try {
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    process.chdir(before);
    console.log = log;
  }
  return printed.join('\n');
}

/** Runs samples one after the other; what they printed. */
const RUNNERS = {
  /** @param {readonly Operation[]} operations */
  async curl(...operations) {
    operations.forEach(writeFiles);
    const samples = operations.map((operation) => sampleOf('curl', operation, where()));
    const silent = 'curl() { command curl --silent --show-error --fail-with-body "$@"; }';
    const { stdout } = await run('bash', ['--noprofile', '--norc', '-e', '-c', [silent, ...samples].join('\n')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...credentials },
    });
    return stdout;
  },
  /** @param {readonly Operation[]} operations */
  async javascript(...operations) {
    const printed = [];
    for (const operation of operations) printed.push(await runModule(operation));
    return printed.join('\n');
  },
};
let queues = 0;
/** A new queue with these messages. @param {readonly string[]} texts */
async function queueWith(...texts) {
  const queue = `samples-${queues++}`;
  await account.createQueue(queue);
  for (const text of texts) await account.sendMessage(queue, { text });
  return queue;
}

/** What a queue holds, as far as two queues can be alike. @param {string} queue */
async function stateOf(queue) {
  const messages = await account.peekMessages(queue);
  return {
    ...(await account.getQueueProperties(queue)),
    messages: messages.map(({ text, dequeueCount, insertedAt, expiresAt }) => ({
      text,
      dequeueCount,
      lives: expiresAt && (expiresAt.getTime() - insertedAt.getTime()) / 1000,
    })),
  };
}

/** @param {string} text @param {'text' | 'base64'} [encoding] */
const body = (text, encoding = 'text') => ({ kind: /** @type {const} */ ('text'), text, encoding });

const HOSTILE = [
  '$(touch owned) `touch owned` $HOME ~ * !! \\ \\n %s',
  `it's "quoted" 'twice' “as” ‘typographers’ do`,
  '<a>&amp;&lt;]]></a>',
  'line\nend\r\nand\rreturn\ttab',
  '\n\n first and last are line ends \n',
  '  spaces at both ends  ',
  '@message.xml',
  '-X DELETE',
  'ümläut 日本 🎉 \u2028\u2029\u00a0\u202e\ufeff',
  '{"a":[1,"${b}"],"c":"#{d}"}',
  '#!/bin/sh',
];

const LONG = `{"long":"${'it\'s "x" <&> ü🎉\\n '.repeat(30)}",\r\n"line":1}\n`;

test.runIf(missing.length > 0)(`samples of curl are not run here: without ${missing.join()}`, () => {
  expect(missing).not.toEqual([]);
});

/** @type {readonly ('curl' | 'javascript')[]} */
const RUN = missing.length > 0 ? ['javascript'] : ['curl', 'javascript'];

describe.each(RUN)('a sample of %s', (language) => {
  const sample = RUNNERS[language];

  test.each([...HOSTILE, LONG])('adds the text %j as the page does', async (text) => {
    const [byPage, bySample] = [await queueWith(), await queueWith()];
    const bodies = [body(text), body(text, 'base64')];
    for (const one of bodies) await account.sendMessage(byPage, { text: wireTextOf(one), timeToLive: 90 });
    for (const one of bodies) await sample({ name: 'Put Message', queue: bySample, body: one, timeToLive: 90 });
    expect((await stateOf(bySample)).messages).toEqual((await stateOf(byPage)).messages);
  });

  test('adds any text that the page can send', async () => {
    const unit = fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '\\',
        '\n',
        '\r',
        '$',
        '`',
        '!',
        '&',
        '<',
        '>',
        '%',
        '#',
        '\t',
        ' ',
        '=',
        '@',
        '{',
        '}',
        '\u2028',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    const texts = fc.string({ unit, maxLength: 30 }).filter((text) => textProblem(text) === undefined && text !== '');
    const many = fc.array(fc.record({ text: texts, encoding: fc.constantFrom('text', 'base64') }), {
      minLength: 8,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(many, async (all) => {
        const queue = await queueWith();
        const bodies = all.map(({ text, encoding }) => body(text, encoding));
        await sample(...bodies.map((one) => ({ name: /** @type {const} */ ('Put Message'), queue, body: one })));
        expect((await account.peekMessages(queue)).map((one) => one.text)).toEqual(bodies.map(wireTextOf));
      }),
      { numRuns: 3 },
    );
  });

  test('adds a message that is hidden, and one that lives for ever', async () => {
    const queue = await queueWith();
    await sample({ name: 'Put Message', queue, body: body('a'), timeToLive: 'never', visibilityDelay: 60 });
    expect(await stateOf(queue)).toMatchObject({ approximateMessageCount: 1, messages: [] });
    await sample({ name: 'Put Message', queue, body: body('b'), timeToLive: 'never' });
    expect((await stateOf(queue)).messages).toMatchObject([{ text: 'b', lives: null }]);
  });

  test('receives as many messages as the page, in one request, and shows id and receipt', async () => {
    const queue = await queueWith('a', 'b', 'c');
    const printed = await sample({ name: 'Get Messages', queue, count: 2, visibilityTimeout: 60 });
    expect((await stateOf(queue)).messages.map(({ text }) => text)).toEqual(['c']);
    expect(printed).toMatch(/[\da-f-]{36}/);
  });

  test('receives and peeks what is Base64 on the wire', async () => {
    const queue = await queueWith('w7xiZXI=');
    for (const name of /** @type {const} */ (['Peek Messages', 'Get Messages'])) {
      const printed = await sample({ name, queue, count: 1, visibilityTimeout: 60, encoding: 'base64' });
      expect(printed).toContain(language === 'curl' ? 'w7xiZXI=' : 'über');
    }
  });

  test('peeks without changing anything', async () => {
    const queue = await queueWith('a', 'b');
    const before = await stateOf(queue);
    expect(await sample({ name: 'Peek Messages', queue, count: 32 })).toMatch(/a[^]*b/);
    expect(await stateOf(queue)).toEqual(before);
  });

  test.each([...HOSTILE, '', LONG])('updates to the text %j as the page does', async (text) => {
    const [byPage, bySample] = [await queueWith('old'), await queueWith('old')];
    const [first] = await account.receiveMessages(byPage);
    const [second] = await account.receiveMessages(bySample);
    if (!first || !second) throw new Error('Nothing was received.');
    await account.updateMessage(byPage, first, { visibilityTimeout: 0, text });
    await sample({
      name: 'Update Message',
      queue: bySample,
      message: second,
      visibilityTimeout: 0,
      body: body(text),
    });
    expect((await stateOf(bySample)).messages).toEqual((await stateOf(byPage)).messages);
  });

  test('extends a lease, shows the new receipt, and leaves the text', async () => {
    const queue = await queueWith('stays');
    const [message] = await account.receiveMessages(queue, { visibilityTimeout: 1 });
    if (!message) throw new Error('Nothing was received.');
    const printed = await sample({ name: 'Update Message', queue, message, visibilityTimeout: 600 });
    const receipt =
      /(?:x-ms-popreceipt: )?(\S+)\s*$/im.exec(
        language === 'curl' ? (/x-ms-popreceipt: .*/i.exec(printed)?.[0] ?? '') : printed,
      )?.[1] ?? '';
    await account.updateMessage(queue, { id: message.id, receipt }, { visibilityTimeout: 0 });
    expect((await stateOf(queue)).messages).toMatchObject([{ text: 'stays' }]);
  });

  test('deletes a message by its receipt', async () => {
    const queue = await queueWith('a', 'b');
    const [message] = await account.receiveMessages(queue);
    await sample({ name: 'Delete Message', queue, message: message ?? {} });
    expect((await stateOf(queue)).approximateMessageCount).toBe(1);
  });

  test('clears a queue', async () => {
    const queue = await queueWith('a', 'b');
    await sample({ name: 'Clear Messages', queue });
    expect((await stateOf(queue)).approximateMessageCount).toBe(0);
  });

  test('creates, describes, lists and deletes a queue', async () => {
    const queue = `samples-${queues++}`;
    const metadata = { owner: `it's "me" $(x)`, __proto_: '@file', a: '=@b' };
    await sample({ name: 'Create Queue', queue, metadata });
    expect((await account.getQueueProperties(queue)).metadata).toEqual(metadata);
    const other = { team: 'a b' };
    await sample({ name: 'Set Queue Metadata', queue, metadata: other });
    expect((await account.getQueueProperties(queue)).metadata).toEqual(other);
    await account.sendMessage(queue, { text: 'one' });
    const shown = await sample({ name: 'Get Queue Metadata', queue });
    expect(shown).toContain('a b');
    expect(shown).toMatch(language === 'curl' ? /x-ms-approximate-messages-count: 1/i : /^1 /);
    expect(await sample({ name: 'List Queues', prefix: queue })).toContain(queue);
    await sample({ name: 'Set Queue Metadata', queue, metadata: {} });
    expect((await account.getQueueProperties(queue)).metadata).toEqual({});
    await sample({ name: 'Delete Queue', queue });
    await expect(account.peekMessages(queue)).rejects.toMatchObject({ code: 'QueueNotFound' });
    await sample({ name: 'Create Queue', queue, metadata: {} });
    expect(await account.peekMessages(queue)).toEqual([]);
  });

  test('sets, shows and removes access policies', async () => {
    const queue = await queueWith();
    const policies = [
      {
        id: `it's <one> & "$a"`,
        startsAt: '2026-01-01T00:00:00.0000000Z',
        expiresAt: '2027-01-01T00:00:00.0000000Z',
        permissions: 'raup',
      },
      { id: 'two', permissions: 'r' },
    ];
    await sample({ name: 'Set Queue ACL', queue, policies });
    expect((await account.getAccessPolicies(queue)).map(inSeconds)).toEqual(policies.map(inSeconds));
    expect(await sample({ name: 'Get Queue ACL', queue })).toContain('two');
    await sample({ name: 'Set Queue ACL', queue, policies: [] });
    expect(await account.getAccessPolicies(queue)).toEqual([]);
  });

  test('sets and shows the properties of the service', async () => {
    const retention = { enabled: true, days: 3 };
    const properties = {
      logging: { version: '1.0', read: true, write: false, delete: true, retention },
      hourMetrics: { version: '1.0', enabled: true, includeApis: true, retention },
      minuteMetrics: { version: '1.0', enabled: false, retention: { enabled: false } },
      cors: [
        {
          allowedOrigins: ['https://a.example', 'https://b.example'],
          allowedMethods: ['GET', 'PUT'],
          allowedHeaders: ['*'],
          exposedHeaders: ['x-ms-*'],
          maxAge: 60,
        },
      ],
    };
    await sample({ name: 'Set Queue Service Properties', properties });
    expect(await account.getServiceProperties()).toEqual(properties);
    expect(await sample({ name: 'Get Queue Service Properties' })).toContain('a.example');
    await sample({ name: 'Set Queue Service Properties', properties: { cors: [] } });
    expect(await account.getServiceProperties()).toEqual({ ...properties, cors: [] });
  });

  test('shows the state of the replication', async () => {
    expect(await sample({ name: 'Get Queue Service Stats' })).toMatch(/live/i);
  });
});

describe.skipIf(missing.length > 0)('a sample of curl that signs in with Entra ID', () => {
  /** @type {Awaited<ReturnType<typeof startAzurite>>} */
  let secure;
  beforeAll(async () => {
    const file = join(ROOT, 'e2e', 'certificate', 'loopback-test-only');
    secure = await startAzurite({ https: { cert: `${file}.cert.pem`, key: `${file}.key.pem` } });
  });
  afterAll(() => secure.stop());

  /** Runs a sample for an account of Azure; its requests go to the emulator, and `az` has a token. @param {Operation} operation */
  async function sample(operation) {
    const onAzure = { endpoint: `https://${ACCOUNT}.queue.core.windows.net`, accountName: ACCOUNT };
    const script = [
      'az() { printf %s "$TOKEN"; }',
      `curl() { command curl --silent --show-error --fail-with-body --insecure --connect-to '::127.0.0.1:${secure.port}' "$@"; }`,
      sampleOf('curl', operation, onAzure),
    ].join('\n');
    const env = { PATH: process.env['PATH'], TOKEN: accessToken({ time: Date.now() }) };
    return (await run('bash', ['--noprofile', '--norc', '-c', script], { cwd: folder, env })).stdout;
  }

  test('is taken with its token and its time, also with a receipt that has to be escaped', async () => {
    const queue = 'samples-by-token';
    await sample({ name: 'Create Queue', queue, metadata: { owner: 'a b' } });
    await sample({ name: 'Put Message', queue, body: body(`it's $HOME`) });
    const received = await sample({ name: 'Get Messages', queue, count: 1, visibilityTimeout: 60 });
    expect(received).toContain(`<MessageText>it's $HOME</MessageText>`);
    const [, id] = /<MessageId>(.*?)</.exec(received) ?? [];
    const [, receipt] = /<PopReceipt>(.*?)</.exec(received) ?? [];
    await sample({ name: 'Delete Message', queue, message: { id, receipt } });
    expect(await sample({ name: 'Get Queue Metadata', queue })).toMatch(/x-ms-approximate-messages-count: 0/i);
    expect(await sample({ name: 'List Queues' })).toContain(queue);
  });
});

/** A policy with its times as numbers: clients write them with other fractions. @param {import('../../src/azure/protocol/model.ts').AccessPolicy} policy */
const inSeconds = ({ id, startsAt, expiresAt, permissions }) => ({
  id,
  permissions,
  times: [startsAt, expiresAt].map((time) => time && Date.parse(time) / 1000),
});

const hasPython = spawnSync('python3', ['--version']).error === undefined;

/** @param {readonly string[]} program @param {unknown} input */
const python = (program, input) =>
  execFileSync('python3', ['-c', program.join('\n')], { input: JSON.stringify(input), encoding: 'utf8' });

describe.skipIf(!hasPython)('Python, where it is at hand,', () => {
  test('parses each sample, and finds each of its names defined', () => {
    const check = [
      'import ast, builtins, json, sys',
      'for code in json.load(sys.stdin):',
      '    tree = ast.parse(code)',
      '    names = set(dir(builtins))',
      '    for node in ast.walk(tree):',
      '        if isinstance(node, ast.alias): names.add(node.asname or node.name)',
      '        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store): names.add(node.id)',
      '    for node in ast.walk(tree):',
      '        if isinstance(node, ast.Name) and node.id not in names: raise NameError(node.id + "\\n" + code)',
    ];
    const codes = [AZURE, LOCAL].flatMap((at) => OPERATIONS.map((one) => sampleOf('python', one, at)));
    expect(python(check, codes)).toBe('');
  });

  test('reads the very text', () => {
    const texts = [...HOSTILE, LONG, '\u0000', '\ud800x', '\\u0041', '"""', "'''", 'a\\', '\u0085\u202e'];
    const check = [
      'import ast, json, sys',
      'print(json.dumps([ast.literal_eval(one) for one in json.load(sys.stdin)]))',
    ];
    expect(JSON.parse(python(check, texts.map(doubleQuoted)))).toEqual(texts);
  });
});
