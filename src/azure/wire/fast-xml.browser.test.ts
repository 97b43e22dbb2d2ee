import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeXml, readPlainXml, readXml, type XmlElement } from './xml';

type Shape = { name: string; text: string; children: Shape[] };
const shape = ({ tagName, textContent, children }: XmlElement): Shape => ({
  name: tagName,
  text: textContent,
  children: [...children].map(shape),
});
const shapeOf = (element: XmlElement | undefined) => element && shape(element);

describe('reading plain XML', () => {
  test('finds what the browser finds in everything that it reads', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ maxLength: 8 }).map(escapeXml),
      fc.constantFrom('<a>', '</a>', '<b>', '</b>', '<b/>', '<a >', '</a\n>', '<c k="v">', '</c>', '<c k="v" k="v"/>'),
      fc.constantFrom('<A:b/>', '<a\tk="1"/>', '<c xmlns="x"/>', '<c k="<"/>', '<!-- a -->', '<![CDATA[<]]>', '<?p?>'),
      fc.constantFrom('&amp;', '&lt;', '&quot;', '&apos;', '&nbsp;', '&constructor;', '&', '&amp', ']]>', '>', '"'),
      fc.constantFrom('&#xD;', '&#13;', '&#0;', '&#x1;', '&#xD800;', '&#x1F343;', '&#x110000;', '&#9999999;', '&#x;'),
      fc.constantFrom('\r', '\r\n', '\n', ' ', '\t', '\u00A0', '\uFEFF', '\uFFFE', '\u0001', '\uD83C', '🍃'),
    );
    const rough = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    const document = fc.oneof(
      rough,
      rough.map((inner) => `<a>${inner}</a>`),
      fc.tuple(rough, rough).map(([one, other]) => `<a><b>${one}</b><b>${other}</b></a>`),
      fc.constantFrom('<?xml version="1.0" encoding="utf-8"?>', '\uFEFF', ' ').map((head) => `${head}<a/>`),
    );
    let read = 0;
    fc.assert(
      fc.property(document, (text) => {
        const plain = readPlainXml(text);
        if (!plain) return;
        read++;
        expect(shape(plain)).toEqual(shapeOf(readXml(text)));
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  test.each([
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><QueueMessagesList><QueueMessage><MessageText>{"a":"&lt;&amp;&#xD;"}</MessageText></QueueMessage></QueueMessagesList>',
    '\uFEFF<?xml version="1.0" encoding="utf-8"?><QueueMessagesList><QueueMessage><MessageText /></QueueMessage></QueueMessagesList>',
    '<?xml version="1.0"?>\n<EnumerationResults ServiceEndpoint="http://127.0.0.1:10001/a">\n  <Queues/>\n  <NextMarker/>\n</EnumerationResults>\n',
  ])('reads what the service writes: %s', (text) => {
    expect(shapeOf(readPlainXml(text))).toEqual(shapeOf(readXml(text)));
    expect(readPlainXml(text)).toBeDefined();
  });

  test.each(['<a><![CDATA[x]]></a>', '<a><!-- x --></a>', '<a x:b="1"/>', '<a>&nbsp;</a>', '<a></b>', '<a/><a/>', ''])(
    'leaves %j to the browser',
    (text) => {
      expect(readPlainXml(text)).toBeUndefined();
    },
  );
});
