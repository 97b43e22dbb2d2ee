import { describe, expect, test } from 'vitest';

/** Who may import whom, besides its own folder. Everything points down; `ui` stands on `parts` and `words`, `azure` on `words` alone, and `words` on nothing. */
const allowed: Record<string, readonly string[]> = {
  // The local server and the command of the package: they stand on the page's wire, and the page knows nothing of them.
  server: ['sandbox', 'azure', 'words'],
  main: ['app', 'parts', 'state', 'words'],
  app: ['features', 'actions', 'queries', 'state', 'ui', 'parts', 'bulk', 'messages', 'sandbox', 'azure', 'words'],
  features: [
    'actions',
    'queries',
    'search',
    'state',
    'ui',
    'parts',
    'lab',
    'samples',
    'bulk',
    'messages',
    'sandbox',
    'azure',
    'words',
  ],
  // What a person can do, declared once, and whether it can be done now.
  actions: ['queries', 'state', 'ui', 'samples', 'bulk', 'messages', 'azure', 'words'],
  queries: ['state', 'parts', 'bulk', 'messages', 'sandbox', 'azure', 'words'],
  state: ['parts', 'samples', 'bulk', 'messages', 'sandbox', 'azure', 'words'],
  ui: ['parts', 'words'],
  // How the files of the build that are loaded late arrive, or do not.
  parts: ['azure'],
  bulk: ['messages', 'azure', 'words'],
  // What is known of messages, and the one function that learns it: no React, no DOM, no storage.
  messages: ['azure', 'words'],
  // What messages hold and which ones are meant: pure, so that a worker can do it off the page, rows of files included.
  search: ['bulk', 'azure', 'parts', 'words'],
  // Runs of the lab, as values and as what follows from them: no React, no DOM, in a worker and in Node.
  lab: ['samples', 'sandbox', 'azure', 'words'],
  // Operations as programs in several languages: texts alone, without a credential.
  samples: ['azure', 'words'],
  // A service of its own behind `fetch`: it may share the wire's XML, and the wire knows nothing of it.
  sandbox: ['azure', 'words'],
  azure: ['words'],
  // Numbers, sizes, times and counted nouns as a person reads them.
  words: [],
};

/**
 * The rooms of a layer that has many files: which room may import which others of its layer, by type or by value. `.` is the
 * layer's own folder. A layer or a feature that is not named here has one room.
 */
