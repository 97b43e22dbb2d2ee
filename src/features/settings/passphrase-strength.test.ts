import { expect, test } from 'vitest';
import { passphraseStrength } from './passphrase-strength';

const levelOf = (text: string) => passphraseStrength(text).level;

test.each([
  '',
  'password',
  'Password123!',
  'passwordpasswordpasswordpassword',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  '1234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjkl',
  'Summer2026!',
  '24121985',
  'Queuescope2026',
  'orders',
  'abcabcabc abcabcabc',
  'letmein letmein letmein',
])('%j is weak, and the advice is to take words', (text) => {
  expect(passphraseStrength(text)).toMatchObject({
    level: 'weak',
    advice: expect.stringContaining('four or five words'),
  });
});

test.each([
  'correct horse battery staple lantern',
  'k8#Lq2!vZx9P',
  'gravel-otter-Venus-pickle-7',
  '犬と猫の長い合言葉をここに書いておきましょうね',
])('%j is strong', (text) => {
  expect(passphraseStrength(text)).toMatchObject({ level: 'strong', advice: undefined });
});

test('between them is fair', () => {
  expect(levelOf('gravel otter pickle')).toBe('weak');
  expect(levelOf('gravel otter pickle venus')).toBe('fair');
});

test('more of it never makes it weaker, but for a common word that it completes', () => {
  let before = 0;
  for (const text of [
    'gravel',
    'gravel otter',
    'gravel otter 7',
    'gravel otter 7 pickle',
    'gravel otter 7 pickle ?#',
  ]) {
    const { bits } = passphraseStrength(text);
    expect(bits).toBeGreaterThan(before);
    before = bits;
  }
});

test('a long text is estimated in linear work', () => {
  expect(levelOf('gravel otter '.repeat(1000))).toBe('weak');
  expect(passphraseStrength('x1'.repeat(100_000)).bits).toBeGreaterThan(0);
});
