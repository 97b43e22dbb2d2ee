import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** What a stand-in for a queue service answers. */
export type StandInAnswer = { status: number; headers?: Record<string, string>; body?: string };

/** An answer that lets every page in. */
export const OPEN_TO_PAGES = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
  'access-control-allow-headers': '*, authorization',
  'access-control-expose-headers': '*',
};

/** A refusal as Azure writes it: the code in a header, and the details in the body, which begins with a byte order mark. */
export function refusal(status: number, code: string, details: Record<string, string> = {}): StandInAnswer {
  const id = '7b1f0c2e-0003-0041-5a3c-aa0000000000';
  const more = Object.entries(details)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('');
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code, 'x-ms-request-id': id },
    body: `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>In the words of the service.\nRequestId:${id}\nTime:${new Date().toISOString()}</Message>${more}</Error>`,
  };
}

const file = (name: string) => readFileSync(fileURLToPath(new URL(`certificate/${name}`, import.meta.url)));

/** A service on a free port of this machine that answers as it is told; `secure` with a certificate that signs itself. */
export async function startStandIn(answer: (method: string, url: URL) => StandInAnswer, secure = false) {
  const listener: RequestListener = ({ method = '', url = '' }, response) => {
    const { status, headers, body } =
      method === 'OPTIONS' ? { status: 200 } : answer(method, new URL(url, 'http://localhost'));
    response.writeHead(status, { ...OPEN_TO_PAGES, ...headers }).end(body);
  };
  const server = secure
    ? createTlsServer({ cert: file('loopback-test-only.cert.pem'), key: file('loopback-test-only.key.pem') }, listener)
    : createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`,
    [Symbol.dispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
