import { expect, test } from 'vitest';

const SOURCES = import.meta.glob<string>(['../../**/*.tsx', '!../../**/*.test.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const openers = Object.entries(SOURCES).flatMap(([path, source]) =>
  [...source.matchAll(/const (\w*(?:Dialog|Popover|Palette)\w*) = lazy\(/g)].map(([, name]) => ({
    path,
    source,
    name,
  })),
);

test('every lazy part that takes the focus has its keys kept while it is on its way', () => {
  expect(openers.length).toBeGreaterThan(5);
  const unkept = openers.filter(({ source, name }) => {
    const use = source.search(new RegExp(`<${name}\\b`));
    const around = source.slice(0, use).lastIndexOf('<Suspense');
    return !source.slice(around, use).includes('<Arriving');
  });
  expect(unkept.map(({ path, name }) => `${path} ${name}`)).toEqual([]);
});
