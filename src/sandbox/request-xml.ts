import { readPlainXml, readXml, textOf, type XmlElement } from '../azure/wire/xml';
import type { Incoming } from './endpoint';
import { StorageFault } from './storage-fault';

// oxlint-disable-next-line no-control-regex -- finding control characters is the point
const ILLEGAL = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/;

/**
 * Returns the root element of a request's body.
 * @throws StorageFault when the body is missing, not well-formed or has another root.
 */
export function readBody({ body }: Pick<Incoming, 'body'>, root: string): XmlElement {
  if (body === undefined) throw illegalXml('', 0, 'The body is not UTF-8.');
  if (body === '') throw illegalXml(body, 0, 'Root element is missing.');
  const element = readPlainXml(body) ?? readOtherXml(body);
  if (element.tagName !== root) throw illegalXml(body, body.indexOf(element.tagName), `${root} was expected.`);
  return element;
}

/** The service's reason for what is not well-formed, illegal characters included. */
const NOT_WELL_FORMED = 'Error parsing Xml content';

/** Parses legal but not plain XML (comments, CDATA) with the browser's parser, where there is one. */
function readOtherXml(body: string): XmlElement {
  const illegal = ILLEGAL.exec(body);
  if (illegal) throw illegalXml(body, illegal.index, NOT_WELL_FORMED);
  // The service refuses document types, which can refer to files and expand without limit.
  const element = typeof DOMParser === 'undefined' || body.includes('<!DOCTYPE') ? undefined : readXml(body);
  if (!element) throw illegalXml(body, 0, NOT_WELL_FORMED);
  return element;
}

/** A fault with the position in the body, `index` in UTF-16 units, and the reason. */
export function illegalXml(body: string, index: number, reason: string): StorageFault {
  const lines = body.slice(0, Math.max(0, index)).split('\n');
  return new StorageFault('InvalidXmlDocument', {
    LineNumber: String(lines.length),
    LinePosition: String((lines.at(-1) ?? '').length + 1),
    Reason: reason,
  });
}

/** A fault of what well-formed XML says, for which the service gives no position and mostly no reason. */
export const illegalContent = (reason = ''): StorageFault =>
  new StorageFault('InvalidXmlDocument', { LineNumber: '0', LinePosition: '0', Reason: reason });

/**
 * Returns the text of the child of that name.
 * @throws StorageFault when there is none.
 */
export function requiredText(parent: XmlElement, name: string): string {
  const text = textOf(parent, name);
  if (text === undefined) throw new StorageFault('MissingRequiredXmlNode', { XmlNodeName: name });
  return text;
}

/** @throws StorageFault when there is a child of another name, or a second one of a name that may not be `repeated`. */
export function onlyChildren(parent: XmlElement, names: readonly string[], { repeated = false } = {}): void {
  const seen = new Set<string>();
  for (const { tagName } of parent.children) {
    if (!names.includes(tagName) || (seen.has(tagName) && !repeated)) {
      throw new StorageFault('UnsupportedXmlNode', { XmlNodeName: tagName });
    }
    seen.add(tagName);
  }
}
