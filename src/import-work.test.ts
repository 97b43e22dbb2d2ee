import { describe, expect, test } from 'vitest';

/*
 * Importing a file does nothing: `main.tsx` starts what must be started, and what is needed only for a while starts with its
 * first use. So a test can import any file, and what happens does not depend on which file was loaded first.
 */

/** Files that are started by being loaded: the page, the page that sign-in comes back to, and workers. */
const ENTRIES = [
  'main.tsx',
  'signed-in.ts',
  'search/search-worker.ts',
  'parts/offline-worker.ts',
  'features/jobs/text/dry-run-worker.ts',
  'features/jobs/text/replace-worker.ts',
  'lab/engine/play-worker.ts',
  'sandbox/apart/sandbox-worker.ts',
];

/** Work that is left at import, by file and by what is called, with the reason. */
const EXCEPTIONS: Record<string, string> = {
  'app/screens.tsx: quietly': 'notes what is loaded in a quiet moment, as lazyPart does',
  'features/connections/check/late-verdict.ts: quietly': 'the same',
  'features/messages/details/use-decoded-body.ts: quietly': 'the same',
  'state/settings/preferences.ts: persist': 'The store is what the storage holds: whoever imports it asks for that.',
  'state/settings/queue-view-settings.ts: keptStore': 'As for preferences.',
  'state/settings/message-templates.ts: keptStore': 'As for preferences.',
  'state/settings/run-expressions.ts: keptStore': 'As for preferences.',
  'state/settings/lab-progress.ts: keptStore': 'As for preferences.',
};

/** Names of functions that listen, wait, store, send or register. */
const WORK =
  /^(addEventListener|subscribe|observe|persist|fetch|matchMedia|import|setTimeout|setInterval|requestAnimationFrame|queueMicrotask|postMessage|createPolicy|getRandomValues|randomUUID|(when|before|after|start|follow|show)[A-Z]\w*)$/;
/** What does so as soon as it is made. */
const WORKERS =
  /^(BroadcastChannel|MessageChannel|Worker|SharedWorker|WebSocket|EventSource|\w+Observer|Promise|XMLHttpRequest)$/;
const STORAGE = /^(localStorage|sessionStorage|indexedDB)$/;

// Not by its name, which would bring the types of Node.js, and with them its timers, into the page's code.
const parser: string = 'vite';
const { parseAst } = (await import(parser)) as {
  parseAst: (source: string, options: { lang: 'ts' | 'tsx' }) => { body: Node[] };
};

type Node = { type: string; start: number; end: number } & Record<string, unknown>;
type Files = Record<string, string>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
const parsed = new Map<string, Node[]>();

function statementsOf(path: string, source: string): Node[] {
  let body = parsed.get(source);
  if (!body) {
    body = parseAst(source, { lang: path.endsWith('x') ? 'tsx' : 'ts' }).body;
    parsed.set(source, body);
  }
  return body;
}

const isFunction = ({ type }: Node) => /Function/.test(type);
const childrenOf = (node: Node): Node[] =>
  Object.entries(node).flatMap(([name, value]) =>
    /^type(Annotation|Arguments|Parameters)$/.test(name) ? [] : (Array.isArray(value) ? value : [value]).filter(isNode),
  );

/** All that runs when `node` is evaluated: what is inside a function does not, unless that is called on the spot. */
function* evaluated(node: Node): Generator<Node> {
  if (isFunction(node) || /^TS.*(Declaration|Type)/.test(node.type)) return;
  // A field is set when one is made of the class.
  if (node.type === 'PropertyDefinition' && node['static'] !== true) return;
  yield node;
  const { callee } = node;
  if (isNode(callee) && isFunction(callee) && isNode(callee['body'])) yield* evaluated(callee['body']);
  for (const child of childrenOf(node)) yield* evaluated(child);
}

/** The last name of what is called: `subscribe` of `records.subscribe`. */
function calledName(node: Node): string {
  if (node.type === 'ImportExpression') return 'import';
  const { callee } = node;
  if (!isNode(callee)) return '';
  const name = callee.type === 'MemberExpression' ? callee['property'] : callee;
  return isNode(name) && typeof name['name'] === 'string' ? name['name'] : '';
}

/** The body of a function of one of our files, by its name there; `depth` files away at most. */
function bodyOf(name: string, path: string, files: Files, depth = 3): { body: Node; path: string } | undefined {
  if (depth === 0) return undefined;
  for (const statement of statementsOf(path, files[path] ?? '')) {
    if (statement.type === 'ImportDeclaration') {
      const imported = childrenOf(statement).find(({ local }) => isNode(local) && local['name'] === name)?.['imported'];
      const from = isNode(statement['source']) ? fileOf(path, String(statement['source']['value']), files) : undefined;
      if (isNode(imported) && from) return bodyOf(String(imported['name']), from, files, depth - 1);
      continue;
    }
    const declared = isNode(statement['declaration']) ? statement['declaration'] : statement;
    const makers = declared.type === 'VariableDeclaration' ? childrenOf(declared) : [declared];
    for (const maker of makers) {
      const made = isNode(maker['init']) ? maker['init'] : maker;
      const isNamed = isNode(maker['id']) && maker['id']['name'] === name;
      if (isNamed && isFunction(made) && isNode(made['body'])) return { body: made['body'], path };
    }
  }
  return undefined;
}

function fileOf(importer: string, specifier: string, files: Files): string | undefined {
  const target = specifier.startsWith('@/')
    ? specifier.slice(2)
    : new URL(specifier, `file:///${importer}`).pathname.slice(1);
  return ['', '.ts', '.tsx'].map((end) => target + end).find((one) => one in files);
}

