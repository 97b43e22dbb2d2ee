import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { confirm, readSecret } from './terminal';

/** A terminal whose echo is off while a secret is typed. */
function terminal() {
  const [keys, stdout] = [new PassThrough(), new PassThrough()];
  const raw: boolean[] = [];
  const stdin = Object.assign(keys, {
    isTTY: true,
    setRawMode(on: boolean) {
      raw.push(on);
      return keys;
    },
  }) as unknown as NodeJS.ReadStream;
  return { terminal: { stdin, stdout, env: {} }, keys, raw, said: () => String(stdout.read() ?? '') };
}

test('a secret that is typed is not shown, and may be corrected', async () => {
  const { terminal: at, keys, raw, said } = terminal();
  const secret = readSecret(at, 'Secret: ');
  keys.write('AccountName=a;x');
  keys.write('\u007fAccountKey=YQ==\r');

  expect(await secret).toBe('AccountName=a;AccountKey=YQ==');
  expect(said()).toBe('Secret: \n');
  expect(raw).toEqual([true, false]);
});

test('Ctrl-C gives up, and the terminal is as it was', async () => {
  const { terminal: at, keys, raw } = terminal();
  const secret = readSecret(at, 'Secret: ');
  keys.write('Acc\u0003');

  await expect(secret).rejects.toThrow('Cancelled.');
  expect(raw).toEqual([true, false]);
});

test.each([
  ['y', 'y\r', true],
  ['n', 'n\r', false],
  ['Enter', '\r', false],
  ['Ctrl-C', '\u0003', false],
  ['Ctrl-D', '\u0004', false],
])('%s answers a question', async (_, pressed, yes) => {
  const { terminal: at, keys } = terminal();
  const answer = confirm({ ...at, stdout: Object.assign(at.stdout, { isTTY: true }) }, 'Write?');
  keys.write(pressed);

  expect(await answer).toBe(yes);
});

test('more than any connection string is refused', async () => {
  const stdin = Object.assign(new PassThrough(), { isTTY: false });
  stdin.end('x'.repeat(70_000));
  await expect(readSecret({ stdin, stdout: new PassThrough(), env: {} }, '')).rejects.toThrow('more than a connection');
});
