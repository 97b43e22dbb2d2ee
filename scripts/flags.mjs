import { parseArgs } from 'node:util';
import { messageOf, Refusal } from './command.mjs';

/**
 * The flags that this program was given.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} Options
 * @param {Options} options
 * @param {string} usage which flags there are, as a sentence
 * @throws {Refusal} on any other
 */
export function parseFlags(options, usage) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Refusal(`${messageOf(error).split('. ')[0]}. ${usage}`);
  }
}

/**
 * The port that a flag names, if it was given.
 * @param {string | undefined} text
 * @throws {Refusal} unless it is a whole number from 1 to 65535
 */
export function portOf(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Refusal(`--port takes a number from 1 to 65535, and not "${text}".`);
  }
  return port;
}

/** @typedef {{ port: number | undefined, fresh: boolean }} LocalFlags */

/**
 * The flags of `npm start` and `npm run dev`.
 * @returns {LocalFlags}
 */
export function localFlags() {
  const { port, fresh } = parseFlags(
    { port: { type: 'string' }, fresh: { type: 'boolean', default: false } },
    'The flags are --port N (for the page) and --fresh (deletes the local queues first).',
  );
  return { port: portOf(port), fresh };
}