const rooms: Record<string, Record<string, readonly string[]>> = {
  server: {
    '.': ['cors', 'installation', 'local', 'page', 'relay', 'terminal'],
    installation: ['.'],
    local: ['.', 'account', 'cors', 'page'],
    cors: ['.', 'account', 'terminal'],
    page: ['.', 'installation', 'relay'],
    account: ['.'],
    terminal: ['.'],
    relay: [],
  },
  azure: {
    '.': ['operations', 'wire', 'protocol'],
    diagnosis: ['.', 'wire', 'relay', 'credentials', 'protocol'],
    operations: ['wire', 'credentials', 'protocol'],
    'connection-input': ['credentials', 'protocol'],
    wire: ['relay', 'credentials', 'protocol'],
    // The way through the server of the page.
    relay: ['protocol'],
    credentials: ['protocol'],
    protocol: [],
  },
  'azure/bodies': {
    '.': ['reading', 'containers', 'layers', 'binary'],
    // What a text or bytes hold, by evidence.
    reading: ['.', 'containers', 'layers', 'binary'],
    // Files and serialisers that are known by their first bytes.
    containers: ['.', 'binary'],
    // Ways to write a text in another text.
    layers: ['.'],
    // Values written as bytes.
    binary: ['.'],
    // What a person wrote, or a program printed, nearly as JSON.
    'almost-json': ['.'],
  },
  samples: {
    '.': [],
    // Programs of the lab: more than one operation, line by line.
    loops: ['.'],
  },
  lab: {
    lessons: ['film', 'run'],
    engine: ['actors', 'film', 'run'],
    film: ['actors', 'run'],
    actors: ['run'],
    run: [],
  },
  bulk: {
    '.': [],
    jobs: ['work', 'leasing', 'planning', 'files', 'journal', 'requests'],
    // What a job that was cut off has done, for the next visit.
    journal: ['planning', 'requests'],
    work: ['leasing', 'planning', 'requests'],
    leasing: ['planning', 'requests'],
    planning: [],
    files: ['requests'],
    requests: [],
  },
  state: {
    start: ['connections', 'journal', 'leases', 'navigation', 'sandbox', 'sign-in', 'tab'],
    sandbox: ['connections', 'tab', 'time'],
    permissions: ['connections', 'time'],
    leases: ['connections', 'messages', 'tab', 'time'],
    connections: ['messages', 'sign-in', 'tab', 'time'],
    messages: ['tab', 'time'],
    'sign-in': ['tab', 'time'],
    jobs: ['navigation', 'tab'],
    // Jobs that were cut off, as the next visit reads them.
    journal: ['connections', 'tab', 'time'],
    navigation: [],
    settings: [],
    activity: [],
    time: [],
    tab: [],
  },
  ui: {
    grid: ['controls', 'browser', 'format'],
    code: ['overlay', 'feedback', 'controls', 'browser', 'format'],
    feedback: ['controls', 'browser', 'format'],
    overlay: ['parts', 'controls', 'browser', 'format'],
    // Parts that are loaded late, and what is said of those that do not arrive.
    parts: ['feedback', 'controls', 'browser', 'format'],
    controls: ['browser', 'format'],
    browser: [],
    format: [],
  },
  'features/connections': {
    '.': ['connect', 'sign-in', 'access', 'locked', 'sas', 'check', 'reach', 'input', 'shared'],
    connect: ['input', 'sas', 'check', 'reach', 'shared'],
    'sign-in': ['input', 'check', 'reach', 'shared'],
    locked: ['input', 'check', 'reach', 'shared'],
    input: ['check', 'shared'],
    access: ['shared'],
    check: ['reach', 'shared'],
    reach: ['shared'],
    sas: ['shared'],
    shared: [],
  },
  'features/editor': {
    '.': ['edit', 'sent', 'dialog', 'fields', 'preview', 'form'],
    edit: ['dialog', 'fields', 'preview', 'form'],
    sent: ['dialog'],
    dialog: ['fields'],
    fields: ['form'],
    preview: ['form'],
    form: [],
  },
  'features/jobs': {
    '.': ['dialogs', 'interrupted', 'panel', 'shared'],
    dialogs: ['begin', 'files', 'text', 'shared'],
    begin: ['files', 'text', 'shared'],
    panel: ['interrupted', 'report', 'shared'],
    report: ['shared'],
    interrupted: ['begin', 'shared'],
    files: ['shared'],
    text: [],
    shared: [],
  },
  'features/lab': {
    '.': ['files', 'flights', 'free', 'lesson', 'play', 'predict', 'program', 'scene', 'shared', 'text'],
    free: ['play', 'program', 'scene', 'shared', 'text'],
    lesson: ['flights', 'play', 'program', 'scene', 'shared', 'text'],
    // What is drawn on its way between the lists.
    flights: ['play'],
    program: ['text'],
    scene: ['play', 'text'],
    shared: ['files', 'play', 'predict', 'text'],
    // Runs that are saved and opened.
    files: ['play', 'text'],
    play: ['predict', 'text'],
    // Questions of free play about what the run does next.
    predict: ['text'],
    text: [],
  },
  'features/messages': {
    '.': ['browse', 'compare', 'details', 'filter', 'header', 'leases', 'list', 'print', 'rows', 'selection', 'shared'],
    tray: ['header', 'leases', 'shared'],
    compare: ['details', 'rows', 'shared'],
    print: ['details', 'rows', 'shared'],
    details: ['leases', 'selection', 'rows', 'shared'],
    browse: ['selection', 'rows', 'shared'],
    leases: ['selection', 'rows', 'shared'],
    selection: ['rows', 'shared'],
    filter: ['list', 'rows', 'shared'],
    list: ['rows', 'shared'],
    header: ['shared'],
    rows: ['shared'],
    shared: [],
  },
};
/** Files of production in a room at most. */
const ROOM_SIZE = 20;

type Files = Record<string, string>;

const isTest = (path: string) => /\.(test|fixture)\.tsx?$/.test(path);
/** What the tests of a layer may import besides. */
const allowedInTests: Record<string, readonly string[]> = {
  actions: ['sandbox'],
  bulk: ['sandbox'],
  messages: ['sandbox'],
};

/** What a file imports, as written: static, side-effect, re-exported and dynamic. */
function importsOf(source: string): string[] {
  const from = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g;
  return [...source.matchAll(from)].map((match) => match[2] ?? '');
}

/** Path below `src/`, or beside it for the server; undefined for a package. */
function resolve(importer: string, specifier: string): string | undefined {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (!specifier.startsWith('.')) return undefined;
  return new URL(specifier, `file:///${importer}`).pathname.replace(/^\/(?:src\/)?/, '');
}

/** The layer or the feature that a file belongs to, and its room in there: `azure` and `wire`, `features/queues` and `.`. */
function addressOf(path: string): { wing: string; room: string } {
  const parts = path.split('/').slice(0, -1);
  const depth = parts[0] === 'features' || path.startsWith('azure/bodies/') ? 2 : 1;
  return { wing: parts.slice(0, depth).join('/'), room: parts[depth] ?? '.' };
}

