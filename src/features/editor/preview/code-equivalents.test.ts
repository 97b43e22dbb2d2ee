import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyTextBomb } from '@/azure/bodies/bombs.fixture';
import { putMessageCall, updateMessageCall } from '@/azure/operations/messages';
import { CODE_EQUIVALENTS, type CodeLanguage, doubleQuoted, type Sending } from './code-equivalents';
import { elide, requestText } from './request-preview';

const azure: Sending = {
  endpoint: 'https://harborlaneprod.queue.core.windows.net',
  accountName: 'harborlaneprod',
  queue: 'orders',
  body: { kind: 'text', text: `{"note":"it's \\"here\\""}` },
  encoding: 'base64',
  timeToLive: 604_800,
  visibilityDelay: 30,
};
const local = { ...azure, endpoint: 'http://127.0.0.1:10001/devstoreaccount1', accountName: 'devstoreaccount1' };
const code = (language: CodeLanguage, sending: Sending) =>
  CODE_EQUIVALENTS.find(({ value }) => value === language)?.write(sending) ?? '';

/** Reads a quoted word as a POSIX shell does. */
const unshell = (word: string) =>
  [...word.matchAll(/'([^']*)'|\\(.)|([^'\\]+)/g)]
    .map(([, quoted, escaped, bare]) => quoted ?? escaped ?? bare)
    .join('');

describe('literals', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('"', "'", '\\', '\n', '\r', '$', '`', '\u2028', '\u0000', '😀'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  });

  test('a text in double quotes is read back exactly', () => {
    fc.assert(
      fc.property(text, (value) => {
        const literal = doubleQuoted(value);
        expect(JSON.parse(literal)).toBe(value);
        // oxlint-disable-next-line no-new-func, no-implied-eval, typescript/no-unsafe-call -- the point is that JavaScript reads it
        expect(new Function(`return ${literal}`)()).toBe(value);
        // Line ends of C# that JSON leaves raw.
        expect(literal).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
      }),
    );
  });
});

describe('code equivalents', () => {
  test('the Python code names the account, the queue, the policy and the times', () => {
    expect(code('python', azure)).toBe(`from azure.identity import DefaultAzureCredential
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

  test('the curl command has the exact request body and no key', () => {
    const command = code('curl', { ...azure, encoding: 'text' });
    const body = /--data-binary (.*)$/s.exec(command)?.[1] ?? '';
    expect(unshell(body)).toBe(
      `<?xml version="1.0" encoding="utf-8"?><QueueMessage><MessageText>{"note":"it's \\"here\\""}</MessageText></QueueMessage>`,
    );
    expect(command).toContain('Bearer $ACCESS_TOKEN');
    expect(code('curl', local)).toContain(
      `'http://127.0.0.1:10001/devstoreaccount1/orders/messages?visibilitytimeout=30&messagettl=604800'"&$SAS_TOKEN"`,
    );
  });

  test('the C# code has seconds as time spans', () => {
    expect(code('csharp', { ...azure, timeToLive: 'never' })).toContain('timeToLive: TimeSpan.FromSeconds(-1));');
    expect(code('csharp', azure)).toContain('MessageEncoding = QueueMessageEncoding.Base64');
    expect(code('csharp', { ...azure, encoding: 'text' })).not.toContain('QueueClientOptions');
  });

  test('the JavaScript code warns that the SDK drops line breaks of plain text', () => {
    const body = { kind: 'text' as const, text: 'a\nb' };
    expect(code('javascript', { ...azure, body, encoding: 'text' })).toContain('leaves line breaks out');
    expect(code('javascript', { ...azure, body })).not.toContain('leaves line breaks out');
  });

  test('the code reads a long body from a file named after its format', () => {
    const body = { kind: 'text' as const, text: JSON.stringify({ a: 'x'.repeat(400) }) };
    for (const { write, value } of CODE_EQUIVALENTS) {
      expect(write({ ...azure, body })).toContain(value === 'curl' ? '@message.xml' : 'message.json');
      expect(write({ ...azure, body })).not.toContain('xxxx');
    }
  });

  test('the code reads bytes from their file and sends them as Base64', () => {
    const body = { kind: 'file' as const, name: "it's.bin", bytes: Uint8Array.of(1) };
    expect(code('python', { ...azure, body })).toContain('BinaryBase64EncodePolicy');
    expect(code('csharp', { ...azure, body })).toContain('BinaryData.FromBytes');
    expect(code('cli', { ...azure, body })).toContain(`base64 < 'it'\\''s.bin'`);
  });

  test('the code for an emulator takes a connection string from the environment', () => {
    for (const { write, value } of CODE_EQUIVALENTS) {
      if (value === 'curl') continue;
      expect(write(local)).toContain('AZURE_STORAGE_CONNECTION_STRING');
      expect(write(local)).not.toContain('DefaultAzureCredential');
    }
  });
});

describe('the request', () => {
  test('the preview of a put shows the parameters in the order in which they are sent', () => {
    const call = putMessageCall('orders', { text: 'a<b\r\n', timeToLive: 'never', visibilityDelay: 5 });
    const text = requestText(azure.endpoint, call);
    expect(text).toContain(`POST ${azure.endpoint}/orders/messages?visibilitytimeout=5&messagettl=-1\n`);
    expect(text).toMatch(/^POST https.*\n\n<\?xml.*a&lt;b&#xD;\n<\/MessageText><\/QueueMessage>$/s);
  });

  test('the preview of an update encodes the receipt', () => {
    const call = updateMessageCall('orders', { id: 'i', receipt: 'a+/=' }, { visibilityTimeout: 0, text: '' });
    expect(requestText(local.endpoint, call)).toContain(
      `PUT ${local.endpoint}/orders/messages/i?popreceipt=a%2B%2F%3D&visibilitytimeout=0\n`,
    );
  });

  test('a long text is shortened in the middle, with the number of characters left out', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        const { head, left, tail } = elide(text, most);
        expect(head.length + left + tail.length).toBe(text.length);
        expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
      }),
    );
  });
});

test('of any text, the programs and the request are as short as those of another', () => {
  fc.assert(
    fc.property(anyTextBomb, fc.constantFrom('text' as const, 'base64' as const), (text, encoding) => {
      const sending = { ...azure, body: { kind: 'text' as const, text }, encoding };
      for (const { write } of CODE_EQUIVALENTS) expect(write(sending).length).toBeLessThan(6000);
      const { head, tail } = elide(
        requestText(azure.endpoint, putMessageCall('orders', { text, timeToLive: 60 })),
        900,
      );
      expect(head.length + tail.length).toBeLessThanOrEqual(900);
    }),
  );
});
