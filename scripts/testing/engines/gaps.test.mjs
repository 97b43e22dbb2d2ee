import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeGaps } from './gaps.mjs';

/** A bridge between a client and a browser that are lists of what they got. */
function bridge() {
  /** @type {any[]} */
  const browser = [];
  /** @type {any[]} */
  const client = [];
  const gaps = closeGaps({
    toBrowser: (message) => browser.push(message),
    toClient: (message) => client.push(message),
  });
  return { browser, client, ...gaps };
}

/** Until all that waits for an answer has gone on. */
const turn = () => new Promise((resolve) => void setImmediate(resolve));

/** Answers what the bridge itself asks of the browser, as Firefox does, and gives it. @param {ReturnType<typeof bridge>} between */
async function answerOwn({ browser, fromBrowser }) {
  const asked = [];
  for (let round = 0; round < 3; round++) {
    await turn();
    for (const message of browser.splice(0)) {
      asked.push(message);
      const { id, method } = message;
      if (method === 'browsingContext.getTree')
        fromBrowser({ type: 'success', id, result: { contexts: [{ context: 'window' }] } });
      if (method === 'script.callFunction') fromBrowser({ type: 'success', id, result: { type: 'success' } });
    }
  }
  return asked;
}

test('what both ends understand passes as it is, both ways and in order', () => {
  const { browser, client, fromClient, fromBrowser } = bridge();
  const asked = [
    { id: 1, method: 'session.new', params: {} },
    { id: 2, method: 'script.callFunction', params: { arguments: [{ type: 'string', value: '() => 1' }] } },
  ];
  const told = [
    { type: 'success', id: 1, result: {} },
    { type: 'event', method: 'log.entryAdded', params: { text: '' } },
  ];
  asked.forEach(fromClient);
  told.forEach(fromBrowser);
  expect(browser).toEqual(asked);
  expect(client).toEqual(told);
});

test('a scheme of colours is set in Firefox itself, and answered when it is set', async () => {
  const between = bridge();
  between.fromClient({
    id: 7,
    method: 'emulation.setMediaFeaturesOverride',
    params: { features: { 'prefers-color-scheme': 'dark' }, contexts: ['tab'] },
  });
  expect(between.client).toEqual([]);
  expect(between.browser.map(({ method }) => method)).toEqual(['browsingContext.getTree']);
  await answerOwn(between);
  expect(between.client).toEqual([{ type: 'success', id: 7, result: {} }]);
});

test('a new tab has the scheme of its context before the client hears of it', async () => {
  const between = bridge();
  between.fromClient({
    id: 1,
    method: 'emulation.setMediaFeaturesOverride',
    params: { features: { 'prefers-color-scheme': 'dark' }, userContexts: ['night'] },
  });
  await answerOwn(between);
  between.client.length = 0;
  between.fromClient({ id: 2, method: 'browsingContext.create', params: { userContext: 'night' } });
  const created = { context: 'tab', userContext: 'night' };
  between.fromBrowser({ type: 'event', method: 'browsingContext.contextCreated', params: created });
  between.fromBrowser({ type: 'success', id: 2, result: { context: 'tab' } });
  expect(between.client.some(({ id }) => id === 2)).toBe(false);
  const set = (await answerOwn(between)).find(({ method }) => method === 'script.callFunction');
  expect(set?.params.arguments).toEqual([
    { type: 'array', value: [{ type: 'string', value: 'tab' }] },
    { type: 'string', value: 'dark' },
  ]);
  expect(between.client.at(-1)).toEqual({ type: 'success', id: 2, result: { context: 'tab' } });
});

test('a scheme that cannot be set is an error of the command, and not a silence', async () => {
  const { browser, client, fromClient, fromBrowser } = bridge();
  fromClient({
    id: 7,
    method: 'emulation.setMediaFeaturesOverride',
    params: { features: { 'prefers-color-scheme': 'dark' }, contexts: ['tab'] },
  });
  fromBrowser({ type: 'error', id: browser[0].id, error: 'unsupported operation', message: 'no access' });
  await turn();
  expect(client).toEqual([
    { type: 'error', id: 7, error: 'unknown error', message: 'browsingContext.getTree: no access' },
  ]);
});

