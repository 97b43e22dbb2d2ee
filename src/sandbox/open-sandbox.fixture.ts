import { connect } from '../azure/account';
import { importKey } from '../azure/credentials/shared-key';
import type { Account } from '../azure/protocol/model';
import type { Wire } from '../azure/wire/transport';
import { type Clock, createClock } from './clock';
import { AZURE_RECEIPTS, type ReceiptRules } from './receipt';
import { SANDBOX } from './sandbox-account';
import { createSandbox, type Sandbox } from './service';

/** Friday, 2 January 2026, 03:04:05 UTC. */
export const START = Date.UTC(2026, 0, 2, 3, 4, 5);

const key = await importKey(SANDBOX.key);

export type Opened = {
  sandbox: Sandbox;
  clock: Clock;
  /** The client of the app, which signs with the sandbox's time. */
  account: Account;
};

/** A sandbox whose time only moves when it is told, and the app's own client on it. */
export function openSandbox(wire: Omit<Wire, 'fetch'> = {}, receipts: ReceiptRules = AZURE_RECEIPTS): Opened {
  const clock = createClock({ startsAt: START, paused: true });
  const sandbox = createSandbox({ clock, seed: 1, receipts });
  return { sandbox, clock, account: connectTo(sandbox, wire) };
}

export const connectTo = (sandbox: Sandbox, wire: Wire = {}): Account =>
  connect(
    { ...SANDBOX, credential: { kind: 'key', key } },
    { fetch: sandbox.fetch, signingTime: sandbox.clock.now, ...wire },
  );

/** The client with a shared access signature in place of the key. */
export const connectBySas = (sandbox: Sandbox, token: string): Account =>
  connect({ ...SANDBOX, credential: { kind: 'sas', token } }, { fetch: sandbox.fetch });

/** Elements of the body of a refusal, by name. */
export const elementsOf = (xml: string): Record<string, string> =>
  Object.fromEntries([...xml.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name = '', text = '']) => [name, text]));
