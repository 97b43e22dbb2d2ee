import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { emulatorAt, openAccount } from '../../server/account/open-account.ts';
import { ROOT } from '../../server/command.mjs';
import { startAzurite } from '../../server/local/azurite.ts';
import { makeAccountSas } from '../../src/azure/credentials/sas-generate.ts';
import { importKey } from '../../src/azure/credentials/shared-key.ts';
import { LANGUAGES } from '../../src/samples/language.ts';
import { programLines, RUN_BY_TESTS } from '../../src/samples/loops/programs.ts';
import { ACCOUNT, KEY } from '../testing/emulator.ts';

// The programs of the lab, run against Azurite with a real credential in the place of the placeholder: what they do to the
// messages is what the lab says that they do.

/** @typedef {import('../../src/samples/loops/program.ts').ProgramName} ProgramName */
/** @typedef {import('../../src/samples/loops/program.ts').ProgramLanguage} ProgramLanguage */
/** @typedef {{ tries?: number, vis?: number, times?: number, change?: (text: string) => string, dies?: boolean }} How */

/** Each program once, which types check. @type {Readonly<Record<ProgramName, true>>} */
const NAMES = { first: true, look: true, monitor: true, worker: true, extend: true, note: true, poison: true };
const PROGRAM_NAMES = /** @type {ProgramName[]} */ (Object.keys(NAMES));
const run = promisify(execFile);
const programs = join(ROOT, 'node_modules', '.cache', `programs-${process.pid}`);
const folder = mkdtempSync(join(tmpdir(), 'programs-'));
const ORDER = '{"order":1001}';

/** @type {Awaited<ReturnType<typeof startAzurite>>} */
let azurite;
/** @type {import('../../src/azure/protocol/model.ts').Account} */
let account;
let sas = '';
let made = 0;

