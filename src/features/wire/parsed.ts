import { readXml } from '@/azure/wire/xml';

/** One thing an answer speaks of, as flat names and values. */
export type ParsedRecord = { name: string; fields: [name: string, value: string][] };

/** What a listing lists; any other answer is one record. */
const LISTED = 'Queue, QueueMessage, SignedIdentifier';

/** The things in an XML answer, in document order; none when it is not XML. */
export function parsedRecords(xml: string): ParsedRecord[] {
  const root = readXml(xml);
  if (!root) return [];
  const listed = [...root.querySelectorAll(LISTED)];
  if (listed.length === 0 && root.querySelector('*') === null && root.textContent === '') return [];
  return (listed.length > 0 ? listed : [root]).map((element) => ({ name: element.tagName, fields: leaves(element) }));
}

function leaves(element: Element, prefix = ''): [string, string][] {
  return [...element.children].flatMap((child): [string, string][] => {
    const name = prefix + child.tagName;
    return child.children.length > 0 ? leaves(child, `${name} / `) : [[name, child.textContent]];
  });
}
