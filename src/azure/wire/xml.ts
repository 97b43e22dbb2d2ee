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
export const elementXml = (element: XmlElement): string => {
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

/** The parts of an element that are read, of the browser's parser or of `readPlainXml`. */
export type XmlElement = {
  readonly tagName: string;
  /** Its text and that of all elements in it. */
  readonly textContent: string;
  readonly children: Iterable<XmlElement>;
};

const DECLARATION =
  /^\uFEFF?(?:<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?(?: standalone="(?:yes|no)")?[ \t\r\n]*\?>)?/;
/** What follows the name of an element: at most one attribute, as two might have one name. */
const REST_OF_OPENING_TAG = /(?: (?!xml)[A-Za-z_]\w*="[^"<&]*")?[ \t\r\n]*\/?>/y;
const REST_OF_CLOSING_TAG = /[ \t\r\n]*>/y;
const WHITE_SPACE = /^[ \t\r\n]*$/;
/** By what stands between `&` and `;`. */
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
// oxlint-disable-next-line no-control-regex -- finding control characters is the point
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/;

/**
 * Parses XML of elements and text, as the queue service writes it, in a fraction of the time that `DOMParser` takes.
 * Undefined for all else (comments, CDATA, anything that is not well-formed), which `DOMParser` has to parse.
 */
export function readPlainXml(text: string): XmlElement | undefined {
  if (!isLegal(text) || text.includes(']]>')) return undefined;
  const pieces: string[] = [];
  const top = new PlainElement('', pieces, undefined);
  let parent = top;
  let at = DECLARATION.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    const tag = text.indexOf('<', at);
    if (tag !== at) {
      const content = tag < 0 ? text.slice(at) : text.slice(at, tag);
      const piece = decoded(content);
      // Beside the root there is only white space.
      if (piece === undefined || (parent === top && !WHITE_SPACE.test(content))) return undefined;
      pieces.push(piece);
      if (tag < 0) break;
    }
    if (text.charCodeAt(tag + 1) === SLASH) {
      if (!parent.parent || !text.startsWith(parent.tagName, tag + 2)) return undefined;
      at = endOfTag(text, tag + 2 + parent.tagName.length, REST_OF_CLOSING_TAG);
      if (at < 0) return undefined;
      parent.end = pieces.length;
      parent = parent.parent;
    } else {
      const nameEnd = endOfName(text, tag + 1);
      at = nameEnd < 0 ? -1 : endOfTag(text, nameEnd, REST_OF_OPENING_TAG);
      if (at < 0) return undefined;
      const element = new PlainElement(text.slice(tag + 1, nameEnd), pieces, parent);
      parent.add(element);
      if (text.charCodeAt(at - 2) !== SLASH) parent = element;
    }
  }
  return parent === top && top.children.length === 1 ? top.children[0] : undefined;
}

const SLASH = 0x2f;
const TAG_END = 0x3e;

/** The position after a name that begins here; -1 when none does. */
function endOfName(text: string, start: number): number {
  if (!isOfName(text.charCodeAt(start))) return -1;
  let at = start + 1;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    const isDigitOrSign = (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e;
    if (!isDigitOrSign && !isOfName(code)) return at;
  }
}

/** True for a letter of ASCII and for `_`. */
const isOfName = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;

/** The position after a tag of which this is left; -1 when something else is. */
function endOfTag(text: string, at: number, rest: RegExp): number {
  if (text.charCodeAt(at) === TAG_END) return at + 1;
  rest.lastIndex = at;
  return rest.test(text) ? rest.lastIndex : -1;
}

/** Of what has no elements in it, as most. */
const NO_CHILDREN: PlainElement[] = [];

class PlainElement implements XmlElement {
  readonly tagName: string;
  children = NO_CHILDREN;
  /** Undefined for the document. */
  readonly parent: PlainElement | undefined;
  /** The texts of the document; from `start` to `end` are its own. */
  readonly pieces: readonly string[];
  readonly start: number;
  end: number;

  constructor(tagName: string, pieces: readonly string[], parent: PlainElement | undefined) {
    this.tagName = tagName;
    this.pieces = pieces;
    this.parent = parent;
    this.start = this.end = pieces.length;
  }

  add(child: PlainElement): void {
    if (this.children === NO_CHILDREN) this.children = [child];
    else this.children.push(child);
  }

  get textContent(): string {
    const { pieces, start, end } = this;
    return end - start === 1 ? (pieces[start] ?? '') : pieces.slice(start, end).join('');
  }
}

/** Normalises line ends and replaces references; undefined with an unknown one. */
function decoded(text: string): string | undefined {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  let reference = lines.indexOf('&');
  if (reference < 0) return lines;
  let plain = '';
  let at = 0;
  for (; reference >= 0; reference = lines.indexOf('&', at)) {
    const end = lines.indexOf(';', reference);
    const character = end < 0 ? undefined : characterOf(lines.slice(reference + 1, end));
    if (character === undefined) return undefined;
    plain += lines.slice(at, reference) + character;
    at = end + 1;
  }
  return plain + lines.slice(at);
}

/** Of a reference such as `amp`, `#38` or `#x26`; undefined for one of no character. */
function characterOf(reference: string): string | undefined {
  const entity = ENTITIES.get(reference);
  if (entity !== undefined) return entity;
  const [, hex, decimal] = NUMBER.exec(reference) ?? [];
  if (hex === undefined && decimal === undefined) return undefined;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const character = code <= 0x10_ffff ? String.fromCodePoint(code) : '\0';
  return isLegal(character) ? character : undefined;
}

const NUMBER = /^#(?:x([\da-fA-F]{1,6})|(\d{1,7}))$/;

/** True when XML allows all characters, by the `Char` production of XML 1.0 section 2.2. */
const isLegal = (text: string): boolean => text.isWellFormed() && !FORBIDDEN.test(text);
