import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corsCommand } from '../../src/azure/diagnosis/cors-commands.ts';
import { bashQuoted, scriptQuoted } from '../../src/azure/protocol/shell-text.ts';
import { exchangeCurl } from '../../src/samples/exchange-curl.ts';
import { OPERATIONS } from '../../src/samples/operations.fixture.ts';
import { sampleOf } from '../../src/samples/sample.ts';

// The commands that the page lets people copy, run by bash with hostile names, addresses and texts.

const HOSTILE = [
  '$(touch owned)',
  '`touch owned`',
  "'; touch owned; '",
  '"; touch owned; "',
  "it's",
  '\\',
  "\\'",
  '!!',
  '%PATH% ^& | > owned',
  '@file',
  '-n',
  '~',
  '*',
  '{a,b}',
  '# no comment',
  'line\nend',
  'carriage\rreturn\r\n',
  'tab\tand \u001b[201~ escape \u0003 7',
  "\u0085 and \u007f's",
  '\u2019; touch owned; \u2018',
  'ümläut 日本 🎉',
  '',
];

/** @param {string} script */
const bash = (script) => execFileSync('bash', ['--noprofile', '--norc', '-c', script], { encoding: 'utf8' });

describe.skipIf(process.platform === 'win32')('a text in a copied command', () => {
  test.each(HOSTILE)('bash takes %j as one word, as it is', (text) => {
    expect(bash(`printf '<%s>' ${bashQuoted(text)}`)).toBe(`<${text}>`);
    // No control character is pasted but the line end.
    // oxlint-disable-next-line no-control-regex -- Control characters are what is looked for.
    expect(bashQuoted(text)).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  test.each(HOSTILE)('a script in double quotes keeps %j', (text) => {
    expect(bash(`${bashQuoted(process.execPath)} -e "process.stdout.write(${scriptQuoted(text)})"`)).toBe(text);
    // Nothing that bash or PowerShell reads between double quotes.
    expect(scriptQuoted(text)).not.toMatch(/[$`"!%\u2018-\u201f\n\r]/);
  });
});

/**
 * A command without the two programs that nearly every sample runs, whose lines have nothing of a text in them: hundreds of
 * processes would take most of the time.
 * @param {string} command
 */
const withoutPrograms = (command) =>
  command
    .replaceAll(
      'ACCESS_TOKEN=$(az account get-access-token --resource https://storage.azure.com --query accessToken -o tsv)\n',
      'ACCESS_TOKEN=token\n',
    )
    .replaceAll("$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')", 'now');

/** Stands in for the programs that samples run, so that nothing runs but what a text brings along. */
const NO_PROGRAMS = ['az', 'curl', 'openssl', 'od', 'tr', 'wc', 'base64'].map((name) => `${name}() { :; }`).join('; ');

/** What a program gets of its command line. @param {string} command */
const wordsOf = (command) =>
  bash(`az() { printf '%s\\0' "$@"; }; curl() { az "$@"; }; SAS_TOKEN=sig; ACCESS_TOKEN=token; ${command}`)
    .split('\0')
    .slice(0, -1);

const AZURE = { endpoint: 'https://acc.queue.core.windows.net', accountName: 'acc' };

/** @param {string} text @param {string} [queue] @returns {import('../../src/samples/operation.ts').Operation} */
const putting = (text, queue = 'orders') => ({
  name: 'Put Message',
  queue,
  body: { kind: 'text', text, encoding: 'text' },
  timeToLive: 60,
});

describe.skipIf(process.platform === 'win32')('bash runs nothing of what is copied', () => {
  test.each(HOSTILE)('with the text %j', (text) => {
    const az = wordsOf(sampleOf('cli', putting(text), AZURE));
    // A file, where az would take the text for the name of one; a request of its own, where az would lose a part.
    const content = text.startsWith('@') ? '--content=@message.txt' : `--content=${text}`;
    expect(az).toContain(text.includes('\r') ? 'rest' : content);

    const words = wordsOf(sampleOf('curl', putting(text), AZURE));
    expect(words).toHaveLength(13);
    expect(words.at(-2)).toBe('--data-binary');
    expect(words.at(-1)).toMatch(/^<\?xml .*<\/QueueMessage>$/s);
  });

  test.each(HOSTILE)('with the name or address %j', (text) => {
    const endpoint = `http://127.0.0.1:10001/${text}`;
    const curl = sampleOf('curl', putting('a'), { endpoint, accountName: text });
    expect(wordsOf(curl).find((word) => word.startsWith('http'))).toBe(`${endpoint}/orders/messages?messagettl=60&sig`);
    // As a name, az would take it for a file: that is in the address of a request of its own.
    const named = text.startsWith('@') ? ['rest'] : ['--queue-name', text, '--account-name', text];
    expect(wordsOf(sampleOf('cli', putting('a', text), { ...AZURE, accountName: text }))).toEqual(
      expect.arrayContaining(named),
    );
    expect(wordsOf(corsCommand({ account: text, endpoint }, 'https://a.example', 'cli'))).toContain(
      `AccountName=${text};AccountKey=<account-key>;QueueEndpoint=${endpoint}`,
    );
    const url = `${endpoint}?x=${text}`;
    /** @type {import('../../src/azure/protocol/exchange.ts').Exchange} */
    const exchange = {
      id: '1',
      callId: '1',
      attempt: 1,
      operation: 'Put Message',
      method: 'POST',
      url,
      startedAt: new Date(),
      request: { headers: [['x-ms-meta', text]], body: text },
    };
    const words = wordsOf(exchangeCurl(exchange));
    expect(words).toEqual(expect.arrayContaining([`${url}&sig`, `x-ms-meta: ${text}`, ...(text === '' ? [] : [text])]));
    expect(words.includes('--data-raw')).toBe(text.startsWith('@'));
  });

  test.each(HOSTILE)('with %j in each place of each operation', (text) => {
    const commands = OPERATIONS.flatMap((operation) => {
      const hostile = /** @type {typeof operation} */ (hostileIn(operation, text));
      return /** @type {const} */ (['curl', 'cli']).flatMap((language) =>
        [AZURE.endpoint, `http://127.0.0.1:10001/${text}`].map((endpoint) =>
          sampleOf(language, hostile, { endpoint, accountName: text }),
        ),
      );
    });
    const folder = mkdtempSync(join(tmpdir(), 'commands-'));
    // Each of them ends in a word of its own, so that none swallows the next one.
    const script = commands.map((command, index) => `${withoutPrograms(command)}\nprintf '[%s]' ${index}`).join('\n');
    const printed = execFileSync('bash', ['--noprofile', '--norc', '-c', `${NO_PROGRAMS}\n${script}`], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(printed).toBe(commands.map((_, index) => `[${index}]`).join(''));
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test('az is given no name of a file by anything that the service or a person said', () => {
    const commands = OPERATIONS.flatMap((operation) => {
      const hostile = /** @type {typeof operation} */ (hostileIn(operation, '@/etc/passwd'));
      return [AZURE, { ...AZURE, endpoint: 'http://127.0.0.1:10001/acc' }].map((where) =>
        sampleOf('cli', hostile, where),
      );
    });
    const words = wordsOf(commands.map(withoutPrograms).join('\n'));
    expect(words.length).toBeGreaterThan(300);
    // As az looks for them: at the start of a word, or behind its first equals sign.
    const read = words.filter((word) => word.replace(/^[^=@]*=/, '').startsWith('@'));
    expect(read.filter((word) => !['--content=@message.txt', '@message.xml'].includes(word))).toEqual([]);
  });
});

/** A value with this text in the place of each of its texts, but for what says what it is. @param {unknown} value @param {string} text @param {string} [name] @returns {unknown} */
function hostileIn(value, text, name = '') {
  if (typeof value === 'string')
    return ['name', 'kind', 'encoding', 'timeToLive', 'startsAt', 'expiresAt'].includes(name) ? value : text;
  if (Array.isArray(value)) return value.map((one) => hostileIn(one, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hostileIn(one, text, key)]));
}
