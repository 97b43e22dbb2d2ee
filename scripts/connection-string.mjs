import { Refusal } from './command.mjs';
import { ACCOUNT, KEY } from './emulator-account.mjs';

/**
 * @typedef {object} ConnectionDetails
 * @property {string} account
 * @property {string} endpoint of the queue service, without a slash at its end
 * @property {string} [key] Base64
 * @property {string} [sas] without a question mark; either this or a key
 */

/**
 * Reads a connection string: any order and case of its names, with or without quotes around it.
 * @param {string} text
 * @returns {ConnectionDetails}
 * @throws {Refusal} that says what is missing, and nothing of what is there: the text is a secret
 */
export function readConnectionString(text) {
  const fields = fieldsOf(text);
  if (fields.get('usedevelopmentstorage')?.toLowerCase() === 'true') {
    return { account: ACCOUNT, key: KEY, endpoint: `http://127.0.0.1:10001/${ACCOUNT}` };
  }
  const endpoint = endpointIn(fields);
  const account = fields.get('accountname') ?? accountIn(endpoint);
  const [sas, key] = [fields.get('sharedaccesssignature')?.replace(/^\?/, ''), fields.get('accountkey')];
  if (sas) return { account, endpoint, sas };
  if (!key) throw new Refusal('The connection string holds neither an AccountKey nor a SharedAccessSignature.');
  if (!account) throw new Refusal('The connection string has no AccountName.');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key)) throw new Refusal('The AccountKey of the connection string is not Base64.');
  return { account, endpoint, key };
}

/** Names in lower case. @param {string} text */
function fieldsOf(text) {
  const plain = text.replaceAll(/\s*\r?\n\s*/g, '').replace(/^\s*["']?(.*?)["']?\s*$/s, '$1');
  /** @type {Map<string, string>} */
  const fields = new Map();
  for (const part of plain.split(';')) {
    const at = part.indexOf('=');
    // Values hold `=` too: keys and signatures end in it.
    if (at > 0) fields.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
  }
  return fields;
}

/** @param {Map<string, string>} fields */
function endpointIn(fields) {
  const [given, account] = [fields.get('queueendpoint'), fields.get('accountname')];
  const protocol = fields.get('defaultendpointsprotocol') ?? 'https';
  const suffix = fields.get('endpointsuffix') ?? 'core.windows.net';
  if (!given && !account)
    throw new Refusal('This is no connection string: it has neither AccountName nor QueueEndpoint.');
  const address = given ?? `${protocol}://${account}.queue.${suffix}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Refusal('The endpoint in the connection string is no http or https address.');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** The account of a host-style or path-style address, if it tells. @param {string} endpoint */
function accountIn(endpoint) {
  const { hostname, pathname } = new URL(endpoint);
  return pathname.split('/')[1] || (hostname.split('.')[0] ?? '').replace(/-secondary$/, '');
}
