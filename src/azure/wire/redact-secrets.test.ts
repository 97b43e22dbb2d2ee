import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DOTS } from '../protocol/mask-secrets';
import { redactor } from './redact-secrets';

const lowered = (text: string) => text.replaceAll(/%[\dA-F]{2}/g, (code) => code.toLowerCase());

test('nothing of a secret is left, in any of the forms in which a service may quote it', () => {
  const character = fc.constantFrom(
    'a',
    'bX',
    '019',
    '+',
    '/',
    '=',
    '.',
    '-',
    '%',
    '%2B',
    '%2b',
    '%253D',
    '%25AB',
    '%41',
    'é',
  );
  const secret = fc.array(character, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 2 }), (secrets) => {
      const hide = redactor(secrets);
      for (const one of secrets) {
        const decoded = /%(?![\da-f]{2})/i.test(one) || /%[89a-f]/i.test(one) ? one : decodeURIComponent(one);
        for (const form of [one, encodeURIComponent(one), decoded]) {
          for (const shown of [form, lowered(form)]) expect(hide(`{${shown}}`)).toBe(`{${DOTS}}`);
        }
      }
    }),
    { numRuns: 500 },
  );
});
