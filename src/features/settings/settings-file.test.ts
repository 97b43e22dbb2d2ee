import { describe, expect, test } from 'vitest';
import { PREFERENCES_VERSION, preferences } from '@/state/settings/preferences';
import { readSettingsFile, writeSettingsFile } from './settings-file';

const file = (settings: unknown, version: unknown = PREFERENCES_VERSION) =>
  JSON.stringify({ kind: 'queuescope-settings', version, settings });

test('what was exported is read back, every setting of it', () => {
  const written = writeSettingsFile(preferences());
  expect(readSettingsFile(written)).toEqual({ sound: preferences(), left: [] });
  expect(readSettingsFile(`\ufeff${written}`)).toEqual({ sound: preferences(), left: [] });
});

test('a file has no connection and no secret, by the names of all that is in it', () => {
  const { settings, ...rest } = JSON.parse(writeSettingsFile(preferences())) as { settings: object };
  expect(Object.keys(rest)).toEqual(['kind', 'version']);
  expect(Object.keys(settings).toSorted()).toEqual(Object.keys(preferences()).toSorted());
});

describe('a file that is none is told in a sentence', () => {
  test.each([
    ['{', 'This file is not JSON. A file of settings is.'],
    ['', 'This file is not JSON. A file of settings is.'],
    ['null', 'This file has no settings of Queuescope.'],
    ['[]', 'This file has no settings of Queuescope.'],
    ['[{"kind":"queuescope-settings"}]', 'This file has no settings of Queuescope.'],
    ['{"version":1,"settings":{"theme":"dark"}}', 'This file has no settings of Queuescope.'],
    [file(['dark']), 'This file has no settings of Queuescope.'],
    [file('dark'), 'This file has no settings of Queuescope.'],
    [file({ theme: 'dark' }, '1'), 'This file does not say of which version its settings are.'],
    [file({ theme: 'dark' }, 0), 'This file does not say of which version its settings are.'],
    [
      file({ theme: 'dark' }, 99),
      'A newer version of Queuescope wrote this file: its settings are of version 99, and this page reads version 1.',
    ],
    [file({ theme: 'sepia', colour: 'red' }), 'This file has no setting that this page knows.'],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'This file has no settings of Queuescope.'],
  ])('%#', (text, problem) => expect(readSettingsFile(text)).toEqual({ problem }));
});

test('what is wrong or unknown is left out, and the rest is taken', () => {
  const settings = {
    theme: 'dark',
    density: 5,
    poisonThreshold: 1e9,
    liveInterval: 'NaN',
    sidebar: { width: 240, open: true, more: 1 },
    details: null,
    hiddenColumns: Array.from({ length: 1000 }, String),
    constructor: 'x',
    toString: true,
    invented: { deep: [[[]]] },
  };
  const text = file(settings).replace('"theme"', '"__proto__":{"theme":"light"},"theme"');
  expect(readSettingsFile(text)).toEqual({
    sound: { theme: 'dark' },
    left: [
      '__proto__',
      'density',
      'poisonThreshold',
      'liveInterval',
      'sidebar',
      'details',
      'hiddenColumns',
      'constructor',
      'toString',
      'invented',
    ],
  });
});
