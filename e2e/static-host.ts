import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST } from '../server/command.mjs';
import { bind } from '../server/page/serve';
import { staticFiles } from '../server/page/static-files';
import { test as base } from './fixtures';

export const BUILD = process.env['QUEUESCOPE_E2E_BUILD'] ?? DIST;
const PATH = '/tools/queuescope/';

/** Answers a request in place of the host, and returns true then. */
type InPlace = (path: string, response: ServerResponse, request: IncomingMessage) => boolean;

export type StaticHost = {
  /** Address of the page, which is under a sub-path. */
  url: string;
  /** Paths of the requests that came, relative to the page, with their queries. */
  asked: string[];
  /** Serves another build from now on. */
  deploy: (folder: string) => void;
  /** Answers requests by other means from now on, until it is called without them. */
  answerBy: (inPlace?: InPlace) => void;
  /** Answers nothing any more, as a machine that is gone. */
  stop: () => Promise<void>;
};

/** A static host: a build under a sub-path, without our headers or server. */
export const test = base.extend<{ host: StaticHost }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  host: async ({}, provide) => {
    let files = staticFiles(BUILD);
    let inPlace: InPlace | undefined;
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const { url = '' } = request;
      if (!url.startsWith(PATH)) return void response.writeHead(404).end();
      const path = url.slice(PATH.length);
      asked.push(path);
      if (inPlace?.(path, response, request)) return;
      request.url = `/${path}`;
      files(request, response);
    });
    const host = await bind(server, 0);
    await provide({
      url: `${host.url}${PATH}`,
      asked,
      deploy: (folder) => {
        files = staticFiles(folder);
      },
      answerBy: (next) => {
        inPlace = next;
      },
      stop: host.stop,
    });
    await host.stop();
  },
});

/**
 * Makes the next build of the page, in a folder of its own: all that is named by its content has another name.
 * @returns the folder, and what deletes it
 */
export function nextBuild() {
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-next-'));
  cpSync(BUILD, folder, { recursive: true });
  const names = readdirSync(join(BUILD, 'assets'));
  const hashes = new Set(names.flatMap((name) => /-([\w-]{8})\.(?:js|css)$/.exec(name)?.[1] ?? []));
  const known = new RegExp([...hashes].join('|'), 'g');
  const next = (text: string) =>
    text.replace(known, (hash) => hash.replace(/.$/, (last) => (last === 'Z' ? 'Y' : 'Z')));
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    // What is compressed is of the build before.
    if (/\.(?:br|gz)$/.test(name)) rmSync(path);
    else if (/\.(?:js|css|html)$/.test(name)) {
      writeFileSync(path, next(readFileSync(path, 'utf8')).replace(/"version":"./, '"version":"!'));
      renameSync(path, join(folder, next(name)));
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
