import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A message of WebDriver BiDi, either way. @typedef {{ id?: number, type?: string, method?: string, params?: any, result?: any, error?: string, message?: string }} Message */
/** @typedef {(message: Message) => void} Pass */

/** The first id of what the bridge itself asks: Playwright counts from 1, and ends with the largest whole numbers. */
const OWN_IDS = 2 ** 50;

/** Permissions that Firefox knows no name for: a setting of the profile grants them, see `find.mjs`. */
const GRANTED = new Set(['clipboard-read', 'clipboard-write']);

/** The schemes of colours that Playwright asks for, in Firefox's words. A new profile has `light`. */
const USUAL = 'light';

/** How Playwright's text is called that puts a text into the focused field. */
const INSERTION = /^\((\w+)\) => window\.__pw_bidiInsertText\(\1\)$/;

/**
 * Puts a text into the focused field as if it were typed, by the browser's own editing: Playwright sets `value`, which React
 * does not see, as the field already has that value when the event comes. Gives the frame that has the focus, when one has.
 */
const INSERT = `(text) => {
  let field = document.activeElement;
  while (field?.shadowRoot?.activeElement) field = field.shadowRoot.activeElement;
  if (field instanceof HTMLIFrameElement) return field;
  if (text === '') document.execCommand('delete');
  else if (!document.execCommand('insertText', false, text)) window.__pw_bidiInsertText(text);
}`;

/**
 * Playwright's `fill`, which selects what is in the field before it puts the text in. In a shadow tree Firefox lets nobody add a
 * range to the selection: there the keys are pressed that a person presses.
 */
