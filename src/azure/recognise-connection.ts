import { error } from './connection-problem';
import { readConnectionString } from './connection-string';
import { endpointOf, readEndpoint } from './endpoint';
import { fromConnectionString } from './recognise-connection-string';
import { recogniseToken } from './recognise-token';
import { found, fromSas, type Recognised } from './recognised';
import { keyBytes } from './shared-key';

/** What web pages and chats put between characters without a width; none of it is in a key, a name or an address. */
const UNSEEN = /[\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}\u{FEFF}]/gu;

/**
 * Finds out what a pasted text is: a connection string (any order, case, quotes and line breaks), a SAS URL, an account
 * name, an endpoint. `now` in ms, to see whether a signature has expired.
 */
export function recogniseConnection(text: string, now = Date.now()): Recognised {
  const pasted = text
    .replace(UNSEEN, '')
    .trim()
    .replace(/^["'`“‘]+|["'`”’,]+$/g, '')
    .trim();
  if (pasted === '') return { kind: 'nothing', problems: [] };
  const token = recogniseToken(pasted, now);
  if (token) return token;
  const fields = readConnectionString(pasted);
  if (fields) return fromConnectionString(fields, now);
  if (/^\??(?:[a-z]+=[^&/]*&)*sig=/i.test(pasted)) {
    return {
      kind: 'unknown',
      problems: [
        error(
          'text',
          'This is a shared access signature alone. Put the address of the queue service in front of it, as in https://account.queue.core.windows.net/?sv=…',
        ),
      ],
    };
  }
  if (keyBytes(pasted)?.length === 64) {
    return {
      kind: 'unknown',
      problems: [error('text', 'This looks like an account key alone. The account name is needed too.')],
    };
  }
  if (/[:/.]/.test(pasted)) return fromAddress(pasted, now);
  if (/^[\w-]+$/.test(pasted)) {
    return { kind: 'account', ...found(endpointOf(pasted), pasted, []) };
  }
  return {
    kind: 'unknown',
    problems: [
      error('text', 'This is not a connection string, a shared access signature URL, an account name or an endpoint.'),
    ],
  };
}

function fromAddress(pasted: string, now: number): Recognised {
  const [address = '', query = ''] = pasted.split('?');
  const endpoint = readEndpoint(address);
  if (!endpoint) {
    return {
      kind: 'unknown',
      problems: [error('endpoint', 'An endpoint is an address that starts with http:// or https://.')],
    };
  }
  const { account = '', queue } = endpoint;
  if (/(?:^|&)sig=/.test(query)) return fromSas('url', endpoint, account, query, now, []);
  return { kind: 'endpoint', ...(queue && { queue }), ...found(endpoint, account, []) };
}
