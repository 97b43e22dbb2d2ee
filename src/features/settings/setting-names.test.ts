import { expect, test } from 'vitest';
import { SETTING_NAMES } from './setting-names';

/** Shown only where another setting asks for it. */
const CONDITIONAL = new Set(['Live counts as use']);

const [source = ''] = Object.values(
  import.meta.glob<string>('./settings-screen.tsx', { query: '?raw', import: 'default', eager: true }),
);

test('the palette finds every setting by its title, in the order of the screen', () => {
  const titles = [...source.matchAll(/<Row\s+title="([^"]+)"/g)].map(([, title]) => title);
  expect(titles.filter((title) => !CONDITIONAL.has(title ?? ''))).toEqual(SETTING_NAMES);
});
