import { readPlainXml, type XmlElement } from './fast-xml';
import { trusted } from './trusted-types';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/**
 * Escapes a text as XML content: `\r` as a character reference, since XML parsers turn a raw one into `\n`; `>` because of
 * `]]>`. `textProblem` must have refused characters that XML cannot represent.
 */
export const escapeXml = (text: string): string => text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');

/** An element of a request body, with its text or one child element. */
export type XmlNode = { name: string; content: string | XmlNode };

export const writeXml = ({ name, content }: XmlNode): string =>
  `<${name}>${typeof content === 'string' ? escapeXml(content) : writeXml(content)}</${name}>`;

export const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/** A request body of this root element. */
export const xmlDocument = (root: string): string => XML_DECLARATION + root;

/** `<name>escaped text</name>`, or nothing for undefined. */
export const textElement = (name: string, value: string | number | boolean | undefined): string =>
  value === undefined ? '' : writeXml({ name, content: String(value) });

/** Parses XML with `DOMParser` and returns the root element; undefined when the text is not well-formed. */
export function readXml(text: string): Element | undefined {
  if (text === '') return undefined;
  const document = new DOMParser().parseFromString(trusted.createHTML(text), 'application/xml');
  return document.getElementsByTagName('parsererror').length > 0 ? undefined : document.documentElement;
}

/** The root element in a browser: plain XML by the quick reader, all else by the browser's own. */
export const readXmlInBrowser = (text: string): XmlElement | undefined => readPlainXml(text) ?? readXml(text);

/** Direct children of that name, in document order. */
export const childrenOf = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  parent ? [...parent.children].filter((child) => child.tagName === name) : [];

/** First direct child of that name. */
export function childOf(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  for (const child of parent?.children ?? []) if (child.tagName === name) return child;
  return undefined;
}

/** Text of the first direct child of that name, untrimmed; undefined when there is none. */
export const textOf = (parent: XmlElement | undefined, name: string): string | undefined =>
  childOf(parent, name)?.textContent;

/** Writes an element and its content as XML, without attributes, which the service's XML does not have. */
const elementXml = (element: XmlElement): string => {
  const children = [...element.children];
  const content = children.length > 0 ? children.map(elementXml).join('') : escapeXml(element.textContent);
  return `<${element.tagName}>${content}</${element.tagName}>`;
};

/**
 * The direct children with other names than these, as XML, so that elements of a newer service are written back unchanged.
 * An empty object without any.
 */
export function unknownXml(parent: XmlElement, knownNames: readonly string[]): { unknown?: string } {
  const unknown = [...parent.children].filter(({ tagName }) => !knownNames.includes(tagName));
  return unknown.length === 0 ? {} : { unknown: unknown.map(elementXml).join('') };
}
