import { describe, expect, test } from 'vitest';
import { receive } from './received';

const URL_TEXT = 'https://sandbox.queue.invalid/orders';
const read = async (...[input, init]: Parameters<typeof fetch>) => {
  const { headers, sentNames, ...rest } = await receive(input, init);
  return { ...rest, headers: Object.fromEntries(headers), sentNames: Object.fromEntries(sentNames) };
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe('what fetch takes', () => {
  test('is read at once when it is an address and a record', () => {
    expect(receive(URL_TEXT, { method: 'put', headers: { 'X-Ms-Meta-Owner': ' me ' }, body: bytes('é') })).toEqual({
      url: URL_TEXT,
      method: 'PUT',
      headers: new Map([['x-ms-meta-owner', 'me']]),
      sentNames: new Map([['x-ms-meta-owner', 'X-Ms-Meta-Owner']]),
      body: 'é',
      bodyLength: 2,
      signal: undefined,
    });
  });

  test.each<[string, Parameters<typeof fetch>]>([
    [
      'a Request',
      [
        new Request(URL_TEXT, {
          method: 'POST',
          headers: { 'x-ms-a': 'b', 'content-type': 'application/xml' },
          body: '<é/>',
        }),
      ],
    ],
    [
      'a URL',
      [
        new URL(URL_TEXT),
        { method: 'POST', headers: { 'x-ms-a': 'b', 'content-type': 'application/xml' }, body: '<é/>' },
      ],
    ],
    [
      'Headers',
      [
        URL_TEXT,
        { method: 'POST', headers: new Headers({ 'x-ms-a': 'b', 'content-type': 'application/xml' }), body: '<é/>' },
      ],
    ],
    [
      'pairs',
      [
        URL_TEXT,
        {
          method: 'POST',
          headers: [
            ['x-ms-a', 'b'],
            ['content-type', 'application/xml'],
          ],
          body: '<é/>',
        },
      ],
    ],
    [
      'an ArrayBuffer',
      [
        URL_TEXT,
        { method: 'POST', headers: { 'x-ms-a': 'b', 'content-type': 'application/xml' }, body: bytes('<é/>').buffer },
      ],
    ],
    [
      'a Blob',
      [URL_TEXT, { method: 'POST', headers: { 'x-ms-a': 'b' }, body: new Blob(['<é/>'], { type: 'application/xml' }) }],
    ],
    [
      'a record and a content length',
      [
        URL_TEXT,
        {
          method: 'POST',
          headers: { 'x-ms-a': 'b', 'content-type': 'application/xml', 'content-length': '99' },
          body: '<é/>',
        },
      ],
    ],
  ])('may come as %s', async (_, call) => {
    expect(await read(...call)).toMatchObject({
      url: URL_TEXT,
      method: 'POST',
      headers: { 'x-ms-a': 'b', 'content-type': 'application/xml' },
      body: '<é/>',
      bodyLength: 5,
    });
  });

  test('gets the type of its body as a browser would give it', async () => {
    expect((await read(URL_TEXT, { method: 'POST', body: 'a' })).headers).toEqual({
      'content-type': 'text/plain;charset=UTF-8',
    });
    expect((await read(URL_TEXT, { method: 'POST', body: bytes('a') })).headers).toEqual({});
  });

  test('keeps the case of names where a record has it beside a body of another kind', async () => {
    const { sentNames } = await read(URL_TEXT, {
      method: 'PUT',
      headers: { 'x-ms-meta-Owner': 'me' },
      body: new Blob(),
    });
    expect(sentNames).toMatchObject({ 'x-ms-meta-owner': 'x-ms-meta-Owner' });
  });

  test('joins what differs by the case of a name alone', async () => {
    expect((await read(URL_TEXT, { headers: { 'x-a': '1', 'X-A': '2' } })).headers).toEqual({ 'x-a': '1, 2' });
  });

  test.each([{ 'a b': '1' }, { a: '1\n2' }, { a: '☃' }])('is refused as fetch does: %j', (headers) => {
    expect(() => receive(URL_TEXT, { headers })).toThrow(TypeError);
  });

  test.each(['GET', 'HEAD'])('has no body to %s', (method) => {
    expect(() => receive(URL_TEXT, { method, body: 'a' })).toThrow(TypeError);
  });

  test('has no body when its bytes are not UTF-8, but their length', async () => {
    expect(await read(URL_TEXT, { method: 'POST', body: Uint8Array.of(0xff, 0xfe) })).toMatchObject({
      body: undefined,
      bodyLength: 2,
    });
  });
});
