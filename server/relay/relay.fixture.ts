import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What an account was asked. */
export type Asked = {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
};

/** Reads a request to its end. @throws when it breaks off */
export async function askedIn(request: IncomingMessage): Promise<Asked> {
  const { method, url, headers } = request;
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return { method, url, headers, body };
}

/** Answers as an account does. */
export const ok = (response: ServerResponse, body = '<ok/>', status = 200): void =>
  void response.writeHead(status, 'Fine', { 'x-ms-request-id': 'r1', 'content-type': 'application/xml' }).end(body);

/** Has a server listen on a free port of this machine; what closes it goes to `closing`. */
export async function listen(server: Server | TlsServer, closing: (() => unknown)[]): Promise<number> {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** The headers that a browser sends with what the page of the server at this port asks for. */
export const ownHeaders = (port: number) => ({
  host: `127.0.0.1:${port}`,
  'sec-fetch-site': 'same-origin',
  'sec-fetch-dest': 'empty',
  origin: `http://127.0.0.1:${port}`,
});
