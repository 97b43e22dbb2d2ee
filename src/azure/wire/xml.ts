import { readPlainXml, type XmlElement } from './fast-xml';
import { trusted } from './trusted-types';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/**
 * Text as XML content. `\r` becomes a character reference, since every XML parser turns a raw one into `\n`;
 * `>` is escaped for the sake of `]]>`. Characters that XML cannot carry must be refused before (`textProblem`).
 */
export const escapeXml = (text: string): string => text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');

/** An element of a request body: around its text, or around another element. */
export type XmlNode = { name: string; content: string | XmlNode };

/** An element as XML. */
export const writeXml = ({ name, content }: XmlNode): string =>
  `<${name}>${typeof content === 'string' ? escapeXml(content) : writeXml(content)}</${name}>`;

/** What a request body begins with. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/** A whole request body. */
export const xmlDocument = (root: string): string => XML_DECLARATION + root;

/** `<name>escaped text</name>`, or nothing for undefined. */
export const textElement = (name: string, value: string | number | boolean | undefined): string =>
  value === undefined ? '' : writeXml({ name, content: String(value) });

/** The root element, or undefined when the text is not well-formed XML (`DOMParser` does not throw). */
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

/** An element and all in it as XML, without attributes, which the service's XML does not have. */
const elementXml = (element: XmlElement): string => {
  const children = [...element.children];
  const content = children.length > 0 ? children.map(elementXml).join('') : escapeXml(element.textContent);
  return `<${element.tagName}>${content}</${element.tagName}>`;
};

/**
 * The direct children whose names are not among these, as XML: what a newer service says, to be given back as it came.
 * Nothing to spread when there are none.
 */
export function unknownXml(parent: XmlElement, known: readonly string[]): { unknown?: string } {
  const unknown = [...parent.children].filter(({ tagName }) => !known.includes(tagName));
  return unknown.length === 0 ? {} : { unknown: unknown.map(elementXml).join('') };
}
