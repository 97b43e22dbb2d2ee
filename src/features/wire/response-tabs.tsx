import { useState } from 'react';
import { prettyXml } from '@/azure/bodies/format-xml';
import type { Exchange } from '@/azure/protocol/exchange';
import { readXml } from '@/azure/wire/xml';
import { CopyButton } from '@/ui/code/code';
import { CodeView } from '@/ui/code/code-view';
import { TabPanel, Tabs } from '@/ui/controls/tabs';
import { exact } from '@/words/counts';
import { HeadersList } from './exchange-parts';

type Tab = 'body' | 'headers' | 'parsed';

/** The answer: its body indented, its headers, and its records. */
export function ResponseTabs({ response }: { response: NonNullable<Exchange['response']> }) {
  const [chosen, setChosen] = useState<Tab>('body');
  const records = parsedRecords(response.body);
  const tab = chosen === 'parsed' && records.length === 0 ? 'body' : chosen;
  return (
    <Tabs<Tab>
      label="Response"
      value={tab}
      onChange={setChosen}
      tabs={[
        { value: 'body', label: 'Response XML' },
        { value: 'headers', label: 'Headers', count: response.headers.length },
        ...(records.length > 0 ? [{ value: 'parsed' as const, label: 'Parsed', count: records.length }] : []),
      ]}
      after={<CopyButton size="sm" label="Copy response" text={response.body} />}
      listClassName="h-10 border-b border-line pr-3 pl-4"
      className="min-h-0 flex-1"
    >
      <TabPanel value="body" tabIndex={response.body === '' ? undefined : -1} className="flex flex-col">
        {response.body === '' ? (
          <p className="px-4 py-3 text-12 text-text-3">The answer has no body.</p>
        ) : (
          <CodeView
            label="Response XML"
            language="xml"
            numbers={false}
            text={prettyXml(response.body)}
            className="flex-1 py-2.5 pl-1"
          />
        )}
      </TabPanel>
      <TabPanel value="headers" className="overflow-auto px-4 py-2.5">
        <HeadersList headers={response.headers} />
        <p className="mt-3 text-12 text-text-3">Only headers that the account's CORS rules expose to this page.</p>
      </TabPanel>
      <TabPanel value="parsed" className="overflow-auto px-4 py-2.5">
        <ParsedView records={records} />
      </TabPanel>
    </Tabs>
  );
}

const MAX_RECORDS = 100;
/** Characters of one value; the XML beside it has all. */
const MAX_VALUE = 400;

/** The records of an answer, a block for each. */
function ParsedView({ records }: { records: readonly ParsedRecord[] }) {
  const hidden = records.length - MAX_RECORDS;
  return (
    <ol className="grid gap-4">
      {records.slice(0, MAX_RECORDS).map(({ name, fields }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- an answer does not change, and two of its parts may be alike
        <li key={index}>
          <h4 className="text-11/5 font-semibold text-text-3">
            {name} {index + 1}
          </h4>
          <HeadersList headers={fields.map(([field, value]) => [field, value.slice(0, MAX_VALUE)] as const)} />
        </li>
      ))}
      {hidden > 0 && <li className="text-12 text-text-3">and {exact(hidden)} more</li>}
    </ol>
  );
}

/** A record of an answer, as flat names and values. */
type ParsedRecord = { name: string; fields: [name: string, value: string][] };

/** The elements of listings; any other answer is one record. */
const LISTED = 'Queue, QueueMessage, SignedIdentifier';

/** The records in an XML answer, in document order; none when it is not XML. */
function parsedRecords(xml: string): ParsedRecord[] {
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
