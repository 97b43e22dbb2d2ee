import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { CERTIFICATE } from './token-service';

const ACCOUNT = 'harborlane';

/**
 * A stand-in for an account of Azure and a token with a role on single queues: it refuses to list as Azure does, and serves the
 * queues that it has, each with one message. What it is asked is in `asked`, without the credential.
 */
export async function startUnlistedService(...names: string[]) {
  const queues = new Set(names);
  const asked: string[] = [];
  const service = { mayList: false };

  function answer({ method = '', url = '/' }: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(url, 'https://127.0.0.1');
    const [, , queue = ''] = pathname.split('/');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', '*');
    response.setHeader('x-ms-request-id', crypto.randomUUID());
    if (method === 'OPTIONS') {
      response.setHeader('access-control-allow-methods', 'GET, PUT, POST, DELETE');
      response.setHeader(
        'access-control-allow-headers',
        'authorization, content-type, x-ms-client-request-id, x-ms-date, x-ms-version',
      );
      return response.writeHead(200).end();
    }
    asked.push(`${method} ${pathname}`);
    if (searchParams.get('comp') === 'list') {
      const listed = [...queues].map((name) => `<Queue><Name>${name}</Name></Queue>`).join('');
      return service.mayList
        ? xml(response, 200, `<EnumerationResults><Queues>${listed}</Queues><NextMarker/></EnumerationResults>`)
        : refuse(response, 403, 'AuthorizationPermissionMismatch', MISMATCH);
    }
    if (!queues.has(queue)) return refuse(response, 404, 'QueueNotFound', 'The specified queue does not exist.');
    if (pathname.endsWith('/messages')) return xml(response, 200, `<QueueMessagesList>${MESSAGE}</QueueMessagesList>`);
    if (method === 'DELETE') {
      queues.delete(queue);
      return response.writeHead(204).end();
    }
    return response.writeHead(200, { 'x-ms-approximate-messages-count': '1' }).end();
  }

  const options = { cert: readFileSync(CERTIFICATE.cert), key: readFileSync(CERTIFICATE.key) };
  const server = createServer(options, (request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `https://127.0.0.1:${port}/${ACCOUNT}`,
    asked,
    service,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const MISMATCH = 'This request is not authorized to perform this operation using this permission.';
const MESSAGE =
  '<QueueMessage><MessageId>5ceed8ca-0000-4000-8000-000000000000</MessageId><InsertionTime>Sun, 29 Nov 2026 10:00:00 GMT</InsertionTime><ExpirationTime>Fri, 31 Dec 9999 23:59:59 GMT</ExpirationTime><DequeueCount>0</DequeueCount><MessageText>a crate</MessageText></QueueMessage>';

const xml = (response: ServerResponse, status: number, body: string) =>
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="utf-8"?>${body}`);

function refuse(response: ServerResponse, status: number, code: string, message: string) {
  response.setHeader('x-ms-error-code', code);
  return xml(response, status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