/** Whether one is a wing of the other: bodies and the rest of the wire do not know each other. */
const isWithin = (one: string, other: string) => one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

/** What breaks the rule of rooms in one file. */
function roomViolations(path: string, source: string): string[] {
  const { wing, room } = addressOf(path);
  const allowedRooms = rooms[wing];
  if (!allowedRooms || isTest(path)) return [];
  const below = allowedRooms[room];
  if (!below) return [`${path} is in a room without a rule`];
  return importsOf(source).flatMap((specifier) => {
    const target = resolve(path, specifier);
    if (target === undefined || /\.(css|json)$/.test(target)) return [];
    const to = addressOf(target);
    const isFine = to.wing === wing ? to.room === room || below.includes(to.room) : !isWithin(to.wing, wing);
    return isFine ? [] : [`${path} imports a room that is not below its own: ${specifier}`];
  });
}

/** Groups of files that import one another in a circle, by value, by type or late. */
function circles(files: Files): string[][] {
  const graph = new Map(Object.entries(files).map(([path, source]) => [path, importedBy(path, source, files)]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  // Tarjan's strongly connected components.
  function visit(path: string): void {
    order.set(path, order.size);
    lowest.set(path, order.get(path) ?? 0);
    stack.push(path);
    for (const next of graph.get(path) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(path, Math.min(lowest.get(path) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(path) !== order.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    if (group.length > 1) found.push(group.toSorted());
  }
  for (const path of graph.keys()) if (!order.has(path)) visit(path);
  return found;
}

const importedBy = (path: string, source: string, files: Files): string[] =>
  importsOf(source).flatMap((specifier) => {
    const target = resolve(path, specifier)?.replace(/\?.*$/, '');
    return target === undefined ? [] : ['', '.ts', '.tsx'].map((end) => target + end).filter((one) => one in files);
  });

const layerOf = (path: string) => (/^main\b/.test(path) ? 'main' : path.split('/')[0]) ?? '';
const featureOf = (path: string) => (path.startsWith('features/') ? path.split('/')[1] : undefined);

const mayImport = (path: string, to: string): boolean =>
  [allowed, ...(isTest(path) ? [allowedInTests] : [])].some((rule) => rule[layerOf(path)]?.includes(to));

/** Every import that breaks the house, as a sentence. Tests may reach anywhere down, like the code they test. */
function violations(files: Files): string[] {
  return Object.entries(files).flatMap(([path, source]) => {
    const layer = layerOf(path);
    const found: string[] = [];
    if (/(^|\/)index\.tsx?$/.test(path)) found.push(`${path} is a barrel`);
    if (!(layer in allowed) && path.includes('/')) found.push(`${path} is in a folder without a layer`);
    found.push(...roomViolations(path, source));
    for (const specifier of importsOf(source)) {
      const target = resolve(path, specifier);
      // Style and data are no code: package.json tells the version.
      if (target === undefined || /\.(css|json)$/.test(target)) continue;
      const to = layerOf(target);
      const feature = featureOf(path);
      if (to === layer && layer !== 'features') continue;
      if (to === 'features' && feature !== undefined) {
        if (featureOf(target) !== feature) found.push(`${path} imports another feature: ${specifier}`);
      } else if (allowed[layer] && !mayImport(path, to)) found.push(`${path} imports up: ${specifier}`);
    }
    return found;
  });
}

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '../server/**/*.{ts,mjs}', '!./**/*.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const files = Object.fromEntries(
  Object.entries(sources)
    .map(([path, source]) => [path.replace(/^\.\.?\//, ''), source] as const)
    .filter(([path]) => path.includes('/') || path === 'main.tsx'),
);

/** Scripts of development, tests among them. */
const scripts = Object.keys(import.meta.glob(['../{scripts,bench}/**/*.{mjs,ts}', '!../**/*.d.ts']));

describe('the house', () => {
  test('holds: imports point down, features never meet, there are no barrels', () => {
    expect(Object.keys(files).length).toBeGreaterThan(20);
    expect(violations(files)).toEqual([]);
  });

  test('has no circles, those by type and by late import included', () => {
    expect(circles(files)).toEqual([]);
  });

  test('has rooms that can be taken in at a look', () => {
    const sizes = new Map<string, number>();
    for (const path of Object.keys(files).filter((one) => !isTest(one))) {
      const { wing, room } = addressOf(path);
      if (wing in rooms) sizes.set(`${wing}/${room}`, (sizes.get(`${wing}/${room}`) ?? 0) + 1);
    }
    for (const path of scripts) {
      const room = path.split('/').slice(1, -1).join('/');
      sizes.set(room, (sizes.get(room) ?? 0) + 1);
    }
    expect([...sizes].filter(([, size]) => size > ROOM_SIZE)).toEqual([]);
  });

  test('has no React, store or query library in the wire, in records and in jobs', () => {
    const wire = Object.entries(files).filter(([path]) => /^(azure|messages|bulk)\//.test(path) && !isTest(path));
    const foreign = wire.flatMap(([path, source]) =>
      importsOf(source)
        .filter((specifier) => /^(react|zustand|@tanstack|@base-ui|wouter)/.test(specifier))
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });
});

describe('a planted violation is found', () => {
  test.each([
    ['azure/account.ts', `import { useState } from '../state/navigation/route';`],
    ['azure/account.ts', `export * from "@/ui/controls/button";`],
    ['azure/account.ts', `import { createSandbox } from '../sandbox/service';`],
    ['sandbox/service.ts', `import { commands } from '../state/commands';`],
    ['bulk/jobs/job.ts', `import { keepLeases } from '../state/leases';`],
    ['bulk/jobs/job.ts', `import { createSandbox } from '../sandbox/service';`],
    ['ui/controls/button.tsx', `import type { Queue } from '@/azure/protocol/model';`],
    ['words/counts.ts', `import { wire } from '@/azure/protocol/model';`],
    ['state/navigation/route.ts', `import { queues } from '@/queries/queues';`],
    ['search/filter.ts', `import { preferences } from '../state/preferences';`],
    ['queries/queues.ts', `import { Button } from '@/ui/controls/button';`],
    ['queries/queues.ts', `const lazy = () => import('@/features/queues/queue-sidebar');`],
    ['features/queues/a.tsx', `import { App } from '../../app/app';`],
    ['features/queues/a.tsx', `import { B } from '../messages/b';`],
    ['features/queues/a.tsx', `import '@/features/messages/b';`],
    ['main.tsx', `import { Button } from './ui/controls/button';`],
    ['azure/account.ts', `import { serve } from '../../server/page/serve';`],
    ['server/page/serve.ts', `import { route } from '../../src/state/navigation/route';`],
    ['server/page/serve.ts', `import { runPage } from '../local/local';`],
    ['ui/controls/index.ts', `export { Button } from './button';`],
    ['helpers/text.ts', ''],
    ['azure/wire/transport.ts', `import type { Account } from '../operations/messages';`],
    ['azure/protocol/model.ts', `import type { Wire } from '../wire/transport';`],
    ['azure/credentials/key.ts', `const late = () => import('../wire/request');`],
    ['azure/stray/file.ts', ''],
    ['bulk/leasing/leasing.ts', `import { startJob } from '@/bulk/jobs/start-job';`],
    ['state/messages/records.ts', `import { useConnections } from '../connections/connections';`],
    ['ui/controls/button.tsx', `import { toast } from '../overlay/toast-store';`],
    ['features/messages/rows/a.ts', `import type { B } from '../details/b';`],
    ['features/connections/shared/a.ts', `import { b } from '../connect-screen';`],
  ])('%s: %s', (path, source) => {
    expect(violations({ [path]: source })).toHaveLength(1);
  });

  test.each([
    ['by value', `import { b } from './b';`, `import { a } from './a';`],
    ['by type', `import { b } from './b';`, `import type { A } from './a';`],
    ['by a late import', `import { b } from './b';`, `const late = () => import('@/search/a');`],
  ])('a circle %s', (_, a, b) => {
    expect(circles({ 'search/a.ts': a, 'search/b.ts': b, 'search/c.ts': `import { a } from './a';` })).toEqual([
      ['search/a.ts', 'search/b.ts'],
    ]);
  });

  test('and what points down is not', () => {
    expect(
      violations({
        'main.tsx': `import { App } from './app/app';\nimport './styles.css';`,
        'app/app.tsx': `import { A } from '../features/queues/a';\nimport { useState } from 'react';`,
        'features/queues/a.tsx': `import { b } from './b';\nimport { c } from '@/features/queues/c';\nimport { Button } from '@/ui/controls/button';`,
        'bulk/jobs/job.test.ts': `import { createSandbox } from '../../sandbox/service';\nimport { connect } from '../../azure/account';`,
        'bulk/jobs/job.ts': `import { startJob } from './start-job';\nimport type { Lease } from '../leasing/lease-handle';`,
        'azure/diagnosis/probe.ts': `import type { Account } from '../account';`,
        'state/jobs/job-store.ts': `import { startJob } from '../../bulk/jobs/job';`,
        'queries/queues.ts': `import { connect } from '../azure/account';\nimport { place } from '@/state/navigation/route';`,
      }),
    ).toEqual([]);
  });
});
