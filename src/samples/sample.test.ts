import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyTextBomb } from '@/azure/bodies/bombs.fixture';
import { OPERATION_PERMISSIONS } from '@/azure/protocol/operation-table';
import { azureCli } from './azure-cli';
import { csharp } from './csharp';
import { curl } from './curl';
import { go } from './go';
import { javascript } from './javascript';
import { LANGUAGES, type LanguageName, withoutStrings } from './language';
import { doubleQuoted, goQuoted } from './literals';
import { scan } from './literals.fixture';
import { hasSample, type Operation } from './operation';
import { AZURE, CUSTOM, LOCAL, OPERATIONS, SANDBOX, text } from './operations.fixture';
import { python } from './python';
import { sampleOf } from './sample';
import { SIGNATURES } from './signatures.fixture';

const put: Operation = {
  name: 'Put Message',
  queue: 'orders',
  body: text(`{"note":"it's \\"here\\""}`, 'base64'),
  timeToLive: 604_800,
  visibilityDelay: 30,
};
const putting = (value: string, encoding: 'text' | 'base64' = 'text'): Operation => ({
  name: 'Put Message',
  queue: 'orders',
  body: text(value, encoding),
});

/** All samples, each with a name. */
const everywhere = [AZURE, LOCAL, CUSTOM, SANDBOX].flatMap((where) =>
  OPERATIONS.flatMap((operation) =>
    LANGUAGES.map(({ value }) => ({ language: value, operation, where, code: sampleOf(value, operation, where) })),
  ),
);
const of = (language: LanguageName) => everywhere.filter((one) => one.language === language);

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '"',
      "'",
      '\\',
      '\n',
      '\r',
      '\t',
      '$',
      '`',
      '\u0085',
      '\u2028',
      '\u0000',
      '\ud83d',
      '😀',
      '#',
      '{',
      '@',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 40,
});

describe('literals', () => {
  test('a text in double quotes is read back exactly by JavaScript, Python and C#', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const literal = doubleQuoted(value);
        expect(JSON.parse(literal)).toBe(value);
        // oxlint-disable-next-line no-new-func, no-implied-eval, typescript/no-unsafe-call -- the point is that JavaScript reads it
        expect(new Function(`return ${literal}`)()).toBe(value);
        for (const language of ['python', 'csharp'] as const) expect(scan(literal, language).strings).toEqual([value]);
      }),
    );
  });

  test('a text of Go is read back with U+FFFD for half of a pair', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(scan(goQuoted(value), 'go').strings).toEqual([value.toWellFormed()]);
      }),
    );
  });

  test('no literal turns the direction of writing or hides a character', () => {
    for (const quoted of [doubleQuoted, goQuoted])
      expect(quoted('a\u202e\u2066\u200b\ufeff\u061c')).toMatch(/^"a[\w\\]*"$/);
  });
});

const signsIn = (operation: Operation, where = AZURE) => sampleOf('python', operation, where).includes('Default');

