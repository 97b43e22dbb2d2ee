import { StorageError } from '../protocol/errors';
import type { Answer } from './error-response';
import type { XmlElement } from './fast-xml';

/**
 * The root element of a successful answer.
 * @throws StorageError when it is not the XML that the operation gives: most likely not a queue service that answered.
 */
export function readAnswer({ status, body, readXml }: Answer, root: string): XmlElement {
  const element = readXml(body);
  if (element?.tagName === root) return element;
  const what = element ? `without the ${root} that this operation gives` : `with no XML that can be read as ${root}`;
  throw new StorageError(`The service answered ${status} ${what}.`, { status });
}
