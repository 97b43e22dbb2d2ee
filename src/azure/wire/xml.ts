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
/** A tag, on opening with at most one attribute (two might have one name), or the text up to the next tag. */
const TOKEN =
  /<(?:\/([A-Za-z_][\w.-]*)|([A-Za-z_][\w.-]*)(?: (?!xml)[A-Za-z_]\w*="[^"<&]*")?)[ \t\r\n]*(\/?)>|([^<]+)/y;
const WHITE_SPACE = /^[ \t\r\n]*$/;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Replaces a reference to no character; XML itself cannot contain it. */
const UNKNOWN = '\0';
// oxlint-disable-next-line no-control-regex -- finding control characters is the point
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/;

/**
 * Parses XML of elements and text, as the queue service writes it, in a fraction of the time that `DOMParser` takes.
 * Undefined for all else (comments, CDATA, anything that is not well-formed), which `DOMParser` has to parse.
 */
export function readPlainXml(text: string): XmlElement | undefined {
  const pieces: string[] = [];
  const top = new PlainElement('', pieces);
  const open = [top];
  let last = DECLARATION.exec(text)?.[0].length ?? 0;
  if (!isLegal(text) || text.includes(']]>')) return undefined;
  while (last < text.length) {
    TOKEN.lastIndex = last;
    const token = TOKEN.exec(text);
    const parent = open.at(-1);
    if (!token || !parent) return undefined;
    last = TOKEN.lastIndex;
    const [, closed, opened = '', empty, content] = token;
    if (content !== undefined) {
      const piece = decoded(content);
      // Beside the root there is only white space.
      if (piece === undefined || (parent === top && !WHITE_SPACE.test(content))) return undefined;
      pieces.push(piece);
    } else if (closed !== undefined) {
      if (empty || parent.tagName !== closed) return undefined;
      parent.end = pieces.length;
      open.pop();
    } else {
      const element = new PlainElement(opened, pieces);
      parent.children.push(element);
      if (!empty) open.push(element);
    }
  }
  return open.length === 1 && top.children.length === 1 ? top.children[0] : undefined;
}

class PlainElement implements XmlElement {
  readonly tagName: string;
  readonly children: PlainElement[] = [];
  /** Range of its text in the document's pieces. */
  readonly #start: number;
  end: number;
  readonly #pieces: readonly string[];

  constructor(tagName: string, pieces: readonly string[]) {
    this.tagName = tagName;
    this.#start = this.end = pieces.length;
    this.#pieces = pieces;
  }

  get textContent(): string {
    return this.#pieces.slice(this.#start, this.end).join('');
  }
}

/** Normalises line ends and replaces references; undefined with an unknown one. */
function decoded(text: string): string | undefined {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!lines.includes('&')) return lines;
  const plain = lines.replace(
    /&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));|&/g,
    (_, hex, decimal, name) => (name === undefined ? characterOf(hex, decimal) : (ENTITIES[name] ?? UNKNOWN)),
  );
  return plain.includes(UNKNOWN) ? undefined : plain;
}

function characterOf(hex: string | undefined, decimal: string | undefined): string {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const character = code <= 0x10_ffff ? String.fromCodePoint(code) : UNKNOWN;
  return isLegal(character) ? character : UNKNOWN;
}

/** True when XML allows all characters, by the `Char` production of XML 1.0 section 2.2. */
const isLegal = (text: string): boolean => text.isWellFormed() && !FORBIDDEN.test(text);
