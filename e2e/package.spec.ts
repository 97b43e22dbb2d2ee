import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { officialClient } from '../scripts/testing/emulator';
import { ROOT } from '../server/command.mjs';
import { expect, test } from './fixtures';

const run = promisify(execFile);
/** Windows starts npm.cmd only in a shell. */
const shell = process.platform === 'win32';

/** The output of a started command, once it contains the awaited text. */
async function saying(child: ChildProcess, words: RegExp): Promise<RegExpExecArray> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    const found = words.exec(said);
    if (found) return found;
  }
  throw new Error(`It ended without saying ${words}: ${said}`);
}

test('the packed tarball serves the page and a local service from a folder of its own', async ({ page }) => {
  // npm packs and unpacks megabytes.
  test.slow();
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-package-'));
  let child: ChildProcess | undefined;
  try {
    // Packs the build under test as it is.
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, shell });
    const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
    const env = {
      ...process.env,
      npm_config_cache: join(folder, 'cache'),
      QUEUESCOPE_HOME: join(folder, 'home'),
      // Instead of an installation from a registry.
      QUEUESCOPE_AZURITE: join(ROOT, 'node_modules', 'azurite'),
    };
    // Offline: the package has no dependencies.
    const npx = ['exec', '--yes', '--offline', `--package=${tarball}`, '--', 'queuescope'];
    child = spawn('npm', [...npx, '--azurite'], { cwd: folder, env, shell, stdio: ['ignore', 'pipe', 'inherit'] });
    const [, service = '', url = ''] = await saying(child, /Queue service +(\S+)[^]*Queuescope +(\S+)/);

    await page.goto(url);
    await expect(page.getByRole('link', { name: /^orders-poison, about \d+ messages/ })).toBeVisible();
    expect((await officialClient(service).getProperties()).cors).toHaveLength(1);
    const relay = await page.evaluate(async () =>
      (await fetch('/relay.json?endpoint=https://acc.queue.core.windows.net')).json(),
    );
    expect(relay).toEqual({ allowed: true });
    // What the page prints in a command is this very package, and no name for a registry.
    const { program } = await page.evaluate(async () => (await fetch('/queuescope.json')).json());
    const { stdout } = await run(process.execPath, [program, 'cors', '--help']);
    expect(stdout).toContain('queuescope cors add');
    const licences = readdirSync(join(program, '..', '..'), { recursive: true, encoding: 'utf8' });
    expect(licences).toEqual(
      expect.arrayContaining(['LICENSE', join('dist', 'LICENSE.txt'), join('dist', 'third-party-notices.txt')]),
    );

    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
    await expect
      .poll(() =>
        fetch(url).then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('down');
  } finally {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
