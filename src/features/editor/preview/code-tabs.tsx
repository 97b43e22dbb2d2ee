import { useState } from 'react';
import { CopyButton } from '@/ui/code/code';
import { CodeView } from '@/ui/code/code-view';
import { TabPanel, Tabs } from '@/ui/controls/tabs';
import { CODE_EQUIVALENTS, type CodeLanguage, type Sending } from './code-equivalents';

// Remembered from one dialog to the next.
let lastLanguage: CodeLanguage = 'curl';

/** The code that adds the same message, in several languages. */
export function CodeTabs({ sending }: { sending: Sending }) {
  const [language, setLanguage] = useState<CodeLanguage>(lastLanguage);
  const code = CODE_EQUIVALENTS.find(({ value }) => value === language)?.write(sending) ?? '';
  function choose(next: CodeLanguage) {
    lastLanguage = next;
    setLanguage(next);
  }
  return (
    <Tabs
      label="Code equivalent"
      value={language}
      onChange={choose}
      tabs={CODE_EQUIVALENTS.map(({ value, label }) => ({ value, label }))}
      after={<CopyButton size="sm" label="Copy code" copied="Code copied, key left out" text={code} />}
      className="mt-2 min-h-50 flex-1"
      listClassName="-mr-1 mb-1.5"
    >
      {CODE_EQUIVALENTS.map(({ value, label }) => (
        <TabPanel key={value} value={value} className="flex min-h-0 flex-col">
          <CodeView
            label={`${label} code`}
            text={code}
            language="code"
            numbers={false}
            className="flex-1 rounded-8 border border-line-strong bg-raised py-2.5 dark:bg-sunken"
          />
        </TabPanel>
      ))}
    </Tabs>
  );
}
