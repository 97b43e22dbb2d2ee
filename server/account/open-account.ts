import { connect } from '../../src/azure/account';
import { importKey } from '../../src/azure/credentials/shared-key';
import type { Connection } from '../../src/azure/protocol/connection';
import { EMULATOR } from '../../src/azure/protocol/emulator';
import type { Account } from '../../src/azure/protocol/model';
import { readPlainXml } from '../../src/azure/wire/xml';

/**
 * The page's own client, on what Node has: its `fetch`, and the strict XML reader, since there is no `DOMParser`.
 */
export const openAccount = (connection: Connection): Account => connect(connection, { readXml: readPlainXml });

/** The account of an emulator whose queue endpoint this is. */
export const emulatorAt = async (endpoint: string): Promise<Connection> => ({
  account: EMULATOR.account,
  endpoint,
  credential: { kind: 'key', key: await importKey(EMULATOR.key) },
});
