import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { corsCommand } from '../../src/azure/diagnosis/cors-commands.ts';
import { bashQuoted, scriptQuoted } from '../../src/azure/protocol/shell-text.ts';
import { CODE_EQUIVALENTS } from '../../src/features/editor/preview/code-equivalents.ts';
import { toCurl } from '../../src/features/wire/curl.ts';

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

/** What a program gets of its command line. @param {string} command */
const wordsOf = (command) =>
  bash(`az() { printf '%s\\0' "$@"; }; curl() { az "$@"; }; SAS_TOKEN=sig; ACCESS_TOKEN=token; ${command}`)
    .split('\0')
    .slice(0, -1);

/** @param {string} text @param {Partial<import('../../src/features/editor/preview/code-equivalents.ts').Sending>} [more] */
const sending = (text, more = {}) => ({
  endpoint: 'https://acc.queue.core.windows.net',
  accountName: 'acc',
  queue: 'orders',
  body: /** @type {const} */ ({ kind: 'text', text }),
  encoding: /** @type {const} */ ('text'),
  timeToLive: 60,
  visibilityDelay: 0,
  ...more,
});
/** @param {'cli' | 'curl'} language @param {ReturnType<typeof sending>} what */
const command = (language, what) => CODE_EQUIVALENTS.find(({ value }) => value === language)?.write(what) ?? '';

describe.skipIf(process.platform === 'win32')('bash runs nothing of what is copied', () => {
  test.each(HOSTILE)('with the text %j', (text) => {
    const content = wordsOf(command('cli', sending(text)))[5];
    // A file, where az would take the text for the name of one.
    expect(content).toBe(text.startsWith('@') ? '--content=@message.txt' : `--content=${text}`);

    const words = wordsOf(command('curl', sending(text)));
    expect(words).toHaveLength(13);
    expect(words.at(-2)).toBe('--data-binary');
    expect(words.at(-1)).toMatch(/^<\?xml .*<\/QueueMessage>$/s);
  });

  test.each(HOSTILE)('with the name or address %j', (text) => {
    const endpoint = `http://127.0.0.1:10001/${text}`;
    expect(wordsOf(command('curl', sending('a', { endpoint }))).find((word) => word.startsWith('http'))).toBe(
      `${endpoint}/orders/messages?messagettl=60&sig`,
    );
    expect(wordsOf(command('cli', sending('a', { queue: text, accountName: text })))).toEqual(
      expect.arrayContaining(['--queue-name', text, '--account-name', text]),
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
    const words = wordsOf(toCurl(exchange));
    expect(words).toEqual(expect.arrayContaining([url, `x-ms-meta: ${text}`, ...(text === '' ? [] : [text])]));
    expect(words.includes('--data-raw')).toBe(text.startsWith('@'));
  });
});
