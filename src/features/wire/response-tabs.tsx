import { useState } from 'react';
import { prettyXml } from '@/azure/bodies/format-xml';
import type { Exchange } from '@/azure/protocol/exchange';
import { CopyButton } from '@/ui/code/code';
import { CodeView } from '@/ui/code/code-view';
import { TabPanel, Tabs } from '@/ui/controls/tabs';
import { HeadersList } from './headers-list';
import { parsedRecords } from './parsed';
import { ParsedView } from './parsed-view';

type Tab = 'body' | 'headers' | 'parsed';

/** The answer: as it came (indented), its headers, and what it means. */
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
      <TabPanel value="body" className="flex flex-col">
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
