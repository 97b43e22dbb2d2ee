import { type ParseArgsConfig, parseArgs } from 'node:util';
import { maskEverySecret } from '../../src/azure/connection-input/find-secrets';
import { isAddableOrigin } from '../../src/azure/protocol/addable-origin';
import { messageOf, Refusal } from '../command.mjs';

/**
 * The flags that this program was given.
 * @param usage which flags there are, as a sentence
 * @throws Refusal on any other
 */
export function parseFlags<Options extends NonNullable<ParseArgsConfig['options']>>(options: Options, usage: string) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Refusal(`${maskEverySecret(messageOf(error)).split('. ')[0]}. ${usage}`);
  }
}

/**
 * The port that a flag names, if it was given.
 * @throws Refusal unless it is a whole number from 1 to 65535
 */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Refusal(`--port takes a number from 1 to 65535, and not "${maskEverySecret(text)}".`);
  }
  return port;
}

/** The flags of whoever serves the page: for its content policy and for the relay. */
export const PAGE_FLAGS = {
  'allow-host': { type: 'string', multiple: true },
  'relay-host': { type: 'string', multiple: true },
  'no-relay': { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

/**
 * The origins that the page may reach in this run beside the known ones and those that were added.
 * @throws Refusal unless each is an origin
 */
export function allowedHostsOf({ 'allow-host': origins = [] }: { 'allow-host'?: string[] | undefined }): string[] {
  const wrong = origins.find((origin) => !isAddableOrigin(origin));
  if (wrong === undefined) return origins;
  throw new Refusal(
    `--allow-host takes an origin such as https://queues.example, and not "${maskEverySecret(wrong)}".`,
  );
}

type RelayFlags = { 'relay-host'?: string[] | undefined; 'no-relay'?: boolean | undefined };

/**
 * The hosts that the relay may go to beside the usual ones; undefined when there is to be no relay.
 * @throws Refusal unless each is a host with or without a port
 */
export function relayHostsOf({ 'relay-host': hosts = [], 'no-relay': none = false }: RelayFlags): string[] | undefined {
  const wrong = hosts.find((host) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i.test(host));
  if (wrong !== undefined) {
    throw new Refusal(`--relay-host takes a host, or host:port, and not "${maskEverySecret(wrong)}".`);
  }
  return none ? undefined : hosts;
}

/** `relayHosts`: undefined for no relay. */
export type LocalFlags = {
  port: number | undefined;
  fresh: boolean;
  allowedHosts: string[];
  relayHosts: string[] | undefined;
};

/** The flags of `npm start` and `npm run dev`. */
export function localFlags(): LocalFlags {
  const { port, fresh, ...page } = parseFlags(
    { port: { type: 'string' }, fresh: { type: 'boolean', default: false }, ...PAGE_FLAGS },
    'The flags are --port N (for the page), --fresh (deletes the local queues first), --allow-host ORIGIN (another address that the page may reach), --relay-host HOST (another host that the relay may go to) and --no-relay.',
  );
  return { port: portOf(port), fresh, allowedHosts: allowedHostsOf(page), relayHosts: relayHostsOf(page) };
}
