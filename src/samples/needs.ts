import { isFromFile } from './calls';
import type { Needs } from './language';
import { type Operation, queueOf, sentBody } from './operation';
import { proofFor, type Where } from './where';

/** What an operation needs of a program, with `isRequest` for one that the client of the language cannot do as it is meant. */
export function needsOf(operation: Operation, where: Where, isRequest = false): Needs {
  const body = sentBody(operation);
  const queue = queueOf(operation);
  const isSecondary = operation.name === 'Get Queue Service Stats';
  return {
    where,
    queue,
    client: isRequest ? 'request' : queue === '' ? 'service' : 'queue',
    proof: isSecondary ? 'secondary' : proofFor(operation.name, where) === 'token' ? 'token' : 'secret',
    writes: body && (body.kind === 'file' ? 'bytes' : body.encoding),
    reads: 'encoding' in operation ? operation.encoding : undefined,
    readsFile: isFromFile(body),
  };
}

/**
 * True for a plain text with one of these characters, which the XML of a client loses: a raw CR becomes LF wherever XML is read,
 * and some clients remove LF. Base64 has neither.
 */
export function losesText(operation: Operation, lost: RegExp): boolean {
  const body = sentBody(operation);
  return body?.kind === 'text' && body.encoding === 'text' && typeof body.text === 'string' && lost.test(body.text);
}
