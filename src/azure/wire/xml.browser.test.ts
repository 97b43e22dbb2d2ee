import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connect } from '../account';
import { EMULATOR } from '../protocol/emulator';
import { unsendableCharacter } from '../protocol/message-text';
import type { Queue } from '../protocol/model';
import { readError } from './error-response';
import { escapeXml, readXml, readXmlInBrowser, textOf } from './xml';

describe('XML', () => {
  test('brings back every text that may be sent, and only those', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const control = fc.integer({ min: 0, max: 0x1f }).map((code) => String.fromCharCode(code));
    const rough = fc.array(fc.oneof(text, control, fc.constantFrom('\r\n', ']]>', '\uFFFE', '\uD800', '&')), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        rough.map((parts) => parts.join('')),
        (value) => {
          const back = textOf(readXml(`<Text><Value>${escapeXml(value)}</Value></Text>`), 'Value');
          expect(back === value).toBe(unsendableCharacter(value) === undefined);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each(['', 'plain', '<a>', '<a></b>', ' <?xml version="1.0"?><a/>', '<a>&nbsp;</a>'])(
    '%j is not read',
    (text) => {
      expect(readXml(text)).toBeUndefined();
    },
  );

  test('may begin with a byte order mark', () => {
    expect(readXml('\uFEFF<?xml version="1.0" encoding="utf-8"?><a/>')?.tagName).toBe('a');
  });
});

const answer = (body: string, headers: Record<string, string> = {}) => ({
  status: 403,
  statusText: 'Forbidden',
  headers: new Headers(headers),
  body,
  readXml: readXmlInBrowser,
});

describe('an error body', () => {
  const facts = { exchangeId: 'e1', now: 0 };
  test('gives code, message without its last lines, request id and every detail', () => {
    const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.
RequestId:3bdf6e72-1003-00aa-0000-5a0000000000
Time:2026-11-23T00:36:46.353Z</Message><AuthenticationErrorDetail>Request date header too old</AuthenticationErrorDetail><ExtendedErrorDetail><ExtendedErrorCode>X</ExtendedErrorCode></ExtendedErrorDetail></Error>`;
    expect(readError(answer(body), facts)).toMatchObject({
      message: 'Server failed to authenticate the request.',
      code: 'AuthenticationFailed',
      status: 403,
      requestId: '3bdf6e72-1003-00aa-0000-5a0000000000',
      details: { AuthenticationErrorDetail: 'Request date header too old', ExtendedErrorCode: 'X' },
      exchangeId: 'e1',
    });
  });

  test('that disagrees with the header wins', () => {
    const body = '<Error><Code>QueueNotFound</Code><Message>No.</Message></Error>';
    expect(readError(answer(body, { 'x-ms-error-code': 'Other' }), facts).code).toBe('QueueNotFound');
  });

  const page = expect.stringMatching(/^A web page came with status 403 in place of the service’s answer/);
  test.each([
    ['<html><body>Bad gateway</body></html>', page],
    ['<html><br>', page],
    ['Bad gateway', 'The service answered 403: Forbidden'],
    ['{"error":{}}', 'The service answered 403: Forbidden'],
  ])('from something else, as %j, is left alone', (body, message) => {
    expect(readError(answer(body, { 'x-ms-error-code': 'Other' }), facts)).toMatchObject({
      code: 'Other',
      message,
      details: {},
    });
  });
});

const page = (names: string[], next: string) =>
  `\uFEFF<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="x"><Queues>${names.map((name) => `<Queue><Name>${name}</Name></Queue>`).join('')}</Queues><NextMarker>${next}</NextMarker></EnumerationResults>`;
async function listed(bodies: string[]) {
  const searches: string[] = [];
  const account = connect(
    { account: EMULATOR.account, endpoint: EMULATOR.endpoint, credential: { kind: 'sas', token: 'sig=x' } },
    {
      fetch: (input) => {
        searches.push(new URL(new Request(input).url).search);
        return Promise.resolve(new Response(bodies.shift() ?? ''));
      },
    },
  );
  const pages: Queue[][] = [];
  for await (const queues of account.listQueues()) pages.push(queues);
  return { names: pages.map((queues) => queues.map(({ name }) => name)), searches };
}

describe('a list of queues', () => {
  test('goes on over an empty page, with the marker encoded', async () => {
    const { names, searches } = await listed([page(['a'], '/acct/b c'), page([], '/acct/d'), page(['e'], '')]);
    expect(names).toEqual([['a'], [], ['e']]);
    expect(searches[1]).toBe('?comp=list&include=metadata&maxresults=5000&marker=%2Facct%2Fb%20c&sig=x');
  });

  test('stops when a marker repeats, as on Azurite it can for ever', async () => {
    const { names } = await listed([page(['a'], '1'), page(['b'], '2'), page(['a'], '1'), page(['b'], '2')]);
    expect(names).toEqual([['a'], ['b'], ['a']]);
  });

  test('that is no list is refused', async () => {
    await expect(listed(['<html/>'])).rejects.toMatchObject({
      name: 'StorageError',
      message: 'The service answered 200 without the EnumerationResults that this operation gives.',
    });
  });
});

test('clearing a big queue goes on until the service is done', async () => {
  let calls = 0;
  const timedOut = '<Error><Code>OperationTimedOut</Code><Message>Later.</Message></Error>';
  const account = connect(
    { account: EMULATOR.account, endpoint: EMULATOR.endpoint, credential: { kind: 'sas', token: 'sig=x' } },
    {
      fetch: () =>
        Promise.resolve(++calls < 3 ? new Response(timedOut, { status: 500 }) : new Response(null, { status: 204 })),
    },
  );
  await account.clearMessages('orders');
  expect(calls).toBe(3);
});
