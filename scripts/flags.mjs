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
    throw new Refusal(`${withoutSecrets(messageOf(error)).split('. ')[0]}. ${usage}`);
  }
}

/** What looks like a key, a connection string, a signature or a token: not to be repeated where others may read it. */
const SECRET = /'?(?:\S*(?:AccountKey|SharedAccessSignature|sig)=|[\w+/-]*[A-Za-z0-9+/]{40,}={1,2}|eyJ[\w-]+\.).*/is;

/** @param {string} text */
const withoutSecrets = (text) => text.replace(SECRET, '(not shown: it looks like a secret)');

/**
 * The port that a flag names, if it was given.
 * @param {string | undefined} text
 * @throws {Refusal} unless it is a whole number from 1 to 65535
 */
export function portOf(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Refusal(`--port takes a number from 1 to 65535, and not "${withoutSecrets(text)}".`);
  }
  return port;
}

/** @typedef {{ port: number | undefined, fresh: boolean, relayHosts: string[] | undefined }} LocalFlags `relayHosts`: undefined for no relay */

/**
 * How flags of the relay are given, wherever the page is served.
 * @type {{ 'relay-host': { type: 'string', multiple: true }, 'no-relay': { type: 'boolean' } }}
 */
export const RELAY_FLAGS = { 'relay-host': { type: 'string', multiple: true }, 'no-relay': { type: 'boolean' } };

/**
 * The hosts that the relay may go to beside the usual ones; undefined when there is to be no relay.
 * @param {{ 'relay-host'?: string[], 'no-relay'?: boolean }} values
 * @throws {Refusal} unless each is a host with or without a port
 */
export function relayHostsOf({ 'relay-host': hosts = [], 'no-relay': none = false }) {
  const wrong = hosts.find((host) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i.test(host));
  if (wrong !== undefined)
    throw new Refusal(`--relay-host takes a host, or host:port, and not "${withoutSecrets(wrong)}".`);
  return none ? undefined : hosts;
}

/**
 * The flags of `npm start` and `npm run dev`.
 * @returns {LocalFlags}
 */
export function localFlags() {
  const { port, fresh, ...relay } = parseFlags(
    { port: { type: 'string' }, fresh: { type: 'boolean', default: false }, ...RELAY_FLAGS },
    'The flags are --port N (for the page), --fresh (deletes the local queues first), --relay-host HOST (another host that the relay may go to) and --no-relay.',
  );
  return { port: portOf(port), fresh, relayHosts: relayHostsOf(relay) };
}