test('permission for the clipboard is granted here, and any other is asked of the browser', async () => {
  const { browser, client, fromClient } = bridge();
  const grant = (/** @type {number} */ id, /** @type {string} */ name) =>
    fromClient({ id, method: 'permissions.setPermission', params: { descriptor: { name }, state: 'granted' } });
  grant(1, 'clipboard-read');
  grant(2, 'geolocation');
  await turn();
  expect(client).toEqual([{ type: 'success', id: 1, result: {} }]);
  expect(browser.map(({ id }) => id)).toEqual([2]);
});

test("a text is put in by the browser's own editing, whatever the name of the argument", () => {
  const { browser, fromClient } = bridge();
  for (const name of ['text3', 'text'])
    fromClient({
      id: 1,
      method: 'script.callFunction',
      params: {
        arguments: [
          { type: 'string', value: `(${name}) => window.__pw_bidiInsertText(${name})` },
          { type: 'string', value: 'typed' },
        ],
      },
    });
  for (const { params } of browser) {
    expect(params.arguments[0].value).toContain("execCommand('insertText'");
    expect(params.arguments[1].value).toBe('typed');
  }
});

/** What Playwright asks for `fill`, and a browser's answer to it. @param {ReturnType<typeof bridge>} between */
function fill({ fromClient, fromBrowser }) {
  const value = 'async ([injected, node, { value: value3 }]) => {\n return injected.fill(node, value3);\n }';
  fromClient({
    id: 9,
    method: 'script.callFunction',
    params: { target: { context: 'tab', sandbox: 'utility' }, arguments: [{ type: 'string', value }] },
  });
  fromBrowser({ type: 'success', id: 9, result: { type: 'success', result: { type: 'string', value: 'needsinput' } } });
}

test('all of an editor in a shadow tree is selected by keys, before the client puts the text in', async () => {
  const between = bridge();
  fill(between);
  const question = between.browser.at(-1);
  expect(question.params.target).toEqual({ context: 'tab' });
  expect(between.client).toEqual([]);
  between.fromBrowser({ type: 'success', id: question.id, result: { type: 'success', result: { value: true } } });
  await turn();
  const keys = between.browser.at(-1);
  expect(keys.method).toBe('input.performActions');
  expect(keys.params.actions[0].actions.map((/** @type {any} */ key) => [key.type, key.value])).toEqual([
    ['keyDown', '\uE009'],
    ['keyDown', 'a'],
    ['keyUp', 'a'],
    ['keyUp', '\uE009'],
  ]);
  expect(between.client).toEqual([]);
  between.fromBrowser({ type: 'success', id: keys.id, result: {} });
  await turn();
  expect(between.client.map(({ id }) => id)).toEqual([9]);
});

test('in any other field Playwright selects by itself', async () => {
  const between = bridge();
  fill(between);
  const { id } = between.browser.at(-1);
  between.fromBrowser({ type: 'success', id, result: { type: 'success', result: { value: false } } });
  await turn();
  expect(between.browser.some(({ method }) => method === 'input.performActions')).toBe(false);
  expect(between.client.map((message) => message.id)).toEqual([9]);
});

test('a download gets an id, and its file the name that was suggested', () => {
  const { client, fromBrowser } = bridge();
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-gaps-'));
  const begin = () =>
    fromBrowser({
      type: 'event',
      method: 'browsingContext.downloadWillBegin',
      params: { context: 'tab', url: 'blob:1', suggestedFilename: 'all.csv' },
    });
  const end = (/** @type {string} */ name) => {
    writeFileSync(join(folder, name), name);
    fromBrowser({
      type: 'event',
      method: 'browsingContext.downloadEnd',
      params: { context: 'tab', url: 'blob:1', status: 'complete', filepath: join(folder, name) },
    });
  };
  begin();
  begin();
  end('all.csv');
  end('all(1).csv');
  const ids = client.map(({ params }) => params.download);
  expect(ids.slice(2)).toEqual(ids.slice(0, 2));
  expect(new Set(ids).size).toBe(2);
  expect(readFileSync(join(folder, 'all.csv'), 'utf8')).toBe('all(1).csv');
});
