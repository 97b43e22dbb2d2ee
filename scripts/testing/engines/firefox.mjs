#!/usr/bin/env node
// What Playwright starts in place of stock Firefox: Firefox itself, with a bridge before it that closes the gaps between what
// Playwright sends and what Firefox understands. Playwright connects to the address that stands in the output.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { startBridge } from './bridge.mjs';

const LISTENING = /^(.*WebDriver BiDi listening on )(ws:\S+)/;

const program = process.env['QUEUESCOPE_FIREFOX'];
if (!program) throw new Error('QUEUESCOPE_FIREFOX names no Firefox.');
// The switch lets the bridge emulate media in Firefox's own code, where the protocol has no word for it.
const browser = spawn(program, ['--remote-allow-system-access', ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'pipe'],
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => void browser.kill(signal));
browser.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
browser.once('exit', (code) => process.exit(code ?? 1));

for await (const line of createInterface({ input: browser.stderr })) {
  const [, told, address] = LISTENING.exec(line) ?? [];
  console.error(told && address ? `${told}${await startBridge(address)}` : line);
}
