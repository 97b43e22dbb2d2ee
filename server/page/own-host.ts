import type { IncomingMessage } from 'node:http';

const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * True for a request that names this server as a browser of this machine does. A name that another site has lead here (DNS
 * rebinding) is another.
 * @param port of this server
 */
export function isOwnHost({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, port: number | undefined): boolean {
  const hosts = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'host');
  const [host] = hosts;
  return hosts.length === 1 && NAMES.some((name) => host === `${name}:${port}` || (port === 80 && host === name));
}
