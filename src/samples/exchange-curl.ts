import type { Exchange } from '@/azure/protocol/exchange';
import { permissionsFor } from '@/azure/protocol/operation-table';
import { bashQuoted } from '@/azure/protocol/shell-text';
import { flagsFor, NOW, sasComments, TOKEN_LINE } from './curl';
import { hasSample } from './operation';
import { askedIn } from './read-exchange';
import { sampleOf } from './sample';
import { withoutSandbox } from './where';

/** Fields of a SAS, which the variable brings. Source: learn.microsoft.com/rest/api/storageservices/create-account-sas */
const SAS_FIELDS =
  /^(?:sv|ss|srt|sp|st|se|sip|spr|sig|si|sr|ses|skoid|sktid|skt|ske|sks|skv|saoid|suoid|scid|sduoid|skdutid)$/i;

/** Headers that are only right for the moment and the credential of the recorded request. */
const OF_ITS_TIME = /^(?:authorization|x-ms-date)$/i;

/**
 * A recorded exchange as a command for bash and zsh: the same request, with a variable in the place of its credential. A
 * signature of Shared Key cannot be used again, so the request takes a SAS; one that no SAS allows is signed anew by the command.
 */
export function exchangeCurl(exchange: Exchange): string {
  const { method, request, operation } = exchange;
  const name = hasSample(operation) ? operation : undefined;
  const asked = name && permissionsFor(name).accountSas === undefined ? askedIn(exchange) : undefined;
  if (asked) return sampleOf('curl', asked.operation, asked.where);

  const authorization = request.headers.find(([header]) => header.toLowerCase() === 'authorization')?.[1];
  const isToken = authorization?.startsWith('Bearer ') ?? false;
  const url = withoutSandbox(withoutSas(exchange.url));
  const address = bashQuoted(url) + (isToken ? '' : `"${url.includes('?') ? '&' : '?'}$SAS_TOKEN"`);
  const headers = request.headers.filter(([header]) => !OF_ITS_TIME.test(header));
  const hasLength = headers.some(([header]) => header.toLowerCase() === 'content-length');
  const needsLength = !request.body && !hasLength && (method === 'PUT' || method === 'POST');
  const parts = [
    `curl ${flagsFor(url)}-X ${method} ${address}`,
    ...(isToken ? ['-H "Authorization: Bearer $ACCESS_TOKEN"', `-H "x-ms-date: ${NOW}"`] : []),
    ...headers.map(([header, value]) => `-H ${bashQuoted(`${header}: ${value}`)}`),
    ...(needsLength ? ["-H 'Content-Length: 0'"] : []),
    // Not a name of a file, should it begin with an @.
    ...(request.body
      ? [`${request.body.startsWith('@') ? '--data-raw' : '--data-binary'} ${bashQuoted(request.body)}`]
      : []),
  ].join(' \\\n  ');
  if (isToken) return `${TOKEN_LINE}\n${parts}`;
  return [...(name ? sasComments(name) : []), parts].join('\n');
}

/** An address without the fields of a SAS. */
function withoutSas(url: string): string {
  const [address = '', query = ''] = url.split(/\?(.*)/s);
  const pairs = query.split('&').filter((pair) => pair !== '' && !SAS_FIELDS.test(pair.replace(/=.*$/s, '')));
  return pairs.length === 0 ? address : `${address}?${pairs.join('&')}`;
}
