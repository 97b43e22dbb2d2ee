import { readPlainXml } from '@/azure/wire/xml';
import { MAX_ELEMENT_CHARACTERS, unendingElement } from './read-lines';
import { FileProblem } from './read-text';

/** The children of one element by name, or why it cannot be read. `line` is where it begins, from 1. */
export type XmlRow = { line: number; whole: string } & ({ fields: Map<string, string> } | { problem: string });

const OPEN = '<QueueMessage>';
const CLOSE = '</QueueMessage>';

/**
 * Yields each `QueueMessage` of an answer to Get or Peek Messages, as the service writes it.
 * @throws FileProblem for a file without one, and for one that does not end.
 */
export async function* readXmlMessages(pieces: AsyncIterable<string>): AsyncGenerator<XmlRow> {
  let text = '';
  let line = 1;
  let hasAny = false;
  /** Characters from the start of `text` that were searched for the end. */
  let searched = 0;
  for await (const piece of pieces) {
    text += piece;
    for (;;) {
      const end = text.indexOf(CLOSE, Math.max(0, searched - CLOSE.length));
      if (end === -1) break;
      const from = text.lastIndexOf(OPEN, end);
      const next = end + CLOSE.length;
      if (from !== -1) {
        hasAny = true;
        const whole = text.slice(from, next);
        yield { line: line + lineEndsIn(text.slice(0, from)), whole, ...fieldsOf(whole) };
      }
      line += lineEndsIn(text.slice(0, next));
      text = text.slice(next);
      searched = 0;
    }
    searched = text.length;
    if (text.length > MAX_ELEMENT_CHARACTERS) throw unendingElement(line);
  }
  if (!hasAny) throw new FileProblem('The file has no QueueMessage element.');
}

function fieldsOf(xml: string): { fields: Map<string, string> } | { problem: string } {
  const element = readPlainXml(xml);
  if (!element) return { problem: 'The row is not XML as the queue service writes it.' };
  return { fields: new Map(Array.from(element.children, (child) => [child.tagName, child.textContent])) };
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
