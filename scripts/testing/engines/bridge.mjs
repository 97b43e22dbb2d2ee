import { WebSocket, WebSocketServer } from 'ws';
import { closeGaps } from './gaps.mjs';

/** Bytes of the largest message: a screenshot of a large page. */
const LARGEST = 256 * 1024 * 1024;

/**
 * Starts a server on loopback that passes WebDriver BiDi on to a browser, both ways and in order, with the gaps closed.
 * @param {string} browser address that the browser listens at, such as `ws://127.0.0.1:4567`
 * @returns {Promise<string>} the address for the client, without a slash at its end
 */
export async function startBridge(browser) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: LARGEST });
  await new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  server.on('connection', (client, request) => {
    const remote = new WebSocket(browser + (request.url ?? '/'), { maxPayload: LARGEST });
    const isOpen = new Promise((resolve) => remote.once('open', resolve));
    const gaps = closeGaps({
      toBrowser: (message) => void isOpen.then(() => remote.send(JSON.stringify(message))),
      toClient: (message) => client.send(JSON.stringify(message)),
    });
    client.on('message', (data) => gaps.fromClient(messageIn(data)));
    remote.on('message', (data) => gaps.fromBrowser(messageIn(data)));
    client.on('close', () => remote.close());
    remote.on('close', () => client.close());
    for (const end of [client, remote])
      end.on('error', (error) => {
        console.error(`Bridge: ${error.message}`);
        end.terminate();
      });
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `ws://127.0.0.1:${port}`;
}

/** @param {import('ws').RawData} data a Buffer, as is the default of both ends @returns {import('./gaps.mjs').Message} */
const messageIn = (data) => JSON.parse(/** @type {Buffer} */ (data).toString());
