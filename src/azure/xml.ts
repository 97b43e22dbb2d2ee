import type { XmlElement } from './plain-xml';
import { trusted } from './trusted';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/**
 * Text as XML content. `\r` becomes a character reference, since every XML parser turns a raw one into `\n`;
 * `>` is escaped for the sake of `]]>`. Characters that XML cannot carry must be refused before (`textProblem`).
 */
export const escapeXml = (text: string): string => text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');

/** A whole request body. */
export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="utf-8"?>${root}`;

/** `<name>escaped text</name>`, or nothing for undefined. */
export const textElement = (name: string, value: string | number | boolean | undefined): string =>
  value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`;

/** The root element, or undefined when the text is not well-formed XML (`DOMParser` does not throw). */
export function readXml(text: string): Element | undefined {
  if (text === '') return undefined;
  const document = new DOMParser().parseFromString(trusted.createHTML(text), 'application/xml');
  return document.getElementsByTagName('parsererror').length > 0 ? undefined : document.documentElement;
}

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