beforeAll(async () => {
  mkdirSync(programs, { recursive: true });
  azurite = await startAzurite();
  account = openAccount(await emulatorAt(azurite.url));
  sas = await makeAccountSas(await importKey(KEY), ACCOUNT, {
    sv: '2024-11-04',
    ss: 'q',
    srt: 'sco',
    sp: 'rwdlacup',
    se: '2099-01-01T00:00:00Z',
    spr: 'https,http',
  });
});
afterAll(async () => {
  rmSync(programs, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  await azurite.stop();
});

/** The text of a program. @param {ProgramLanguage} language @param {ProgramName} program @param {How} [how] */
const textOf = (language, program, { tries = 5, vis = 30 } = {}) =>
  programLines(language, program, { vis, tries })
    .map(({ text }) => text)
    .join('\n');

/** Runs a program; a loop goes round `times` times. What was charged, in order, and what was printed. */
const RUNNERS = {
  /** @param {ProgramName} program @param {How} how */
  async javascript(program, { times = 1, change = (text) => text, dies = false, ...settings }) {
    const charged = /** @type {string[]} */ ([]);
    const printed = /** @type {unknown[]} */ ([]);
    const hooks = {
      charge: (/** @type {string} */ what) => {
        if (dies) throw new Error('the worker died');
        charged.push(what);
      },
      partsOf: () => ['one', 'two'],
      console: { log: (/** @type {unknown} */ what) => printed.push(what) },
    };
    const file = join(programs, `${made++}.mjs`);
    const text = change(textOf('javascript', program, settings))
      .replace('import { DefaultAzureCredential } from "@azure/identity";', '')
      .replace('import { QueueServiceClient }', 'import { QueueServiceClient, StorageSharedKeyCredential }')
      .replace('new DefaultAzureCredential()', `new StorageSharedKeyCredential("${ACCOUNT}", "${KEY}")`)
      .replace('https://<account>.queue.core.windows.net', azurite.url)
      .replace('while (true)', `for (let times = 0; times < ${times}; times++)`);
    writeFileSync(file, `const { charge, partsOf, console } = globalThis.hooks;\n${text}`);
    vi.stubGlobal('hooks', hooks);
    const died = import(/* @vite-ignore */ pathToFileURL(file).href).then(
      () => '',
      (/** @type {Error} */ error) => error.message,
    );
    return { charged, died: await died, printed: JSON.stringify(printed) };
  },
  /** @param {ProgramName} program @param {How} how */
  async curl(program, { times = 1, change = (text) => text, dies = false, ...settings }) {
    const log = join(folder, `${made++}.txt`);
    writeFileSync(log, '');
    const text = change(textOf('curl', program, settings))
      .replace('https://<account>.queue.core.windows.net', azurite.url)
      .replace('<sas>', sas)
      .replace('while true', `for times in $(seq ${times})`);
    const hooks = [
      'curl() { command curl --fail-with-body --show-error "$@"; }',
      `charge() { ${dies ? 'echo the worker died >&2; exit 1' : `printf '%s\\n' "$1" >> '${log}'`}; }`,
      `parts_of() { echo one two; }`,
    ];
    const died = run('bash', ['--noprofile', '--norc', '-c', `set -e -o pipefail\n${hooks.join('\n')}\n${text}`]).then(
      ({ stdout }) => ['', stdout],
      (/** @type {{ stderr: string, stdout: string }} */ { stderr, stdout }) => [stderr || 'died', stdout],
    );
    const [why = '', printed = ''] = await died;
    const charged = readFileSync(log, 'utf8').split('\n').filter(Boolean);
    return { charged: charged.map((one) => one.replaceAll('&quot;', '"')), died: why, printed };
  },
};

/** What a queue holds, hidden or not. @param {string} queue */
const countOf = async (queue) => (await account.getQueueProperties(queue)).approximateMessageCount;
/** Once its lease is over. @param {string} queue */
async function firstOf(queue) {
  return await vi.waitFor(
    async () => {
      const [first] = await account.peekMessages(queue);
      if (!first) throw new Error('nothing is visible yet');
      return { text: first.text, count: first.dequeueCount };
    },
    { timeout: 8000, interval: 100 },
  );
}

test('every language whose programs are said to be run is run here', () => {
  expect(Object.keys(RUNNERS).toSorted()).toEqual([...RUN_BY_TESTS].toSorted());
});

const missing = ['bash', 'curl'].filter((name) => spawnSync(name, ['--version']).error);

/** Texts of programs with something left out. */
const cut = {
  /** @param {string} text */
  newestReceipt: (text) =>
    text
      .replaceAll(/^( +)receipt = ?\(?(?=await)|^( +)receipt=(?=\$)/gm, '$1$2void_of=')
      .replace('void_of=await', '(await'),
  /** @param {string} text */
  deletes: (text) => text.replaceAll(/^.*(?:deleteMessage|-X DELETE).*$/gm, ''),
  /** @param {string} text */
  byHand: (text) => text.replace(/\S+ By hand[^]*$/, ''),
  /** @param {string} text */
  loop: (text) => text.replace(/^while[^]*?(?=\S+ By hand)/m, ''),
};

describe.each(RUN_BY_TESTS)(
  `a program in %s${missing.length > 0 ? `; curl is not run: without ${missing.join(', ')}` : ''}`,
  (language) => {
    const isMissing = language === 'curl' && missing.length > 0;
    const runProgram = RUNNERS[/** @type {keyof typeof RUNNERS} */ (language)];
    beforeEach(async () => {
      for (const queue of ['orders', 'orders-poison']) await account.createQueue(queue);
    });
    afterEach(async () => {
      vi.unstubAllGlobals();
      for (const queue of ['orders', 'orders-poison']) await account.deleteQueue(queue);
    });

    test.skipIf(isMissing)('creates, sends, receives, counts and deletes', async () => {
      await account.deleteQueue('orders');
      const { died, printed } = await runProgram('first', {});
      expect(died).toBe('');
      // The one that was received is still counted.
      expect(printed).toMatch(/\b1\b/);
      expect(await countOf('orders')).toBe(0);
    });

    test.skipIf(isMissing)('peeks before and after a receive, and a count counts what no peek shows', async () => {
      for (const text of ['{"order":1}', '{"order":2}']) await account.sendMessage('orders', { text });
      const { died, printed } = await runProgram('look', {});
      expect(died).toBe('');
      expect(printed.match(/order\W+:1/g)).toHaveLength(1);
      expect(printed.match(/order\W+:2/g)).toHaveLength(2);
      expect((await runProgram('monitor', {})).printed).toMatch(/2(?:\D*)$/);
    });

    test.skipIf(isMissing)('receives a message, works on it and deletes it', async () => {
      await account.sendMessage('orders', { text: ORDER });
      expect(await runProgram('worker', {})).toMatchObject({ charged: [ORDER], died: '' });
      expect(await countOf('orders')).toBe(0);
    });

    test.skipIf(isMissing)('that dies at its work leaves the message, which comes back with its count', async () => {
      await account.sendMessage('orders', { text: ORDER });
      const { died } = await runProgram('worker', { vis: 1, dies: true });
      expect(died).toContain('the worker died');
      expect(await countOf('orders')).toBe(1);
      expect(await firstOf('orders')).toEqual({ text: ORDER, count: 1 });
    });

    test.skipIf(isMissing)(
      'extends its lease with the newest receipt, and the first one opens nothing then',
      async () => {
        await account.sendMessage('orders', { text: ORDER });
        expect(await runProgram('extend', {})).toMatchObject({ charged: ['one', 'two'], died: '' });
        expect(await countOf('orders')).toBe(0);
        await account.sendMessage('orders', { text: ORDER });
        expect((await runProgram('extend', { change: cut.newestReceipt })).died).toMatch(/pop receipt|error: 40/i);
        expect(await countOf('orders')).toBe(1);
      },
    );

    test.skipIf(isMissing)('leaves a note that the next one reads', async () => {
      await account.sendMessage('orders', { text: ORDER });
      const first = await runProgram('note', { vis: 1, change: cut.deletes });
      expect(first).toMatchObject({ charged: [ORDER], died: '' });
      expect(await firstOf('orders')).toEqual({ text: '{"order":1001,"done":"1 of 3"}', count: 1 });
      expect(await runProgram('note', {})).toMatchObject({ charged: [], died: '' });
      expect(await countOf('orders')).toBe(0);
    });

    test.skipIf(isMissing)(
      'moves a message that was received too often, first the copy, and takes it back by hand',
      async () => {
        await account.sendMessage('orders', { text: ORDER });
        await runProgram('poison', { tries: 1, vis: 1, dies: true, change: cut.byHand });
        await firstOf('orders');
        expect(await runProgram('poison', { tries: 1, change: cut.byHand })).toMatchObject({ charged: [], died: '' });
        expect(await countOf('orders')).toBe(0);
        expect(await firstOf('orders-poison')).toEqual({ text: ORDER, count: 0 });
        expect((await runProgram('poison', { change: cut.loop })).died).toBe('');
        expect(await countOf('orders-poison')).toBe(0);
        expect(await firstOf('orders')).toEqual({ text: ORDER, count: 0 });
      },
    );
  },
);

const python = spawnSync('python3', ['--version']).error ? undefined : 'python3';

test.skipIf(!python)(`all programs are Python${python ? '' : ': there is none here'}`, () => {
  const texts = PROGRAM_NAMES.map((program) => textOf('python', program));
  const read = spawnSync('python3', ['-c', 'import ast, json, sys; [ast.parse(one) for one in json.load(sys.stdin)]'], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  expect(read.stderr).toBe('');
});

test.skipIf(missing.includes('bash')).each(/** @type {const} */ (['curl', 'cli']))(
  'all programs are bash: %s',
  (language) => {
    const input = PROGRAM_NAMES.map((program) => `(\n${textOf(language, program)}\n)`).join('\n');
    expect(spawnSync('bash', ['-n'], { input, encoding: 'utf8' }).stderr).toBe('');
  },
);

describe.each(LANGUAGES)('$label', ({ value }) => {
  test.each(PROGRAM_NAMES)('holds no credential, and closes what it opens: %s', (program) => {
    const text = textOf(value, program);
    expect(text).not.toMatch(/\.invalid|sig=|AccountKey=|undefined(?!, 30)/);
    expect(text).toContain('<account>');
    if (value === 'curl' || value === 'cli') return;
    // Without texts: a brace in one closes nothing.
    const code = text.replaceAll(/`[^`]*`|"(?:\\.|[^"\\])*"|'[^']*'/g, '');
    for (const [open, close] of ['()', '[]', '{}'].map((pair) => pair.split('')))
      expect(code.split(open ?? '').length).toBe(code.split(close ?? '').length);
  });
});