describe('a sample', () => {
  test('is there of each operation of the page but the one whose answer is a secret', () => {
    const names = new Set(OPERATIONS.map(({ name }) => name as string));
    const all = Object.keys(OPERATION_PERMISSIONS);
    expect(all.filter((name) => !names.has(name))).toEqual(['Get User Delegation Key']);
    expect(all.filter((name) => !hasSample(name))).toEqual(['Get User Delegation Key']);
    expect(hasSample('toString')).toBe(false);
  });

  test('holds no credential, and reads one from the environment', () => {
    for (const { code, language, operation } of everywhere) {
      expect(code).not.toMatch(/\bsig=|AccountKey=|Eby8vdM/);
      expect([language, operation.name, code]).toEqual([
        language,
        operation.name,
        expect.stringMatching(
          /SAS_TOKEN|ACCESS_TOKEN|ACCOUNT_KEY|AZURE_STORAGE_(?:CONNECTION_STRING|KEY)|DefaultAzureCredential|--auth-mode login|--resource https:/,
        ),
      ]);
    }
  });

  test('names a placeholder where the page is connected to the sandbox', () => {
    const codes = everywhere.filter(({ where }) => where === SANDBOX).map(({ code }) => code);
    expect(codes.join('\n')).not.toContain('.invalid');
    expect(codes.join('\n')).not.toMatch(/\bsandbox\b/);
    expect(sampleOf('curl', put, SANDBOX)).toContain("'https://<account>.queue.core.windows.net/orders/messages?");
  });

  test('signs in with Entra ID on Azure alone, where a role allows it', () => {
    expect(signsIn(put)).toBe(true);
    expect(signsIn(put, LOCAL)).toBe(false);
    expect(signsIn(put, CUSTOM)).toBe(false);
    expect(signsIn({ name: 'Get Queue ACL', queue: 'orders' })).toBe(false);
    expect(signsIn({ name: 'Get Queue Service Properties' })).toBe(false);
  });

  test('says that a receipt may be void by now, or where one comes from', () => {
    for (const { code, operation } of everywhere) {
      const message = 'message' in operation ? operation.message : undefined;
      expect(code.includes('makes this receipt void')).toBe(message?.receipt !== undefined);
      expect(code.includes('gives its id and its receipt')).toBe(
        message !== undefined && message.receipt === undefined,
      );
    }
  });

  test('says where a client leaves out what it does not know', () => {
    const unknown = '<Tier>cold</Tier>';
    const operations: Operation[] = [
      { name: 'Set Queue ACL', queue: 'orders', policies: [{ id: 'a', unknown }] },
      { name: 'Set Queue Service Properties', properties: { cors: [], unknownInCors: unknown } },
    ];
    for (const operation of operations)
      for (const { value } of LANGUAGES) {
        const code = sampleOf(value, operation, AZURE);
        expect([value, code.includes('cold'), code.includes('leaves out')]).toEqual([
          value,
          value === 'curl',
          value !== 'curl',
        ]);
      }
    expect(everywhere.filter(({ code }) => code.includes('leaves out'))).toEqual([]);
  });

  test('has comments for a shell that hold nothing that a shell reads', () => {
    for (const { code } of [...of('curl'), ...of('cli')])
      for (const line of code.split('\n').filter((one) => one.startsWith('#'))) expect(line).toMatch(/^# [\w ,:;.-]+$/);
  });

  test('reads a long text from a file named after its format', () => {
    const body = text(JSON.stringify({ a: 'x'.repeat(400) }));
    for (const { value } of LANGUAGES) {
      const code = sampleOf(value, { name: 'Put Message', queue: 'orders', body }, AZURE);
      expect(code).toContain(value === 'curl' ? '@message.xml' : 'message.json');
      expect(code).not.toContain('xxxx');
    }
  });

  test('reads bytes from their file and sends them as Base64', () => {
    const operation: Operation = { name: 'Put Message', queue: 'orders', body: { kind: 'file', name: "it's.bin" } };
    expect(sampleOf('python', operation, AZURE)).toContain('BinaryBase64EncodePolicy');
    expect(sampleOf('csharp', operation, AZURE)).toContain('BinaryData.FromBytes');
    expect(sampleOf('go', operation, AZURE)).toContain('base64.StdEncoding.EncodeToString(content)');
    expect(sampleOf('cli', operation, AZURE)).toContain(`base64 < 'it'\\''s.bin'`);
  });

  test('is as short for any text as for another', () => {
    fc.assert(
      fc.property(anyTextBomb, fc.constantFrom('text' as const, 'base64' as const), (value, encoding) => {
        for (const { value: language } of LANGUAGES)
          expect(sampleOf(language, putting(value, encoding), AZURE).length).toBeLessThan(6000);
      }),
    );
  });
});

describe('Python', () => {
  test('names the account, the queue, the policy and the times', () => {
    expect(sampleOf('python', put, AZURE)).toBe(`from azure.identity import DefaultAzureCredential
from azure.storage.queue import (
    QueueClient, TextBase64EncodePolicy)

queue = QueueClient(
    "https://harborlaneprod.queue.core.windows.net",
    queue_name="orders",
    credential=DefaultAzureCredential(),
    message_encode_policy=TextBase64EncodePolicy(),
)
queue.send_message(
    "{\\"note\\":\\"it's \\\\\\"here\\\\\\"\\"}",
    visibility_timeout=30,
    time_to_live=604800,
)`);
  });

  test('has the documented names', () => {
    const calls: Record<string, readonly string[]> = SIGNATURES.python.calls;
    for (const { code } of of('python')) {
      const { rest } = scan(code, 'python');
      for (const [, name = '', parameters = ''] of rest.matchAll(CALLS)) {
        if (name in KNOWN_OF_PYTHON) continue;
        expect([name, name in calls]).toEqual([name, true]);
        const named = [...withoutCalls(parameters).matchAll(/(?:^|[(,\s])(\w+)=(?!=)/g)].map(([, one]) => one);
        expect(calls[name]).toEqual(expect.arrayContaining(named));
      }
    }
  });
});

/** Calls with what is between their parentheses, which themselves hold one more level at most. */
const CALLS =
  /(?<![\w.])((?:(?:queue|service|azqueue)\.)?[A-Za-z_]\w*(?:\.from_connection_string)?)\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g;

const withoutCalls = (parameters: string): string => parameters.replace(/\w\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '');

/** Of the language itself, and of `azure.identity` and the policies, which take nothing. */
const KNOWN_OF_PYTHON = {
  print: true,
  next: true,
  Path: true,
  Request: true,
  urlopen: true,
  escape: true,
  formatdate: true,
  TextBase64EncodePolicy: true,
  TextBase64DecodePolicy: true,
  BinaryBase64EncodePolicy: true,
};

describe('C# and Go', () => {
  test.each(['csharp', 'go'] as const)(
    '%s has each string closed, with the text and nothing else of it',
    (language) => {
      fc.assert(
        fc.property(anyText, fc.constantFrom(AZURE, LOCAL), (value, where) => {
          for (const encoding of ['text', 'base64'] as const) {
            const { strings, rest } = scan(sampleOf(language, putting(value, encoding), where), language);
            // A text that the client would lose is in a request of its own.
            const written = language === 'go' ? value.toWellFormed() : value;
            const isRequest = (one: string) => encoding === 'text' && one.includes('<MessageText>');
            expect(strings.some((one) => one === written || isRequest(one))).toBe(true);
            expect(rest).not.toMatch(/[^\x20-\x7e\n\t]/);
          }
        }),
      );
    },
  );

  test.each(['csharp', 'go'] as const)('%s has the documented names, and its brackets in pairs', (language) => {
    const { calls, fields }: { calls: object; fields: Record<string, readonly string[]> } = SIGNATURES[language];
    for (const { code } of of(language)) {
      const { rest } = scan(code, language);
      for (const [, name = ''] of rest.matchAll(/(?<![\w.])((?:queue|service|azqueue)\.\w+)\(/g))
        expect([name, name in calls]).toEqual([name, true]);
      for (const [, name = '', parameters = ''] of rest.matchAll(CALLS)) {
        // Go has no names of parameters.
        const named = [...parameters.matchAll(/(?:^|[(,\s])(\w+): /g)].map(([, one]) => one);
        const documented = language === 'go' ? named : (Reflect.get(calls, name) ?? []);
        expect(documented).toEqual(expect.arrayContaining(named));
      }
      for (const [, name = '', content = ''] of rest.matchAll(INITIALISERS[language])) {
        expect([name, name in fields]).toEqual([name, true]);
        const assigned = [...withoutInner(content).matchAll(language === 'go' ? /(\w+):/g : /(\w+) =/g)].map(
          ([, one]) => one,
        );
        expect(fields[name]).toEqual(expect.arrayContaining(assigned));
      }
      for (const [open, close] of ['()', '[]', '{}'])
        expect(rest.split(open ?? '').length).toBe(rest.split(close ?? '').length);
    }
  });

  test('Go imports what it uses and nothing else', () => {
    for (const { code } of of('go')) {
      const [, imports = '', body = ''] = /^import \(([^)]*)\)(.*)$/ms.exec(code) ?? [];
      for (const [, path = ''] of imports.matchAll(/"([^"]+)"/g)) {
        const name = path.replace(/\/v2$/, '').split('/').at(-1);
        expect([path, new RegExp(String.raw`(?<![\w.])${name}\.`).test(withoutStrings([body]))]).toEqual([path, true]);
      }
      const used = new Set(
        [
          ...withoutStrings([body]).matchAll(
            /(?<![\w.])(context|base64|fmt|http|os|time|policy|to|azidentity|azqueue)\./g,
          ),
        ].map(([, one]) => one),
      );
      expect(imports.split('\n').filter((line) => line.trim() !== '')).toHaveLength(used.size);
    }
  });

  test('Go does not use its client to extend a lease, since that would empty the text', () => {
    const extend: Operation = { name: 'Update Message', queue: 'orders', message: {}, visibilityTimeout: 60 };
    expect(sampleOf('go', extend, AZURE)).not.toContain('UpdateMessage');
  });

  test('C# has seconds as time spans', () => {
    expect(sampleOf('csharp', { ...put, timeToLive: 'never' }, AZURE)).toContain(
      'timeToLive: TimeSpan.FromSeconds(-1));',
    );
    expect(sampleOf('csharp', put, AZURE)).toContain('MessageEncoding = QueueMessageEncoding.Base64');
    expect(sampleOf('csharp', putting('a'), AZURE)).not.toContain('QueueClientOptions');
  });
});

/** An object with its fields: two more levels at most. */
const INNER = String.raw`((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)`;
const INITIALISERS = {
  csharp: new RegExp(String.raw`new (Queue\w+)\s*\{${INNER}\}`, 'g'),
  go: new RegExp(String.raw`((?:azqueue|policy)\.\w+)\{${INNER}\}`, 'g'),
};
const withoutInner = (content: string): string => {
  const next = content.replace(/\{[^{}]*\}/g, '');
  return next === content ? content : withoutInner(next);
};

describe('the Azure CLI', () => {
  test('has the documented commands and options', () => {
    const { commands, access }: { commands: Record<string, readonly string[]>; access: readonly string[] } =
      SIGNATURES.cli;
    for (const { code } of of('cli')) {
      const words = code
        .replace(/^#.*$/gm, '')
        .replace(/'(?:[^']|'\\'')*'|"[^"]*"/g, "''")
        .replaceAll('\\\n', ' ');
      for (const [, command = ''] of words.matchAll(/\baz ((?:[^|;\n)]|\$\([^)]*\))*)/g)) {
        const name = /^[a-z]+(?: [a-z]+)*/.exec(command)?.[0] ?? '';
        expect([name, name in commands]).toEqual([name, true]);
        const options = [...command.matchAll(/(?:^|\s)--([a-z-]+)/g)].map(([, one]) => one);
        expect([...(commands[name] ?? []), ...access]).toEqual(expect.arrayContaining(options));
      }
    }
  });

  test.each([
    ['the value of a pair', { name: 'Set Queue Metadata', queue: 'orders', metadata: { owner: '@/etc/passwd' } }],
    ['an id', { name: 'Delete Message', queue: 'orders', message: { id: '@/etc/passwd', receipt: 'r' } }],
    ['a queue', { name: 'Peek Messages', queue: '@/etc/passwd', count: 1 }],
    ['a prefix', { name: 'List Queues', prefix: '@/etc/passwd' }],
    ['a receipt', { name: 'Delete Message', queue: 'orders', message: { id: 'i', receipt: '@secret' } }],
  ] satisfies [string, Operation][])('never takes %s for the name of a file', (_, operation) => {
    expect(sampleOf('cli', operation, AZURE)).not.toMatch(/[\s=]'?@(?:\/etc|secret)/);
    expect(sampleOf('cli', operation, AZURE)).toContain('az rest');
  });

  test('takes a text that begins with a dash for no option, and one that begins with an @ from a file', () => {
    expect(sampleOf('cli', putting('--help'), AZURE)).toContain("--content='--help'");
    expect(sampleOf('cli', putting('@x'), AZURE)).toContain('--content=@message.txt');
  });
});

describe('curl and JavaScript', () => {
  test('curl asks for a SAS with the permission of the operation', () => {
    expect(sampleOf('curl', put, LOCAL)).toContain(
      'a queue SAS with permission a, or an account SAS with permission a on type o',
    );
    expect(sampleOf('curl', { name: 'Clear Messages', queue: 'orders' }, LOCAL)).toContain(
      'an account SAS with permission d on type o',
    );
    expect(sampleOf('curl', put, LOCAL)).toContain(
      `'http://127.0.0.1:10001/devstoreaccount1/orders/messages?visibilitytimeout=30&messagettl=604800'"&$SAS_TOKEN"`,
    );
  });

  test('curl signs an address with escapes as it is', () => {
    const where = { endpoint: 'https://host.example/a%20b', accountName: 'a\\n%s' };
    expect(sampleOf('curl', { name: 'Get Queue ACL', queue: 'orders' }, where)).toContain(
      String.raw`\n/a\\n%%s/a%%20b/orders\ncomp:acl'`,
    );
  });

  test('JavaScript sends a plain text with line ends itself, which the SDK would lose', () => {
    expect(sampleOf('javascript', putting('a\nb'), AZURE)).toContain('await fetch(');
    expect(sampleOf('javascript', putting('a\nb', 'base64'), AZURE)).not.toContain('fetch(');
  });

  test('an id that is a way up in the path stays one part of it', () => {
    const remove: Operation = { name: 'Delete Message', queue: 'orders', message: { id: '..', receipt: 'r' } };
    expect(sampleOf('curl', remove, LOCAL)).toContain('--path-as-is');
  });
});

test('programs of other statements have the same start', () => {
  for (const [value, parts] of Object.entries({ curl, python, javascript, csharp, cli: azureCli, go })) {
    const receive: Operation = { name: 'Get Messages', queue: 'orders', count: 1, visibilityTimeout: 30 };
    const remove: Operation = {
      name: 'Delete Message',
      queue: 'orders',
      message: { id: { code: 'the_id' }, receipt: { code: 'the_receipt' } },
    };
    const code = parts.program(parts.needsOf(receive, LOCAL), [
      ...parts.call(receive, LOCAL),
      ...parts.call(remove, LOCAL),
    ]);
    expect(code.join('\n')).toContain('orders');
    const named = value === 'curl' ? /message-id[^]*pop-receipt/ : /the_id[^]*the_receipt/;
    expect(code.join('\n')).toMatch(named);
  }
});
