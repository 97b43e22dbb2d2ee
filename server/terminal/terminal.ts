import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { Refusal } from '../command.mjs';

/** What the commands read from and write to; tests bring their own. */
export type Terminal = {
  stdin: NodeJS.ReadStream | (NodeJS.ReadableStream & { isTTY?: boolean });
  stdout: NodeJS.WritableStream;
  env: NodeJS.ProcessEnv;
};

/** Enter, and Ctrl-D. */
const END = new Set(['\r', '\n', '\u0004']);

/** More than any connection string has, bytes. */
const MOST = 65_536;

/**
 * Asks for a yes; anything else, Ctrl-C and Ctrl-D included, is a no.
 * @throws Refusal when nobody is there to answer
 */
export async function confirm({ stdin, stdout }: Terminal, question: string): Promise<boolean> {
  if (!stdin.isTTY) throw new Refusal('There is no terminal to ask in: look at the difference, then add --yes.');
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    // Ctrl-C rejects the question, and Ctrl-D leaves it open for ever.
    const answer = await Promise.race([
      lines.question(`${question} [y/N] `).catch(() => undefined),
      once(lines, 'close').then(() => undefined),
    ]);
    // The terminal wrote no line feed of its own.
    if (answer === undefined) stdout.write('\n');
    return answer !== undefined && /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

/** The whole of standard input; typed in a terminal, it is not shown and ends with the line. */
export async function readSecret({ stdin, stdout }: Terminal, prompt: string): Promise<string> {
  if (stdin.isTTY && 'setRawMode' in stdin) return readHidden(stdin, stdout, prompt);
  let text = '';
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > MOST) throw new Refusal('Standard input holds more than a connection string.');
  }
  return text;
}

async function readHidden(stdin: NodeJS.ReadStream, stdout: NodeJS.WritableStream, prompt: string): Promise<string> {
  stdout.write(prompt);
  stdin.setRawMode(true).resume();
  try {
    return await new Promise((resolve, reject) => {
      let text = '';
      stdin.on('data', function take(chunk: Buffer) {
        for (const character of chunk.toString()) {
          if (character === '\u0003') reject(new Refusal('Cancelled.'));
          else if (character === '\u007f') text = text.slice(0, -1);
          else if (END.has(character)) {
            stdin.off('data', take);
            resolve(text);
          } else text += character;
        }
      });
    });
  } finally {
    stdin.setRawMode(false).pause();
    stdout.write('\n');
  }
}
