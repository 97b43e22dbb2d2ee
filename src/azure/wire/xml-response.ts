import { StorageError } from '../protocol/errors';
import type { Answer } from './error-response';
import { readPlainXml, type XmlElement } from './fast-xml';
import { readXml } from './xml';

/**
 * The root element of a successful answer.
 * @throws StorageError when it is not the XML that the operation gives: most likely not a queue service that answered.
 */
export function readAnswer({ status, body }: Answer, root: string): XmlElement {
  const element = readPlainXml(body) ?? readXml(body);
  if (element?.tagName === root) return element;
  throw new StorageError(`The service answered ${status} without the ${root} that this operation gives.`, { status });
}
