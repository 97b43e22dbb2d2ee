import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOTS, mask, maskedCaret, NOTHING_TYPED, unmask } from './masked-text';

const KEY = `${'Zm9v'.repeat(21)}Zg==`;
const TOKEN = `eyJ0eXAiOiJKV1Qi.${'aGVsbG8'.repeat(9)}.${'c2lnbmF0dXJl'.repeat(9)}-_9`;
const CONNECTION_STRING = `DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net`;

const KEY_WITH_SIGNS = `${'k3Y/'.repeat(21)}+Q==`;
const twice = (text: string) => encodeURIComponent(encodeURIComponent(text));
const wrapped = (text: string) => text.match(/.{1,76}/g)?.join('\n') ?? '';

describe('the masked text', () => {
  test.each([
    ['connection string', CONNECTION_STRING, KEY],
    ['connection string in lower case with blanks', `accountname=a; accountkey = ${KEY} ;`, KEY],
    [
      'connection string whose key was wrapped in a mail',
      `AccountKey=${KEY.slice(0, 40)}\n${KEY.slice(40)};`,
      KEY.slice(41),
    ],
    ['SAS URL', 'https://a.queue.core.windows.net/?sv=2024-11-04&ss=q&sig=abc%2Bdef%3D&sp=rl', 'abc%2Bdef%3D'],
    [
      'SAS in a connection string',
      'QueueEndpoint=https://a;SharedAccessSignature=sv=1&sig=abc%2Bdef%3D',
      'abc%2Bdef%3D',
    ],
    ['bare SAS token', '?sig=abc%2Bdef%3D&sv=1', 'abc%2Bdef%3D'],
    ['bare key', KEY, KEY],
    ['access token', `Bearer ${TOKEN}`, TOKEN],
    ['access token in JSON', `{ "accessToken": "${TOKEN}", "tokenType": "Bearer" }`, TOKEN],
    ['access token that was cut into lines', `${TOKEN.slice(0, 30)}\n${TOKEN.slice(30)}`, TOKEN.slice(30)],
    ['name and key', `harborlane ${KEY}`, KEY],
    ['key with too few bytes', 'AccountName=harborlane;AccountKey=c2hvcnQ=', 'c2hvcnQ='],
    ['key in JSON', '{"accountKey": "c2hvcnQ="}', 'c2hvcnQ='],
    ['key in JSON with escapes', `"value": "${KEY.replace('m', '\\u002B')}"`, KEY.slice(8)],
    ['key in a settings file', 'AZURE_STORAGE_KEY=c2hvcnQ=', 'c2hvcnQ='],
    ['SAS URL in JSON', String.raw`"https://a.queue.core.windows.net/?sv=1\u0026sig=abc%2Bdef%3D"`, 'abc%2Bdef%3D'],
    ['SAS URL that is encoded itself', 'https%3A%2F%2Fa%3Fsv%3D1%26sig%3Dabc%2Bdef', 'abc%2Bdef'],
    [
      'key wrapped before its padding',
      `AccountKey=${KEY.slice(0, -6)}\n${KEY.slice(-6)};EndpointSuffix=x`,
      KEY.slice(-6),
    ],
    ['key that is percent-encoded', `AccountKey%3D${encodeURIComponent(KEY_WITH_SIGNS)}%3BEndpointSuffix`, 'k3Y%2F'],
    ['connection string that is percent-encoded twice', twice(`AccountKey=${KEY_WITH_SIGNS};a=b`), 'k3Y%252F'],
    ['percent-encoded key alone', encodeURIComponent(KEY_WITH_SIGNS), 'k3Y%2F'],
    ['key without its padding', `harborlane ${KEY_WITH_SIGNS.slice(0, -2)}`, KEY_WITH_SIGNS.slice(0, -2)],
    ['key in the URL alphabet', KEY_WITH_SIGNS.replaceAll('/', '_').replaceAll('+', '-'), 'k3Y_k3Y'],
    ['connection string in Base64', btoa(CONNECTION_STRING), btoa(CONNECTION_STRING).slice(80)],
    [
      'connection string in percent-encoded Base64',
      encodeURIComponent(btoa(`${CONNECTION_STRING};`)),
      btoa(CONNECTION_STRING).slice(80, 200),
    ],
    ['connection string in Base64 in lines', wrapped(btoa(CONNECTION_STRING)), btoa(CONNECTION_STRING).slice(100, 140)],
    ['connection string in Base64 twice', btoa(btoa(CONNECTION_STRING)), btoa(btoa(CONNECTION_STRING)).slice(80)],
    [
      'Secret of Kubernetes',
      `kind: Secret\ndata:\n  storage: ${btoa(CONNECTION_STRING)}\n`,
      btoa(CONNECTION_STRING).slice(80),
    ],
    ['key in a Secret of Kubernetes', `data:\n  azurestorageaccountkey: ${btoa(KEY)}\n`, btoa(KEY)],
    ['key in the address of a broker', `azurestoragequeues://:${KEY_WITH_SIGNS}@harborlane`, 'k3Y/'],
    ['short key in the address of a broker', 'azurestoragequeues://c2hvcnQ=@harborlane', 'c2hvcnQ='],
    ['SAS in the address of a broker', 'azurestoragequeues://sv=1&sig=abc%2Bdef@harborlane', 'abc%2Bdef'],
    ['key of Camel', 'azure-storage-queue:a/b?accessKey=RAW(c2hvcnQ=)&x=1', 'c2hvcnQ='],
    ['password in an address', 'amqp://guest:hunter2@rabbit:5672/', 'hunter2'],
    ['password of SQL', 'Server=x;User ID=sa;Password=hunter2;', 'hunter2'],
    ['password of Redis', 'x.redis.cache.windows.net:6380,password=hunter2=,ssl=True', 'hunter2='],
    ['secret of App Configuration', 'Endpoint=https://x.azconfig.io;Id=abcd;Secret=hunter2=', 'hunter2='],
    ['key of Service Bus', 'SharedAccessKeyName=Root;SharedAccessKey=hunter2=', 'hunter2='],
    ['key of SignalR', 'Endpoint=https://x.service.signalr.net;AccessKey=hunter2=;', 'hunter2='],
    ['key of Communication Services', 'endpoint=https://x.communication.azure.com/;accesskey=hunter2=', 'hunter2='],
    ['secret of an application', '"clientSecret": "hunter2"', 'hunter2'],
    ['key of AWS', 'AWS_SECRET_ACCESS_KEY=hunter2', 'hunter2'],
    ['account of an emulator', 'AZURITE_ACCOUNTS=a:c2hvcnQ=', 'c2hvcnQ='],
    ['second account of an emulator', 'AZURITE_ACCOUNTS="a:eA==:eQ==;b:c2hvcnQ="', 'c2hvcnQ='],
    ['account of an emulator in JSON', '{"AZURITE_ACCOUNTS": "a:c2hvcnQ="}', 'c2hvcnQ='],
    ['signature of one request', 'Authorization: SharedKey harborlane:c2hvcnQ=', 'c2hvcnQ='],
    ['signature with a blank for +', 'https://a/?sv=1&sig=abc def=', 'def='],
  ])('the masked text has dots in place of the secret of a %s', (_, text, secret) => {
    const { shown } = mask(text);

    expect(shown).toContain(DOTS);
    expect(shown).not.toContain(secret);
  });

  test('the masked text keeps the settings around a key', () => {
    const lines = ['{', '  "Storage": "AccountName=a;AccountKey=#",', '  "Runtime": "node"', '}'].join('\n');
    expect(mask(lines.replace('#', KEY)).shown).toBe(lines.replace('#', DOTS));
    const settings = 'A=AccountName=a;AccountKey=#\nB=AccountName=b;AccountKey=#\nPORT=3000';
    expect(mask(settings.replaceAll('#', KEY)).shown).toBe(settings.replaceAll('#', DOTS));
  });

  test.each([
    ' ',
    '\n',
    'a',
    '=',
    'AccountKey=',
    'AccountKey = \n',
    'sig=',
    'a\n',
    KEY,
    KEY.slice(0, 80),
    'key =',
    '%',
    '%25',
    '%3D',
    '://a:',
    'password=',
    'AZURITE_ACCOUNTS=a:',
    'a:b;',
    'azurestoragequeues://',
    'QUJD\n',
    btoa(CONNECTION_STRING),
  ])('of %j over and over takes little time', (again) => {
    const typed = `AccountKey=a${again.repeat(100_000 / again.length)}`;
    const start = performance.now();
    expect(unmask(mask(typed))).toBe(typed);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test.each([
    'https://harborlane.queue.core.windows.net/orders',
    '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/orders/providers/Microsoft.Storage/storageAccounts/harborlane',
    'kind: Secret\nmetadata:\n  name: storage\n',
    'secretKeyRef:\n  name: storage\n  key: connection\n',
    'azurestoragequeues://DefaultAzureCredential@https://harborlane.queue.core.windows.net',
    'AZURE_STORAGE_ACCOUNT=harborlane',
    'AzureWebJobsStorage__clientId=11111111-2222-3333-4444-555555555555',
    btoa('This is a sentence about something else entirely.'),
    'Endpoint=https://harborlane.queue.core.windows.net/;QueueName=orders',
    'http://localhost:10001/devstoreaccount1',
  ])('the masked text of %j is the text', (text) => {
    expect(mask(text)).toEqual({ shown: text, secrets: [] });
  });

  test.each([
    (text: string) => text,
    encodeURIComponent,
    twice,
    (text: string) => JSON.stringify(text).replaceAll('+', String.raw`\u002b`),
  ])('the whole key is dotted, and nothing else, in form %#', (written) => {
    const text = `DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=${KEY_WITH_SIGNS};EndpointSuffix=core.windows.net`;
    const [before = '', behind = ''] = written(text.replace(KEY_WITH_SIGNS, '|')).split(/\||%7C|%257C/);
    expect(mask(written(text)).shown).toBe(`${before}${DOTS}${behind}`);
  });

  test('the keys of an emulator are dotted one by one, and their accounts stay', () => {
    expect(mask('AZURITE_ACCOUNTS=orders:eA==:eQ==;stock:eg==').shown).toBe(
      `AZURITE_ACCOUNTS=orders:${DOTS};stock:${DOTS}`,
    );
  });

  test('the masked text keeps everything that is not a secret', () => {
    expect(mask(CONNECTION_STRING).shown).toBe(CONNECTION_STRING.replace(KEY, DOTS));
  });

  test('every secret has the same number of dots', () => {
    expect(mask('AccountKey=a').shown).toBe(mask(`AccountKey=${KEY}`).shown);
  });
});

describe('the unmasked text', () => {
  test('the unmasked text is what was typed', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'AccountKey=',
        'sig=',
        ';',
        '&',
        KEY,
        'AccountName=harborlane',
        '\n',
        ' ',
        '%3D',
        '%2F',
        '://a:',
        '@',
      ),
      fc.constantFrom(
        'AZURITE_ACCOUNTS=a:',
        'azurestoragequeues://:',
        'Secret=',
        'password: ',
        btoa(CONNECTION_STRING),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('').replaceAll('•', '');
        expect(unmask(mask(text))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test('adjacent secrets are unmasked', () => {
    expect(unmask(mask('sig=AccountKey=&'))).toBe('sig=AccountKey=&');
  });

  test('a key that is typed letter by letter is unmasked', () => {
    const typed = 'AccountKey=c2VjcmV0;x'
      .split('')
      .reduce((box, letter) => mask(box.shown + letter, box), NOTHING_TYPED);

    expect(unmask(typed)).toBe('AccountKey=c2VjcmV0;x');
    expect(typed.shown).toBe(`AccountKey=${DOTS};x`);
  });

  test('a key survives an edit elsewhere in the text', () => {
    const box = mask(CONNECTION_STRING);
    const edited = mask(box.shown.replace('harborlane', 'other'), box);

    expect(unmask(edited)).toBe(CONNECTION_STRING.replace('harborlane', 'other'));
  });

  test('a key is lost when its dots are changed', () => {
    const box = mask('AccountKey=c2VjcmV0;');
    const edited = mask(`AccountKey=${DOTS.slice(1)};`, box);

    expect(unmask(edited)).toBe('AccountKey=;');
    expect(edited.secrets).toEqual([]);
  });

  test('pasted dots stand for no key', () => {
    expect(unmask(mask(`AccountKey=${DOTS};`))).toBe('AccountKey=;');
  });
});

test('the caret stays after the typed text', () => {
  const box = mask('AccountKey=c2VjcmV0;AccountName=a');
  const typed = box.shown.replace('AccountName=a', 'AccountName=ab');

  expect(maskedCaret(typed, typed.length, box)).toBe(typed.length);
  expect(maskedCaret('AccountKey=s', 12, NOTHING_TYPED)).toBe(`AccountKey=${DOTS}`.length);
});
