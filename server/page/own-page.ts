import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf, Refusal } from '../command.mjs';
import type { Installation } from '../installation/installation';
import { checkSender } from '../relay/relay-guard';
import { RelayRefusal } from '../relay/relay-target';

/** Bytes: one origin in JSON. */
const LARGEST_REQUEST = 1024;

/** Origins beside the known hosts; the page cannot remove those that this run was given. */
const hostsOf = (installation: Installation) => ({ hosts: installation.hosts(), given: installation.given });

/** What the page of this server asks by POST, and no other: each takes a value from its JSON and returns the answer. */
const QUESTIONS: Record<string, (installation: Installation, value: Record<string, unknown>) => object> = {
  '/allowed-hosts': (installation, { origin }) => {
    installation.addHost(String(origin));
    return hostsOf(installation);
  },
  '/allowed-hosts/remove': (installation, { origin }) => {
    installation.removeHost(String(origin));
    return hostsOf(installation);
  },
  '/allowed-hosts/list': hostsOf,
  '/installation': ({ secret }) => ({ secret }),
};

/**
 * Answers what only scripts of this server's own page may ask: which hosts it may reach beside the known ones, and for the secret
 * of the installation. False when the request is for something else. Another program of this machine can forge all that is
 * checked here; a page of another origin cannot.
 */
export function answerOwnPage(request: IncomingMessage, response: ServerResponse, installation: Installation): boolean {
  const question = Object.hasOwn(QUESTIONS, request.url ?? '') ? QUESTIONS[request.url ?? ''] : undefined;
  if (question) void answer(request, response, (value) => question(installation, value));
  return question !== undefined;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  work: (value: Record<string, unknown>) => object,
): Promise<void> {
  let status = 400;
  try {
    checkSender(request, request.socket.localPort ?? 0);
    if (request.method !== 'POST') status = 405;
    // Another origin cannot send this type without asking first, which nothing here answers.
    if (status === 405 || request.headers['content-type'] !== 'application/json') throw new Refusal('POST JSON.');
    const answered = JSON.stringify(work(await readJson(request)));
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(answered);
  } catch (error) {
    if (response.destroyed) return;
    const refused = error instanceof RelayRefusal ? error.status : status;
    // What was not read of the body is no next request.
    response.writeHead(refused, { 'content-type': 'text/plain;charset=utf-8', connection: 'close' });
    response.end(error instanceof RelayRefusal || error instanceof Refusal ? messageOf(error) : 'This is not JSON.');
  }
}

/** @throws Refusal or SyntaxError unless it is an object in a small text of JSON */
async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST_REQUEST) throw new Refusal('That is too long.');
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Refusal('That is no object.');
  return value as Record<string, unknown>;
}