const SELECTION = /\breturn injected\.fill\(/;
const IS_IN_SHADOW = '() => document.activeElement?.shadowRoot?.activeElement?.isContentEditable === true';
const CONTROL = '\uE009';
const SELECT_ALL = [
  { type: 'keyDown', value: CONTROL },
  { type: 'keyDown', value: 'a' },
  { type: 'keyUp', value: 'a' },
  { type: 'keyUp', value: CONTROL },
];

/** Gives tabs a scheme of colours, in Firefox's own code. */
const SET_SCHEME = `(contexts, scheme) => {
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs');
  for (const id of contexts) {
    const context = NavigableManager.getBrowsingContextById(id);
    if (context) context.top.prefersColorSchemeOverride = scheme;
  }
}`;

/**
 * Closes the gaps between what Playwright says and what stock Firefox understands. What is not named here passes as it is.
 * @param {{ toBrowser: Pass, toClient: Pass }} ends
 * @returns {{ fromClient: Pass, fromBrowser: Pass }}
 */
export function closeGaps({ toBrowser, toClient }) {
  let lastId = OWN_IDS;
  /** Of the bridge's own commands. @type {Map<number, (answer: Message) => void>} */
  const asked = new Map();
  /** Commands of the client whose answer is looked at, with what is done before it is passed on. @type {Map<number, (answer: Message) => Promise<void>>} */
  const awaited = new Map();
  /** By the id of a user context. @type {Map<string, string>} */
  const schemes = new Map();
  /** The tabs of a user context. @type {Map<string, string>} */
  const tabs = new Map();
  /** Downloads under way, by context and address, the oldest first. @type {Map<string, { id: string, name: string }[]>} */
  const downloads = new Map();
  /** @type {Promise<string> | undefined} */
  let window;

  /** @param {string} method @param {object} params @returns {Promise<any>} what it gives */
  const ask = (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      asked.set(id, (answer) =>
        answer.type === 'error' ? reject(new Error(`${method}: ${answer.message}`)) : resolve(answer.result),
      );
      toBrowser({ id, method, params });
    });

  /** A window of Firefox itself, whose scripts may do what a page may not. */
  const ownWindow = () =>
    (window ??= ask('browsingContext.getTree', { 'moz:scope': 'chrome', maxDepth: 0 }).then(
      ({ contexts }) => contexts[0].context,
    ));

  /** @param {string[]} contexts @param {string} scheme */
  async function setScheme(contexts, scheme) {
    if (contexts.length === 0) return;
    const { type, exceptionDetails } = await ask('script.callFunction', {
      functionDeclaration: SET_SCHEME,
      arguments: [
        { type: 'array', value: contexts.map((value) => ({ type: 'string', value })) },
        { type: 'string', value: scheme },
      ],
      target: { context: await ownWindow() },
      awaitPromise: false,
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
  }

  /** @param {Message} message @param {Promise<unknown>} done */
  const answer = ({ id }, done) =>
    void done.then(
      () => toClient({ type: 'success', id: id ?? 0, result: {} }),
      (error) => toClient({ type: 'error', id: id ?? 0, error: 'unknown error', message: error.message }),
    );

  /** @param {Message} message */
  async function emulateMedia({ params: { features, contexts = [], userContexts = [] } }) {
    const scheme = features['prefers-color-scheme'] ?? (features['prefers-color-scheme'] === null ? 'none' : USUAL);
    for (const user of userContexts) schemes.set(user, scheme);
    const own = [...tabs].filter(([, user]) => userContexts.includes(user)).map(([tab]) => tab);
    await setScheme([...contexts, ...own], scheme);
  }

  /** A new tab has the scheme of its user context before the client hears of it. @param {Message} message */
  async function dressTab({ result }) {
    const scheme = schemes.get(tabs.get(result?.context) ?? '') ?? USUAL;
    if (scheme !== USUAL) await setScheme([result.context], scheme);
  }

  /** Selects all that the editor of texts has, when it has the focus. @param {string} context */
  async function selectAll(context) {
    const { result } = await ask('script.callFunction', {
      functionDeclaration: IS_IN_SHADOW,
      target: { context },
      awaitPromise: false,
    });
    if (result?.value !== true) return;
    const actions = [{ type: 'key', id: 'bridge', actions: SELECT_ALL }];
    await ask('input.performActions', { context, actions });
  }

  /** @param {Message} message */
  function nameDownload({ params }) {
    const key = `${params.context} ${params.url}`;
    const id = randomUUID();
    downloads.set(key, [...(downloads.get(key) ?? []), { id, name: params.suggestedFilename }]);
    params.download = id;
  }

  /** @param {Message} message */
  function endDownload({ params }) {
    const key = `${params.context} ${params.url}`;
    const [first, ...rest] = downloads.get(key) ?? [];
    if (!first) return;
    downloads.set(key, rest);
    params.download = first.id;
    // The client looks for the file under the name that was suggested, and Firefox gives a second one of that name another.
    if (params.filepath && basename(params.filepath) !== first.name)
      renameSync(params.filepath, join(dirname(params.filepath), first.name));
  }

  return {
    fromClient(message) {
      const { id = 0, method, params } = message;
      if (method === 'emulation.setMediaFeaturesOverride') return answer(message, emulateMedia(message));
      if (method === 'permissions.setPermission' && GRANTED.has(params.descriptor.name))
        return answer(message, Promise.resolve());
      if (method === 'browsingContext.create') awaited.set(id, dressTab);
      if (method === 'script.callFunction')
        for (const argument of params.arguments ?? []) {
          if (INSERTION.test(argument.value)) argument.value = INSERT;
          else if (SELECTION.test(argument.value)) awaited.set(id, () => selectAll(params.target.context));
        }
      toBrowser(message);
    },
    fromBrowser(message) {
      const { id = 0, method, params } = message;
      const own = asked.get(id);
      if (own) {
        asked.delete(id);
        return own(message);
      }
      if (method === 'browsingContext.contextCreated' && !params.parent) tabs.set(params.context, params.userContext);
      if (method === 'browsingContext.contextDestroyed') tabs.delete(params.context);
      if (method === 'browsingContext.downloadWillBegin') nameDownload(message);
      if (method === 'browsingContext.downloadEnd') endDownload(message);
      const first = awaited.get(id);
      awaited.delete(id);
      if (first && message.type === 'success')
        return void first(message).then(
          () => toClient(message),
          (error) => toClient({ type: 'error', id, error: 'unknown error', message: error.message }),
        );
      toClient(message);
    },
  };
}
