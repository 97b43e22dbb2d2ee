import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textBomb } from '@/azure/bodies/bombs.fixture';
import { expandTemplate, textsFrom } from './template';

let number = 0;
const values = { counter: 7, uuid: () => `uuid-${++number}`, now: new Date(1_767_323_045_678) };
const expand = (text: string) => expandTemplate(text, values);

test.each([
  ['{"n": {{counter}}}', '{"n": 7}'],
  ['{{counter:5}}', '00007'],
  ['{{ counter:1 }}', '7'],
  ['{{uuid}} {{uuid}}', 'uuid-1 uuid-2'],
  ['{{now}}', '2026-01-02T03:04:05.678Z'],
  ['{{now:unix}}', '1767323045'],
  ['{{{counter}}}', '{7}'],
  ['no placeholder, $& and {{', 'no placeholder, $& and {{'],
])('%s becomes %s', (template, text) => {
  expect(expand(template)).toEqual({ text, unknown: [] });
});

test('what nobody knows stays and is told, each once', () => {
  expect(expand('{{name}} {{counter:0}} {{name}} {{Counter}} {{}}')).toEqual({
    text: '{{name}} {{counter:0}} {{name}} {{Counter}} {{}}',
    unknown: ['{{name}}', '{{counter:0}}', '{{Counter}}', '{{}}'],
  });
});

test('many are counted on', () => {
  expect([...textsFrom('{{counter:3}}', 3, { first: 9 })]).toEqual(['009', '010', '011']);
  expect(new Set(textsFrom('{{uuid}}', 10)).size).toBe(10);
});

test('a template of nothing but braces and places is filled in to no more than its places', () => {
  fc.assert(
    fc.property(textBomb, (template) => {
      const given = { counter: 1, uuid: () => 'u'.repeat(36), now: new Date(0) };
      const { text, unknown } = expandTemplate(template, given);
      expect(text.length).toBeLessThanOrEqual(4 * template.length + 40);
      expect(unknown.join('').length).toBeLessThanOrEqual(template.length);
    }),
  );
});
