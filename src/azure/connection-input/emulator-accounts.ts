import { EMULATOR } from '../protocol/emulator';
import { type Endpoint, readEndpoint } from '../protocol/endpoint';
import { EMULATOR_ACCOUNTS } from './find-secrets';
import { inputWarning } from './input-problem';
import { mendKey } from './mend-secrets';
import { type Choice, type ParsedConnection, parsedBase } from './parsed-connection';

/** A published port for the port of queues in a container, or the port that Azurite is told to take. */
const PORTS = /(?<![\d.])(\d{2,5}):10001(?!\d)|--queuePort[ =](\d{2,5})/gi;

/** Every account that a text after `normaliseWhitespace` gives an emulator, at the emulator's address, with its first key. */
export function emulatorAccountsIn(text: string): Choice[] {
  const lists = [...text.matchAll(EMULATOR_ACCOUNTS)].map(([list]) => list);
  if (lists.length === 0) return [];
  const port = portIn(text);
  return lists.flatMap((list) => list.split(';')).flatMap((entry) => accountOf(entry, port));
}

/** The one port that the text gives the queue service; else the usual one. */
function portIn(text: string): string | undefined {
  const ports = new Set([...text.matchAll(PORTS)].map(([, published, told]) => published ?? told));
  return ports.size === 1 ? [...ports][0] : undefined;
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
