import { expect, test } from 'vitest';

const sources = import.meta.glob<string>(['/src/**/*.tsx', '!/src/**/*.{test,fixture}.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const filesWith = (pattern: RegExp) =>
  Object.keys(sources)
    .filter((file) => pattern.test(sources[file] ?? ''))
    .toSorted();

/** Whole elements of a kind, with their attributes. */
const elements = (text: string, name: string) => text.match(new RegExp(`<${name}(?=[\\s/>])[\\s\\S]*?/>`, 'g')) ?? [];

test('only a passphrase is a password to the browser', () => {
  expect(filesWith(/type=["'{]*password/)).toEqual([
    '/src/features/connections/locked/unlock-form.tsx',
    '/src/features/settings/passphrase-dialog.tsx',
  ]);
  expect(filesWith(/autoComplete=["'](?!off|current-password|new-password)/)).toEqual([]);
});

test('the two fields for secrets have what keeps browsers and password managers away', () => {
  for (const file of ['key-input', 'secret-textarea'])
    expect(sources[`/src/features/connections/input/${file}.tsx`]).toContain('{...NO_PASSWORD}');
  expect(filesWith(/NO_PASSWORD/)).toHaveLength(2);
});

test('every field for a key, a signature or a token is one of the two, and in a form that is not completed', () => {
  const labelled = Object.entries(sources).flatMap(([file, text]) =>
    (text.match(/<Field\b[\s\S]*?<\/Field>/g) ?? [])
      .filter((field) =>
        /label=(?:"[^"]*|\{name[^}]*)(?:\bkey\b|\bsignature\b|\btoken\b|\bsecret\b|charAt)/i.test(field),
      )
      .map((field) => [file, elements(field, '(?:KeyInput|SecretTextarea)').length] as const),
  );
  expect(labelled).toEqual([
    ['/src/features/connections/connect/missing-fields.tsx', 1],
    ['/src/features/connections/locked/key-form.tsx', 1],
  ]);
  for (const file of ['connect/connect-form', 'locked/key-form'])
    expect(sources[`/src/features/connections/${file}.tsx`]).toMatch(/<form[^>]*autoComplete="off"/);
  // React writes the value of a controlled field into an attribute.
  for (const [file, text] of Object.entries(sources))
    for (const field of elements(text, 'KeyInput')) expect(file + field).not.toMatch(/\bvalue=/);
});
