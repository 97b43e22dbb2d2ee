import { expect, test } from 'vitest';
import { nodeCommand, powershellQuoted } from './shell-text';

// What bash makes of a quoted text: scripts/check/copied-commands.test.mjs.

test.each(["it's $(x) `n", '\u2019; y; \u2018', '\u201a\u201b', '%PATH% @file "x"', 'two\nlines', ''])(
  'PowerShell ends a string at any single quote that is not doubled: %j',
  (text) => {
    const quoted = powershellQuoted(text);
    expect(readPowershell(quoted)).toBe(text);
  },
);

/** A verbatim string as about_Quoting_Rules has it; undefined when something follows its end. */
function readPowershell(code: string): string | undefined {
  const inner = /^'((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)'$/.exec(code)?.[1];
  return inner?.replaceAll(/(['\u2018-\u201b])['\u2018-\u201b]/g, '$1');
}

test('a program is named by its path, which the shells of its machine read as it is', () => {
  expect(nodeCommand('/home/me/queuescope/a.mjs')).toBe('node /home/me/queuescope/a.mjs');
  expect(nodeCommand("/home/it's $(x)/a.mjs")).toBe(String.raw`node '/home/it'\''s $(x)/a.mjs'`);
  expect(nodeCommand(String.raw`C:\Users\A B\queuescope.mjs`)).toBe(String.raw`node "C:\Users\A B\queuescope.mjs"`);
  expect(nodeCommand(String.raw`C:\Users\%PATH%\queuescope.mjs`)).toBeUndefined();
  expect(nodeCommand(String.raw`C:\$(x)\queuescope.mjs`)).toBeUndefined();
  expect(nodeCommand('queuescope')).toBeUndefined();
});
