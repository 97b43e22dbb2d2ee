import { urlOf } from '../protocol/decode-uri';
import { EMULATOR } from '../protocol/emulator';
import { type Endpoint, readEndpoint } from '../protocol/endpoint';
import { OF_CONTAINERS } from '../protocol/loopback';
import { EMULATOR_ACCOUNTS } from './find-secrets';
import { inputWarning } from './input-problem';
import { mendKey } from './mend-secrets';
import { type Choice, type ParsedConnection, parsedBase } from './parsed-connection';

/** Every account that a text after `normaliseWhitespace` gives an emulator, at the emulator's address, with its first key. */
export function emulatorAccountsIn(text: string): Choice[] {
  const lists = [...text.matchAll(EMULATOR_ACCOUNTS)].map(([list]) => list);
  if (lists.length === 0) return [];
  const port = portIn(text);
  return lists.flatMap((list) => list.split(';')).flatMap((entry) => accountOf(entry, port));
}

/**
 * The one port of this machine that a text gives to `port` in a container, as `10361:10001` of Docker and kubectl does, or
 * that it tells Azurite to take; undefined without one, and with several.
 */
function portIn(text: string, port = '10001'): string | undefined {
  const published = [...text.matchAll(/(?<![\d.])(\d{2,5}):(\d{2,5})(?!\d)/g)].flatMap(([, own = '', inner]) =>
    inner === port ? [own] : [],
  );
  const told = [...text.matchAll(/--queuePort[ =](\d{2,5})/gi)].map(([, own = '']) => own);
  const ports = new Set([...published, ...told]);
  return ports.size === 1 ? [...ports][0] : undefined;
}

/** The same connection at the port that the text publishes, for an address that only containers know; else undefined. */
export function publishedBeside({ label, input }: Choice, text: string): Choice | undefined {
  const url = urlOf(input.endpoint);
  if (!url || !OF_CONTAINERS.test(url.hostname)) return undefined;
  const port = portIn(text, url.port || '80');
  if (port === undefined) return undefined;
  const { endpoint, secondaryEndpoint } = input;
  const moved = (address: string) => address.replace(url.host, `127.0.0.1:${port}`);
  return {
    label,
    input: {
      ...input,
      endpoint: moved(endpoint),
      ...(secondaryEndpoint && { secondaryEndpoint: moved(secondaryEndpoint) }),
    },
  };
}

/** A name of an account that needs no escape in an address. */
const NAME = /^[\w.-]{1,64}$/;

function accountOf(entry: string, port: string | undefined): Choice[] {
  const [name = '', first = '', second] = entry.split(':');
  if (!NAME.test(name) || first === '') return [];
  const { origin } = new URL(EMULATOR.endpoint);
  const host = port === undefined ? origin : origin.replace(/\d+$/, port);
  const endpoint: Endpoint = readEndpoint(`${host}/${name}`) ?? { endpoint: '' };
  const notes = [
    ...(port === undefined ? [inputWarning('text', USUAL_ADDRESS)] : []),
    ...(second === undefined || second === '' ? [] : [inputWarning('accountKey', TWO_KEYS)]),
  ];
  const input: ParsedConnection = {
    kind: 'key',
    from: 'emulatorAccounts',
    key: mendKey(first).value,
    ...parsedBase(endpoint, name, notes),
  };
  return [{ label: 'AZURITE_ACCOUNTS', input }];
}

const USUAL_ADDRESS = 'The usual address of the emulator is taken. For another one, paste a string with QueueEndpoint.';
const TWO_KEYS = 'The account has two keys here. The first is used.';
