import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../server/command.mjs';
import { filesIn } from './repository-files.fixture.mjs';

// The package is not published, and its name is anybody's: see docs/decisions/security.md#no-command-names-a-package-of-ours.

const FOLDERS = ['docs', 'src', 'server', 'scripts', 'public'];
const SELF = 'scripts/check/repository/offered-commands.test.mjs';

/** Runs or installs a package of our name from a registry. */
const OURS =
  /\b(?:npx|bunx|pnpx|(?:npm|pnpm|yarn|bun)(?:\.cmd)?\s+(?:exec|x|dlx|i|install|add|create|init))\b[^\n`'"]*?\s(?:-\S+\s+)*@?queuescope(?![\w./-]*\.tgz)\b/;

/** What people read, or is printed. */
const shown = () => filesIn(FOLDERS).filter((path) => /\.(md|mjs|ts|tsx|css|html|json)$/.test(path) && path !== SELF);

test('nothing on screen, in papers or in a help text names our package for a registry to find', () => {
  const files = shown();
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((path) => OURS.test(readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
});

test.each([
  'npx queuescope cors add',
  'npx --yes queuescope',
  'npx -y queuescope@latest',
  'npm exec queuescope',
  'npm exec --yes -- queuescope',
  'npm install -g queuescope',
  'pnpm dlx queuescope',
  'npx --no-install queuescope',
])('%s would be found', (text) => expect(text).toMatch(OURS));

test.each([
  'npx ./queuescope-0.1.0.tgz',
  'npx azurite --silent',
  'node scripts/run/queuescope.mjs cors add',
  'npm installs Azurite into ~/.queuescope',
  'queuescope cors --help',
])('%s would not', (text) => expect(text).not.toMatch(OURS));

/** A key, a signature or what holds one, as an argument. */
const KEY_ARGUMENT =
  /--(?:account-key|sas-token|key)[ =]|--connection-string[ =]|-StorageAccountKey +['"<]|-SasToken +['"<]|\b(?:AccountKey|SharedAccessSignature)=|[?&]sig=/i;

test('no paper puts a key on a command line, where others and the history of the shell can read it', () => {
  const papers = shown().filter((path) => path.endsWith('.md'));
  expect(papers.filter((path) => KEY_ARGUMENT.test(readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
  expect('az storage cors add --account-key <key>').toMatch(KEY_ARGUMENT);
  expect('queuescope cors add --connection-string-stdin').not.toMatch(KEY_ARGUMENT);
});

test('the package cannot be published by mistake', () => {
  expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).private).toBe(true);
});
