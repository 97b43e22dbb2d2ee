import { LANGUAGES } from '@/samples/language';
import type { Operation } from '@/samples/operation';
import { sampleOf } from '@/samples/sample';
import type { Where } from '@/samples/where';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { CodeTabs } from '@/ui/code/code-tabs';

type SampleTabsProps = { operation: Operation; where: Where; className?: string | undefined };

/** An operation as a program in the language that was chosen last, and in the others. */
export function SampleTabs({ operation, where, className }: SampleTabsProps) {
  const stored = usePreference('codeLanguage');
  // A newer build may have stored a language that this one does not know.
  const language = LANGUAGES.find(({ value }) => value === stored)?.value ?? LANGUAGES[0].value;
  return (
    <CodeTabs
      languages={LANGUAGES}
      language={language}
      onChange={(chosen) => setPreference('codeLanguage', chosen)}
      text={sampleOf(language, operation, where)}
      className={className}
    />
  );
}
