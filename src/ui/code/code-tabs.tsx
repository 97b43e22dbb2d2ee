import { TabPanel, Tabs } from '../controls/tabs';
import { CopyButton } from './code';
import { CodeView } from './code-view';

type CodeTabsProps<Language extends string> = {
  languages: readonly { value: Language; label: string }[];
  language: Language;
  onChange: (language: Language) => void;
  /** The program in the chosen language. */
  text: string;
  className?: string | undefined;
};

/** One program in several languages, to be read and copied. */
export function CodeTabs<Language extends string>({
  languages,
  language,
  onChange,
  text,
  className,
}: CodeTabsProps<Language>) {
  return (
    <Tabs
      label="Code equivalent"
      value={language}
      onChange={onChange}
      tabs={languages}
      after={<CopyButton size="sm" label="Copy code" copied="Code copied, key left out" text={text} />}
      className={className}
      listClassName="-mr-1 mb-1.5"
    >
      {languages.map(({ value, label }) => (
        <TabPanel key={value} value={value} tabIndex={-1} className="flex min-h-0 flex-col">
          <CodeView
            label={`${label} code`}
            text={text}
            language="code"
            numbers={false}
            className="flex-1 rounded-8 border border-line-strong bg-raised py-2.5 dark:bg-sunken"
          />
        </TabPanel>
      ))}
    </Tabs>
  );
}
