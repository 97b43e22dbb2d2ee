import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream';

/** What a build consists of, by its extensions; anything else would be a download. */
const TYPES: Record<string, string> = {
  '.html': 'text/html;charset=utf-8',
  '.js': 'text/javascript;charset=utf-8',
  '.css': 'text/css;charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain;charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** In the order of preference, with the extension that the build gives them. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/**
 * Serves the files of a folder, in the compressed form that lies beside them where the browser takes it. It looks at the
 * folder at each request: a new build is picked up, and a file that it removed is a plain 404.
 * @param change applied to each HTML file
 */
export const staticFiles =
  (folder: string, change?: Change) => (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(request.url ?? '/');
    const file = path === undefined ? undefined : fileAt(folder, path);
    if (path === undefined || !file) {
      response.writeHead(404).end();
      return;
    }
    if (change && extname(path) === '.html') {
      answerHtml(request, response, change(readFileSync(file.path, 'utf8')));
      return;
    }
    const accepted = request.headers['accept-encoding']?.toString() ?? '';
    const [encoding, extension] = ENCODINGS.find(
      ([name, end]) => new RegExp(`\\b${name}\\b`).test(accepted) && fileAt(folder, `${path}${end}`),
    ) ?? [undefined, ''];
    const chosen = fileAt(folder, `${path}${extension}`) ?? file;

    const etag = `W/"${chosen.size}-${chosen.mtimeMs}"`;
    response.setHeader('etag', etag);
    response.setHeader('vary', 'Accept-Encoding');
    // The build names what is in assets/ by its content.
    const forever = path.startsWith('/assets/');
    response.setHeader('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (isUnchanged(request, response, etag)) return;
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'content-length': chosen.size,
      ...(encoding && { 'content-encoding': encoding }),
    });
    if (request.method === 'HEAD') response.end();
    // Who goes away before the end has no complaint to make.
    else pipeline(createReadStream(chosen.path), response, () => {});
  };

type Change = (html: string) => string;

function answerHtml(request: IncomingMessage, response: ServerResponse, html: string): void {
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
  response.setHeader('etag', etag).setHeader('cache-control', 'no-cache');
  if (isUnchanged(request, response, etag)) return;
  response.writeHead(200, { 'content-type': TYPES['.html'], 'content-length': Buffer.byteLength(html) });
  response.end(request.method === 'HEAD' ? undefined : html);
}

/** Answers a browser that has this version, and returns true then. */
function isUnchanged(request: IncomingMessage, response: ServerResponse, etag: string): boolean {
  const isKnown = request.headers['if-none-match'] === etag;
  if (isKnown) response.writeHead(304).end();
  return isKnown;
}

/** The path of a request target, decoded; undefined for one that could lead out of a folder or is hidden. */
function pathOf(target: string): string | undefined {
  try {
    const path = decodeURIComponent(target.split(/[?#]/, 1)[0] ?? '');
    const isPlain = path.startsWith('/') && !/[\\\0]|%|\/\.|\/\//.test(path);
    return isPlain ? (path.endsWith('/') ? `${path}index.html` : path) : undefined;
  } catch {
    return undefined;
  }
}

function fileAt(folder: string, path: string) {
  const full = join(folder, ...path.split('/'));
  const root = folder.endsWith(sep) ? folder : `${folder}${sep}`;
  if (!full.startsWith(root)) return undefined;
  try {
    const stats = statSync(full, { throwIfNoEntry: false });
    return stats?.isFile() ? { path: full, size: stats.size, mtimeMs: stats.mtimeMs } : undefined;
  } catch {
    // A name below a file, or longer than names can be: whoever asks for it must not end the server.
    return undefined;
  }
}
