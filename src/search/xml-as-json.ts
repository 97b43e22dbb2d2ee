import { decodeXmlEscapes } from '@/azure/bodies/layers/xml-escapes';
import { mayBeXml, type XmlToken, xmlTokens } from '@/azure/bodies/xml-tokens';

/*
 * XML as JSON, so that its elements and attributes are columns and the words of expressions as keys of JSON are: `order.line[0]` is an
 * element, `order["@id"]` an attribute, `order.note["#text"]` the text of an element that has attributes or elements as well.
 */

type Element = {
  name: string;
  attributes: Map<string, string>;
  children: Map<string, Element[]>;
  text: string;
};

/** A number that is written as JSON writes one, short enough to be exact; `007` and `1e5` stay texts. */
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?$/;
const MOST_NUMBER_CHARACTERS = 16;
/** Attributes that are read of one element. */
const MOST_ATTRIBUTES = 1000;

/**
 * Writes one XML document as JSON. Elements of one name in the same element are a list, and an element with neither elements nor
 * attributes is its text, or a number. Names keep their prefix. Undefined for other text, and where a limit of tokens or depth is
 * reached. Takes time that is linear in the text; resolves no entity but the five of XML and the numeric ones.
 */
export function xmlAsJson(text: string): string | undefined {
  if (!mayBeXml(text)) return undefined;
  const top = elementOf('');
  const open = [top];
  const tokens = xmlTokens(text);
  for (let next = tokens.next(); ; next = tokens.next()) {
    if (next.done) return next.value === undefined ? written(top) : undefined;
    const token = next.value;
    const parent = open.at(-1) ?? top;
    if (token.kind === 'close') open.pop();
    else if (token.kind === 'text') parent.text += plain(text.slice(token.start, token.end));
    else if (token.kind === 'cdata') parent.text += text.slice(token.start + 9, token.end - 3);
    else if (token.kind !== 'aside') {
      const element = elementOf(token.name);
      readAttributes(text, token, element.attributes);
      const same = parent.children.get(token.name);
      if (same) same.push(element);
      else parent.children.set(token.name, [element]);
      if (token.kind === 'open') open.push(element);
    }
  }
}

let last: { text: string; json: string } | undefined;

/** A body as JSON where it is XML; other text as it is. Several columns of one message convert it once. */
export function jsonForm(text: string): string {
  if (!mayBeXml(text)) return text;
  if (last?.text !== text) last = { text, json: xmlAsJson(text) ?? text };
  return last.json;
}

const elementOf = (name: string): Element => ({ name, attributes: new Map(), children: new Map(), text: '' });

const plain = (text: string): string =>
  text.includes('&') ? ((decodeXmlEscapes(text) as { content?: string }).content ?? text) : text;

const SPACE = /\s/;

/** Reads `name="value"` behind the name of a tag. What is no attribute is passed over. */
function readAttributes(text: string, { start, end, name }: XmlToken, attributes: Map<string, string>): void {
  let at = start + 1 + name.length;
  while (at < end && attributes.size < MOST_ATTRIBUTES) {
    while (at < end && (SPACE.test(text.charAt(at)) || text.charAt(at) === '/')) at++;
    const from = at;
    while (at < end && !/[\s=/>"']/.test(text.charAt(at))) at++;
    const key = text.slice(from, at);
    while (at < end && SPACE.test(text.charAt(at))) at++;
    if (text.charAt(at) !== '=') {
      // Not to stand still.
      if (at === from) at++;
      continue;
    }
    at++;
    while (at < end && SPACE.test(text.charAt(at))) at++;
    const quote = text.charAt(at);
    if (quote !== '"' && quote !== "'") continue;
    const close = text.indexOf(quote, at + 1);
    if (close < 0 || close >= end) return;
    if (key !== '' && !attributes.has(key)) attributes.set(key, plain(text.slice(at + 1, close)));
    at = close + 1;
  }
}

/** The element as JSON. Its depth is limited by that of the tokens. */
function written({ attributes, children, text }: Element): string {
  if (attributes.size === 0 && children.size === 0) return scalar(text);
  const members = [...attributes].map(([key, value]) => `${JSON.stringify(`@${key}`)}:${scalar(value)}`);
  for (const [name, elements] of children) {
    const [first, ...others] = elements;
    if (!first) continue;
    const value = others.length === 0 ? written(first) : `[${elements.map(written).join(',')}]`;
    members.push(`${JSON.stringify(name)}:${value}`);
  }
  const own = text.trim();
  if (own !== '') members.push(`"#text":${scalar(own)}`);
  return `{${members.join(',')}}`;
}

const scalar = (text: string): string =>
  text.length <= MOST_NUMBER_CHARACTERS && NUMBER.test(text) ? text : JSON.stringify(text);
