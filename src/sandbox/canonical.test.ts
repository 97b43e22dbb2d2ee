import { describe, expect, test } from 'vitest';
import vectors from '../azure/credentials/signing-vectors.json';
import { readAddress, toEndpoints } from './address';
import { signedText } from './canonical';
import { receive } from './received';
import { createSigner } from './signer';

/** Reads a request as the service does when it serves that account. */
function arrive(url: string, init: RequestInit, account: string) {
  const received = receive(url, init);
  const endpoints = url.includes('127.0.0.1')
    ? toEndpoints(`http://127.0.0.1:10001/${account}`, `http://127.0.0.1:10001/${account}-secondary`)
    : toEndpoints(`https://${account}.queue.core.windows.net`, `https://${account}-secondary.queue.core.windows.net`);
  const address = readAddress(url, endpoints);
  if (received instanceof Promise || !address) throw new Error('Not a plain request');
  return { ...received, ...address, version: received.headers.get('x-ms-version') ?? '' };
}

describe.each(vectors)('$name', ({ method, url, headers, account, key, ...vector }) => {
  const { 'content-length': _length, ...sent } = Object.fromEntries(Object.entries(headers));
  const init = { method, headers: sent, ...('body' in vector && { body: new TextEncoder().encode(vector.body) }) };

  test('has the published string to sign and signature', async () => {
    const text = signedText(arrive(url, init, account), account);
    expect(text).toBe(vector.stringToSign);
    expect(`SharedKey ${account}:${await createSigner(key)(text)}`).toBe(vector.authorization);
  });
});

const service = 'https://contosoq.queue.core.windows.net';
const textOf = (url: string, init: RequestInit = {}) => signedText(arrive(url, init, 'contosoq'), 'contosoq');
const lengthIn = (version: string, method: string) =>
  textOf(service, { method, headers: { 'x-ms-version': version } }).split('\n')[3];

describe('the string to sign', () => {
  test('joins the sorted values of a repeated parameter', () => {
    expect(textOf(`${service}/?b=2&a=9&b=1`)).toMatch(/\/contosoq\/\na:9\nb:1,2$/);
  });

  test('keeps a parameter without a value', () => {
    expect(textOf(`${service}/?prefix=&comp`)).toMatch(/\/contosoq\/\ncomp:\nprefix:$/);
  });

  test('reads + as a space, as query strings mean it', () => {
    expect(textOf(`${service}/?prefix=a+b`)).toMatch(/\nprefix:a b$/);
  });

  test('folds white space within a header', () => {
    expect(textOf(service, { headers: { 'x-ms-meta-a': 'b   c' } })).toContain('x-ms-meta-a:b c\n');
  });

  test('has the date where no x-ms-date stands in for it', () => {
    const date = 'Fri, 02 Jan 2026 03:04:05 GMT';
    expect(textOf(service, { headers: { date } }).split('\n')[6]).toBe(date);
    expect(textOf(service, { headers: { date, 'x-ms-date': date } }).split('\n')[6]).toBe('');
  });

  test('counts a body of nothing as 0 before version 2015-02-21', () => {
    expect([lengthIn('2014-02-14', 'PUT'), lengthIn('2014-02-14', 'GET'), lengthIn('2015-02-21', 'PUT')]).toEqual([
      '0',
      '',
      '',
    ]);
  });
});
