import { describe, expect, test } from 'vitest';

/** Who may import whom, besides its own folder. Everything points down; `ui` and `azure` stand on nothing of ours. */
const allowed: Record<string, readonly string[]> = {
  main: ['app', 'state'],
  app: ['features', 'queries', 'state', 'ui', 'bulk', 'messages', 'sandbox', 'azure'],
  features: ['queries', 'search', 'state', 'ui', 'bulk', 'messages', 'sandbox', 'azure'],
  queries: ['state', 'bulk', 'messages', 'sandbox', 'azure'],
  state: ['bulk', 'messages', 'sandbox', 'azure'],
  ui: [],
  bulk: ['messages', 'azure'],
  // What is known of messages, and the one function that learns it: no React, no DOM, no storage.
  messages: ['azure'],
  // What messages hold and which ones are meant: pure, so that a worker can do it off the page.
  search: ['azure'],
  // A service of its own behind `fetch`: it may share the wire's XML, and the wire knows nothing of it.
  sandbox: ['azure'],
  azure: [],
};

type Files = Record<string, string>;

const isTest = (path: string) => /\.(test|fixture)\.tsx?$/.test(path);
/** What the tests of a layer may import besides. */
const allowedInTests: Record<string, readonly string[]> = { bulk: ['sandbox'], messages: ['sandbox'] };

/** What a file imports, as written: static, side-effect, re-exported and dynamic. */
function importsOf(source: string): string[] {
  const from = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g;
  return [...source.matchAll(from)].map((match) => match[2] ?? '');
}

/** Path below `src/`, or undefined for a package. */
function resolve(importer: string, specifier: string): string | undefined {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (!specifier.startsWith('.')) return undefined;
  return new URL(specifier, `file:///${importer}`).pathname.slice(1);
}

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

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const files = Object.fromEntries(
  Object.entries(sources)
    .map(([path, source]) => [path.replace('./', ''), source] as const)
    .filter(([path]) => path.includes('/') || path === 'main.tsx'),
);

describe('the house', () => {
  test('holds: imports point down, features never meet, there are no barrels', () => {
    expect(Object.keys(files).length).toBeGreaterThan(20);
    expect(violations(files)).toEqual([]);
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
    ['azure/account.ts', `import { useState } from '../state/place';`],
    ['azure/account.ts', `export * from "@/ui/button";`],
    ['azure/account.ts', `import { createSandbox } from '../sandbox/service';`],
    ['sandbox/service.ts', `import { commands } from '../state/commands';`],
    ['bulk/job.ts', `import { keepLeases } from '../state/leases';`],
    ['bulk/job.ts', `import { createSandbox } from '../sandbox/service';`],
    ['ui/button.tsx', `import type { Queue } from '@/azure/model';`],
    ['state/place.ts', `import { queues } from '@/queries/queues';`],
    ['search/filter.ts', `import { preferences } from '../state/preferences';`],
    ['queries/queues.ts', `import { Button } from '@/ui/button';`],
    ['queries/queues.ts', `const lazy = () => import('@/features/queues/queue-sidebar');`],
    ['features/queues/a.tsx', `import { App } from '../../app/app';`],
    ['features/queues/a.tsx', `import { B } from '../messages/b';`],
    ['features/queues/a.tsx', `import '@/features/messages/b';`],
    ['main.tsx', `import { Button } from './ui/button';`],
    ['ui/index.ts', `export { Button } from './button';`],
    ['helpers/text.ts', ''],
  ])('%s: %s', (path, source) => {
    expect(violations({ [path]: source })).toHaveLength(1);
  });

  test('and what points down is not', () => {
    expect(
      violations({
        'main.tsx': `import { App } from './app/app';\nimport './styles.css';`,
        'app/app.tsx': `import { A } from '../features/queues/a';\nimport { useState } from 'react';`,
        'features/queues/a.tsx': `import { b } from './b';\nimport { c } from '@/features/queues/c';\nimport { Button } from '@/ui/button';`,
        'bulk/job.test.ts': `import { createSandbox } from '../sandbox/service';\nimport { connect } from '../azure/account';`,
        'state/jobs.ts': `import { startJob } from '../bulk/job';`,
        'queries/queues.ts': `import { connect } from '../azure/account';\nimport { place } from '@/state/place';`,
      }),
    ).toEqual([]);
  });
});
