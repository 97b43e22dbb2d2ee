import { expect, test } from 'vitest';

const SOURCES = import.meta.glob<string>(['../../**/*.{ts,tsx}', '!../../**/*.{test,d}.*', '!../parts/*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The arguments of a call whose parenthesis opens at `start`. */
function argumentsAt(source: string, start: number): string {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    if (source[at] === '(') depth++;
    else if (source[at] === ')' && --depth === 0) return source.slice(start + 1, at);
  }
  return source.slice(start + 1);
}

const parts = Object.entries(SOURCES).flatMap(([path, source]) =>
  [...source.matchAll(/\b(?:lazyPart|quietPart)(?:<[^>]*>)?\(/g)].map(({ index, 0: call }) => {
    const given = argumentsAt(source, index + call.length - 1);
    return { path, given, file: /import\('([^']+)'\)/.exec(given)?.[1] ?? '' };
  }),
);

/** Asked for by an answer and by no key: what is typed meanwhile is for what the person is at. */
const UNASKED = ['new-token-dialog'];

test('every lazy part that takes the focus has its keys kept while it is on its way', () => {
  const opened = parts.filter(
    ({ file }) => /(dialog|popover|palette|menu-popup)/.test(file) && !UNASKED.some((name) => file.endsWith(name)),
  );
  expect(opened.length).toBeGreaterThan(25);
  const unkept = opened.filter(({ given }) => !/DIALOG\b|shape: 'dialog'|<Arriving/.test(given));
  expect(unkept.map(({ path, file }) => `${path} ${file}`)).toEqual([]);
});