/** What is called, of what must not be, when `node` of the file is evaluated; in functions of ours that it calls too. */
function workIn(node: Node, path: string, files: Files, seen = new Set<Node>()): string[] {
  return [...evaluated(node)].flatMap((one) => {
    if (one.type === 'MemberExpression' && isNode(one['object']) && STORAGE.test(String(one['object']['name'])))
      return [String(one['object']['name'])];
    if (!['CallExpression', 'NewExpression', 'ImportExpression'].includes(one.type)) return [];
    const name = calledName(one);
    if ((one.type === 'NewExpression' ? WORKERS : WORK).test(name)) return [name];
    const isPlain = isNode(one['callee']) && one['callee'].type === 'Identifier';
    const called = isPlain ? bodyOf(name, path, files) : undefined;
    if (!called || seen.has(called.body)) return [];
    seen.add(called.body);
    return workIn(called.body, called.path, files, seen).map(() => name);
  });
}

const DECLARATIONS =
  /^(ImportDeclaration|ExportAllDeclaration|ExportNamedDeclaration|ExportDefaultDeclaration|FunctionDeclaration|ClassDeclaration|VariableDeclaration|TS\w+)$/;

/** Everything that a file does when it is imported, as `file: what is called`. */
function importWork(path: string, files: Files): string[] {
  const source = files[path] ?? '';
  const found = statementsOf(path, source).flatMap((statement) => {
    if (typeof statement['directive'] === 'string') return [];
    // A statement that makes nothing is there for what it does.
    if (!DECLARATIONS.test(statement.type))
      return [source.slice(statement.start, statement.end).split(/\(|\n/)[0] ?? ''];
    // An import of nothing is there for what the file does, unless it is style.
    if (statement.type === 'ImportDeclaration') {
      const from = isNode(statement['source']) ? String(statement['source']['value']) : '';
      const isBare = Array.isArray(statement['specifiers']) && statement['specifiers'].length === 0;
      return isBare && !/import\s+type\b/.test(source.slice(statement.start, statement.end)) && !from.endsWith('.css')
        ? [`import '${from}'`]
        : [];
    }
    return workIn(statement, path, files);
  });
  return [...new Set(found)].map((what) => `${path}: ${what}`);
}

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.d.ts', '!./**/*.{test,fixture}.{ts,tsx}'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const files: Files = Object.fromEntries(
  Object.entries(sources).map(([path, source]) => [path.replace('./', ''), source] as const),
);

test('importing a file does nothing, but for the exceptions that are named', { timeout: 60_000 }, () => {
  const found = Object.keys(files)
    .filter((path) => !ENTRIES.includes(path))
    .flatMap((path) => importWork(path, files));
  expect(found.toSorted()).toEqual(Object.keys(EXCEPTIONS).toSorted());
});

test('every entry is there, and does something', () => {
  expect(ENTRIES.filter((path) => importWork(path, files).length === 0)).toEqual([]);
});

describe('planted work is found', () => {
  test.each([
    `addEventListener('pagehide', () => {});`,
    `document.addEventListener('visibilitychange', () => {});`,
    `records.subscribe(() => {});`,
    `const stop = records.subscribe(() => {});`,
    `export const stop = whenConnectionsChange(() => {});`,
    `beforeLettingGo(flush);`,
    `explainRefusalsBy(missingRight);`,
    `void start();`,
    `const timer = setInterval(look, 1000);`,
    `let channel = new BroadcastChannel('a');`,
    `const { port1 } = new MessageChannel();`,
    `const theme = localStorage['theme'];`,
    `const last = sessionStorage.getItem('last');`,
    `const store = create()(persist(() => ({}), { name: 'a' }));`,
    `const dark = matchMedia('(prefers-color-scheme: dark)');`,
    `const tab = Array.from(crypto.getRandomValues(new Uint8Array(4)), String);`,
    `const late = import('./late');`,
    `const made = (() => { addEventListener('focus', look); return 1; })();`,
    `if (self) listen();`,
    `import './waiting-deletes';`,
    `class Watch { static { addEventListener('focus', look); } }`,
    `class Watch { static seen = localStorage.length; }`,
    `const made = makeIt(); function makeIt() { records.subscribe(() => {}); return 1; }`,
    `const made = makeIt(); const makeIt = () => setTimeout(look, 5);`,
    `import { createDrafts } from '@/messages/drafts';\nexport const drafts = createDrafts();`,
  ])('%s', (source) => {
    const drafts = `export function createDrafts() { records.subscribe(() => {}); }`;
    expect(importWork('state/a.ts', { 'state/a.ts': source, 'messages/drafts.ts': drafts })).toHaveLength(1);
  });

  test('and making a store, a map, a late screen or a function is none', () => {
    const source = `
      'use client';
      import './styles.css';
      import { create } from 'zustand';
      import type {} from './types';
      const store = create(() => ({ waiting: [] }));
      const known = new Map([['a', 1]]);
      const Late = lazy(() => import('./late'));
      const lines = ['a', 'b'].map((line) => line.length);
      export const whenChanged = (changed) => store.subscribe(changed);
      export function start() { addEventListener('pagehide', () => sessionStorage.clear()); }
      class Watch { timer = setTimeout(look, 5); }
      const made = makeIt();
      function makeIt() { return { hear: () => records.subscribe(look) }; }`;
    expect(importWork('state/a.tsx', { 'state/a.tsx': source })).toEqual([]);
  });
});
