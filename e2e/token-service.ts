import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { STEADY_CLOCK } from '../scripts/testing/emulator';
import { startAzurite } from '../server/local/azurite';
import { accessToken } from './access-tokens';

const file = (name: string) => fileURLToPath(new URL(`certificate/${name}`, import.meta.url));

/** Of loopback, for tests alone: browsers and Azurite want https where access tokens go. */
export const CERTIFICATE = { cert: file('loopback-test-only.cert.pem'), key: file('loopback-test-only.key.pem') };

/** An Azurite that accepts access tokens, with a clock that the test moves. */
export async function startTokenService(origin: string) {
  const azurite = await startAzurite({ clock: STEADY_CLOCK, https: CERTIFICATE });
  const time = async () => Number(await (await fetch(azurite.clock)).text());

  /** Sends one request with its own token, past the page. */
  async function ask(method: string, path: string, body = ''): Promise<string> {
    const token = accessToken({ time: await time() });
    const { status, text } = await send(`${azurite.url}${path}`, method, token, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text;
  }

  await ask('PUT', '/?restype=service&comp=properties', corsRule(origin));
  return {
    url: azurite.url,
    stop: azurite.stop,
    time,
    advance: async (milliseconds: number) =>
      void (await fetch(`${azurite.clock}/advance?ms=${milliseconds}`, { method: 'POST' })),
    createQueue: (queue: string) => ask('PUT', `/${queue}`),
    peek: (queue: string) => ask('GET', `/${queue}/messages?peekonly=true`),
  };
}

const corsRule = (origin: string) =>
  `<?xml version="1.0" encoding="utf-8"?><StorageServiceProperties><Cors><CorsRule><AllowedOrigins>${origin}</AllowedOrigins><AllowedMethods>GET,HEAD,PUT,POST,DELETE,OPTIONS</AllowedMethods><AllowedHeaders>*</AllowedHeaders><ExposedHeaders>*</ExposedHeaders><MaxAgeInSeconds>7200</MaxAgeInSeconds></CorsRule></Cors></StorageServiceProperties>`;

function send(url: string, method: string, token: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'x-ms-version': '2024-11-04',
      'content-type': 'application/xml',
      'content-length': String(Buffer.byteLength(body)),
    };
    const sent = request(url, { method, headers, ca: readFileSync(CERTIFICATE.cert) }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end(body);
  });
}
