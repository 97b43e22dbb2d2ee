import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DIST } from '../../server/command.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
const PACKED = /^\.(?:html|js|css|svg|webmanifest)$/;

/**
 * Serves the build as a host of static files does: gzip at its usual level, nothing of our own server behind it.
 * @param {string} endpoint that the page may reach, as a build with `QUEUESCOPE_ALLOW_HOSTS` says it
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function staticHost(endpoint) {
  /** @type {Map<string, { body: Buffer, headers: Record<string, string> } | undefined>} */
  const files = new Map();
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    const name = path === '/' ? '/index.html' : path;
    if (!files.has(name)) files.set(name, fileOf(name, endpoint));
    const file = files.get(name);
    if (file) response.writeHead(200, file.headers).end(file.body);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param {string} name @param {string} endpoint */
function fileOf(name, endpoint) {
  const type = TYPES[extname(name)];
  if (type === undefined || name.includes('..')) return undefined;
  try {
    const read = readFileSync(join(DIST, name));
    const allowed = `connect-src ${new URL(endpoint).origin} `;
    const content = name === '/index.html' ? read.toString().replace('connect-src ', allowed) : read;
    const headers = {
      'content-type': type,
      'cache-control': name.startsWith('/assets/') ? 'max-age=31536000' : 'no-cache',
    };
    return PACKED.test(extname(name))
      ? { body: gzipSync(content), headers: { ...headers, 'content-encoding': 'gzip' } }
      : { body: read, headers };
  } catch {
    return undefined;
  }
}
