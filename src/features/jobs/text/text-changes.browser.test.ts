import { afterEach, expect, test } from 'vitest';
import type { ChangeForm } from './apply-change';
import { changeProblem, NO_CHANGE, toChange } from './text-changes';

let close = () => {};
afterEach(() => close());

function changing(form: Partial<ChangeForm>) {
  const made = toChange({ ...NO_CHANGE, ...form });
  ({ close } = made);
  return made.change;
}

test('a plain replacement is literal, dollar signs included', async () => {
  expect(await changing({ find: 'a.b', replacement: '$&$1' })('a.b axb a.b')).toEqual({ text: '$&$1 axb $&$1' });
});

test('case is ignored for a text with every sign of an expression in it', async () => {
  const find = String.raw`A-b/\^$.*+?()[]{}|`;
  expect(await changing({ find, replacement: '$1', isCaseIgnored: true })(`<${find.toLowerCase()}>`)).toEqual({
    text: '<$1>',
  });
});

test('inside Base64 of lines, without padding or of the URL alphabet, the result has the same form', async () => {
  const change = changing({ find: 'paid', replacement: 'shipped' });
  const plain = btoa('{"event":"paid","order":41907}');
  for (const form of [
    (text: string) => `${text.replace(/.{16}/g, '$&\n')}\n`,
    (text: string) => text.replace(/=+$/, ''),
    (text: string) => `  ${text}`,
  ])
    expect(await change(form(plain))).toEqual({ text: form(btoa('{"event":"shipped","order":41907}')) });
});

test('an expression puts groups back, and inside Base64 the result is Base64 again', async () => {
  const change = changing({ find: String.raw`(\d+)-(\d+)`, replacement: '$2-$1', isRegex: true });
  expect(await change('12-34')).toEqual({ text: '34-12' });
  expect(await change(btoa('{"n": "12-34"}'))).toEqual({ text: btoa('{"n": "34-12"}') });
});

test('an expression that takes too long is stopped, and the next text has its turn', async () => {
  const change = changing({ find: '(a+)+$', replacement: '', isRegex: true });
  const [slow, quick] = await Promise.all([change(`${'a'.repeat(40)}!`), change('b aa')]);
  expect(slow).toEqual({ refused: 'The expression took longer than half a second on this text.' });
  expect(quick).toEqual({ text: 'b ' });
});

test.each<[Partial<ChangeForm>, RegExp]>([
  [{}, /the text to find/],
  [{ find: '(', isRegex: true }, /Unterminated group|Invalid regular expression/],
  [{ find: '(' }, /^fine$/],
  [{ way: 'value', path: 'a', value: 'word' }, /in quotes/],
  [{ way: 'value', path: 'a..b', value: '1' }, /character 2/],
  [{ way: 'value', path: 'a', value: '"word"' }, /^fine$/],
])('the problem of the change %j: %s', (form, words) => {
  expect(changeProblem({ ...NO_CHANGE, ...form }) ?? 'fine').toMatch(words);
});
