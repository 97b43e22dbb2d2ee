import { readFile } from 'node:fs/promises';
import type { BrowserContext, Locator, Page } from '@playwright/test';

/** Everything that a script, an extension or a person can read: text, attributes, fields, shadow roots, kept addresses. */
export const readDocument = () => {
  const roots: (Document | ShadowRoot)[] = [document];
  const pieces: string[] = [];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) pieces.push(`${name}=${value}`);
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) pieces.push(element.value);
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
    pieces.push((root instanceof Document ? root.documentElement : root).textContent);
  }
  const kept = JSON.stringify(performance.getEntries());
  return [...pieces, document.title, location.href, JSON.stringify(history.state), kept].join('\n');
};

/** The addresses of requests that the browser hands to an observer which comes later. */
export const readKeptRequests = () =>
  new Promise<string[]>((resolve) => {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'resource', buffered: true });
    const marks = new PerformanceObserver(() => resolve(observer.takeRecords().map(({ name }) => name)));
    marks.observe({ type: 'mark' });
    performance.mark('asked');
  });

/** Everything that the page has stored: names and values, and what can be read of a `CryptoKey`. */
export const readStorage = async () => {
  const pieces = [
    JSON.stringify(Object.entries(localStorage)),
    JSON.stringify(Object.entries(sessionStorage)),
    document.cookie,
  ];
  let keys = 0;
  let extractable = 0;
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- the browser gets this function only
  const done = <Result>(request: IDBRequest<Result>) =>
    new Promise<Result>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
  const text = (value: unknown): string => {
    if (value instanceof CryptoKey) {
      keys += 1;
      extractable += Number(value.extractable);
      return JSON.stringify({ algorithm: value.algorithm, usages: value.usages });
    }
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer);
      return `${new TextDecoder('latin1').decode(bytes)} ${btoa(String.fromCharCode(...bytes))}`;
    }
    if (value && typeof value === 'object')
      return Object.entries(value)
        .map(([name, part]) => `${name}: ${text(part)}`)
        .join('\n');
    return String(value);
  };
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name ?? ''));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [names, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
      pieces.push(...names.map(text), ...values.map(text));
    }
    database.close();
  }
  for (const name of await caches.keys()) pieces.push(name);
  return { text: pieces.join('\n'), keys, extractable };
};

/** Records the console and the requests of a page from its first moment. */
export async function watch(page: Page, context: BrowserContext) {
  // Removes the file picker, as in browsers without one: exports are downloaded.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  const said: string[] = [];
  const asked: { url: string; body: string }[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(`${error.message}\n${error.stack}`));
  context.on('request', (request) => asked.push({ url: request.url(), body: request.postData() ?? '' }));
  return { said, asked };
}

/** Presses a button that saves a file, and returns the file. */
export async function saved(page: Page, press: Locator) {
  const download = page.waitForEvent('download');
  await press.click();
  return readFile(await (await download).path(), 'utf8');
}
