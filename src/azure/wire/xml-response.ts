import { StorageError } from '../protocol/errors';
import type { Answer } from './error-response';
import type { XmlElement } from './fast-xml';

/**
 * Returns the root element of a successful response.
 * @throws StorageError when it is not the XML of the operation: most likely no queue service responded.
 */
export function readAnswer({ status, body, readXml }: Answer, root: string): XmlElement {
  const element = readXml(body);
  if (element?.tagName === root) return element;
  const what = element ? `without the ${root} that this operation gives` : `with no XML that can be read as ${root}`;
  throw new StorageError(`The service answered ${status} ${what}.`, { status });
}
