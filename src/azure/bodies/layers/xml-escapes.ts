import type { Decoded } from '../model';

const NAMES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const ESCAPE = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g;

/** True for a text with an escape of XML. */
export const mayBeXmlEscaped = (text: string) => /&(?:lt|gt|amp|quot|apos|#\w{2,8});/.test(text);

/** Takes the five escapes of XML and the numeric ones off, once: `&amp;lt;` becomes `&lt;`. */
export function decodeXmlEscapes(text: string | undefined): Decoded {
  if (text === undefined) return { problem: 'Not XML escapes: these bytes are no text.' };
  let count = 0;
  const content = text.replace(ESCAPE, (escape, name?: string, decimal?: string, hex?: string) => {
    const code = decimal === undefined ? parseInt(hex ?? '0', 16) : Number(decimal);
    if (name === undefined && (code === 0 || code > 0x10ffff)) return escape;
    count++;
    return name === undefined ? String.fromCodePoint(code) : (NAMES[name] ?? escape);
  });
  return count > 0 ? { content } : { problem: 'Not XML escapes: there is none in it, such as &quot; or &#34;.' };
}

const five = (text: string, apostrophe: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", apostrophe);

/** The ways in which producers escape, which differ in the apostrophe. */
export const XML_ESCAPE_WRITERS = {
  'xml-escapes': (text: string) => five(text, "'"),
  'xml-escapes-apos': (text: string) => five(text, '&apos;'),
  'xml-escapes-39': (text: string) => five(text, '&#39;'),
  'xml-escapes-x27': (text: string) => five(text, '&#x27;'),
  'xml-escapes-034': (text: string) => five(text, '&#039;'),
  'xml-escapes-34': (text: string) => five(text, '&#39;').replaceAll('&quot;', '&#34;'),
  'xml-escapes-text': (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
} as const;
