import { childrenOf, readPlainXml, textOf, type XmlElement } from '@/azure/wire/xml';
import type { Answered } from './ask-fact.fixture';
import type { Fact } from './fact.fixture';

/** Where an answer is not as the fact says, one line each: `status 201, not 400`. Empty when the fact holds. */
export function unlike({ response, then }: Fact, answered: Answered, next: Answered | undefined): string[] {
  const { headers } = answered;
  const root = readPlainXml(answered.text);
  const { code, message, details = {}, detailsStartWith = {} } = response;
  const { present = [], absent = [], values = {} } = response.headers ?? {};
  const found: string[] = [];
  const expect = (what: string, given: Said, wanted: Said) => {
    if (given !== wanted) found.push(`${what} ${brief(given)}, not ${brief(wanted)}`);
  };

  expect('status', answered.status, response.status);
  if (code !== undefined) expect('code', textOf(root, 'Code'), code);
  if (message !== undefined) expect('message', textOf(root, 'Message')?.split('\n')[0], message);
  for (const [name, text] of Object.entries(details)) expect(name, textOf(root, name), text);
  for (const [name, start] of Object.entries(detailsStartWith)) {
    expect(name, textOf(root, name)?.slice(0, start.length), start);
  }
  for (const name of present) if (!headers.has(name)) found.push(`no ${name}`);
  for (const name of absent) if (headers.has(name)) found.push(`has ${name}`);
  for (const [name, value] of Object.entries(values)) expect(name, headers.get(name)?.split(';')[0], value);
  if (response.bodyShape !== undefined) {
    expect('shape', answered.text === '' ? '' : root ? shapeOf(root) : 'no XML', response.bodyShape);
  }
  if (response.body !== undefined) expect('body', withoutHead(answered.text), response.body);
  if (response.bodyIncludes !== undefined && !answered.text.includes(response.bodyIncludes)) {
    found.push(`no ${response.bodyIncludes}`);
  }
  if (response.bodyStartsWithBom && !answered.startsWithBom) found.push('no byte order mark');
  if (response.receiptsEqual) {
    const receipts = childrenOf(root, 'QueueMessage').map((one) => textOf(one, 'PopReceipt'));
    expect('receipts', receipts.length > 1 && new Set(receipts).size === 1, true);
  }
  if (then) expect('then', withoutHead(next?.text ?? '').includes(then.expect) || withoutHead(next?.text ?? ''), true);
  return found;
}

type Said = string | number | boolean | null | undefined;

const brief = (value: Said): string => (value === undefined || value === '' ? 'nothing' : String(value));

/** Without byte order mark, declaration and white space between elements. */
const withoutHead = (text: string): string =>
  text
    .replace(/^\uFEFF?(?:<\?xml[^>]*\?>)?\s*/, '')
    .replace(/>\s+</g, '><')
    .trim();

/** `Error(Code Message)`: names in their order, equal neighbours once. */
function shapeOf(element: XmlElement): string {
  const inner: string[] = [];
  for (const child of element.children) {
    const shape = shapeOf(child);
    if (inner.at(-1) !== shape) inner.push(shape);
  }
  return inner.length === 0 ? element.tagName : `${element.tagName}(${inner.join(' ')})`;
}
