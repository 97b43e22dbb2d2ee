import { describe, expect, test } from 'vitest';
import { TextResponse } from './to-response';

const TEXT = '\uFEFF{"a":"é"}';
const make = () => new TextResponse(TEXT, { status: 201, statusText: 'Created', headers: { 'x-ms-a': 'b' } });
const real = () => new Response(TEXT, { status: 201, statusText: 'Created', headers: { 'x-ms-a': 'b' } });

describe('a response that holds its text', () => {
  test('is a Response in all that it tells', () => {
    const response = make();
    const { status, statusText, ok, url, redirected, type, bodyUsed } = response;
    expect(response).toBeInstanceOf(Response);
    expect({ status, statusText, ok, url, redirected, type, bodyUsed }).toEqual({
      status: 201,
      statusText: 'Created',
      ok: true,
      url: '',
      redirected: false,
      type: 'default',
      bodyUsed: false,
    });
    expect(response.headers.get('X-Ms-A')).toBe('b');
  });

  test('reads as one', async () => {
    expect(await make().text()).toBe(await real().text());
    expect(await make().json()).toEqual(await real().json());
    expect(new Uint8Array(await make().arrayBuffer())).toEqual(new Uint8Array(await real().arrayBuffer()));
    expect(await make().bytes()).toEqual(new Uint8Array(await real().arrayBuffer()));
    expect((await make().blob()).size).toBe((await real().blob()).size);
    expect(await new Response(make().body).text()).toBe(await real().text());
    await expect(make().formData()).rejects.toThrow(TypeError);
  });

  test('is read once', async () => {
    const response = make();
    const copy = response.clone();
    await response.text();
    expect([response.bodyUsed, copy.bodyUsed]).toEqual([true, false]);
    await expect(response.text()).rejects.toThrow(TypeError);
    await expect(response.arrayBuffer()).rejects.toThrow(TypeError);
    expect(() => response.clone()).toThrow(TypeError);
    expect([await copy.text(), copy.status, copy.headers.get('x-ms-a')]).toEqual(['{"a":"é"}', 201, 'b']);
    const bytes = make();
    await bytes.arrayBuffer();
    expect(bytes.bodyUsed).toBe(true);
    await expect(bytes.text()).rejects.toThrow(TypeError);
  });
});
