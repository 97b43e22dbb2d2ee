import './program.css';
import { Check } from 'lucide-react';
import { LANGUAGES } from '@/samples/language';
import type { ProgramName, ProgramSettings } from '@/samples/loops/program';
import { programLines, RUN_BY_TESTS } from '@/samples/loops/programs';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { CopyButton } from '@/ui/code/code';
import { createTokeniser, type Token } from '@/ui/code/syntax';
import { TabPanel, Tabs } from '@/ui/controls/tabs';
import { cx } from '@/ui/format/cx';
import type { ProgramMark } from './program-mark';

type ProgramPanelProps = {
  program: ProgramName;
  settings: ProgramSettings;
  mark: ProgramMark | undefined;
  /** More than one worker runs it. */
  isShared: boolean;
};

/** The program of the lesson in six languages, at the line where it is. */
export function ProgramPanel({ program, settings, mark, isShared }: ProgramPanelProps) {
  const language = usePreference('codeLanguage');
  const lines = programLines(language, program, settings);
  const text = lines.map((line) => line.text).join('\n');
  return (
    <Tabs
      label="The same as code"
      value={language}
      onChange={(next) => setPreference('codeLanguage', next)}
      tabs={LANGUAGES}
      after={<CopyButton label="Copy code" copied="Code copied, with a placeholder for the credential" text={text} />}
      className="flex-none"
      listClassName="mt-1 mb-1"
    >
      {LANGUAGES.map(({ value, label }) => (
        <TabPanel key={value} value={value} tabIndex={-1}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
          <div className="cbox" role="region" tabIndex={0} aria-label={`${label} program`}>
            <div className="cl__in">
              <Lines lines={lines} mark={mark} />
            </div>
          </div>
          <p className="cd__n">
            {RUN_BY_TESTS.includes(value) && (
              <>
                <Check size={14} aria-hidden="true" /> This sample is run against Azurite by the project’s tests.
              </>
            )}
            {isShared && ' Every worker runs this program.'}
          </p>
        </TabPanel>
      ))}
    </Tabs>
  );
}

function Lines({ lines, mark }: { lines: ReturnType<typeof programLines>; mark: ProgramMark | undefined }) {
  const tokensAt = createTokeniser((index) => lines[index]?.text ?? '', 'code');
  return lines.map(({ text, stage }, index) => {
    const isAt = mark !== undefined && stage === mark.stage;
    const isNever = mark !== undefined && stage !== undefined && mark.never.includes(stage);
    const isFirst = lines[index - 1]?.stage !== stage;
    return (
      <div
        // oxlint-disable-next-line react/no-array-index-key -- a line is its place
        key={index}
        className={cx('cl', isAt && (mark.how === 'died' ? 'is-here' : 'is-ok'), isNever && 'is-never')}
        {...(isAt && { 'aria-current': true })}
      >
        <span className="cl__n" aria-hidden="true">
          {index + 1}
        </span>
        <code>
          <Coloured text={text} tokens={tokensAt(index)} />
        </code>
        <span className="cl__a">{isFirst && isAt ? mark.note : isFirst && isNever ? 'never ran' : ''}</span>
      </div>
    );
  });
}

const TONES = {
  key: 'text-syn-key',
  str: 'text-syn-str',
  num: 'text-syn-num',
  kw: 'text-syn-kw',
  punct: 'text-syn-punct',
} as const;

function Coloured({ text, tokens }: { text: string; tokens: readonly Token[] }) {
  let at = 0;
  const parts = tokens.flatMap(({ start, end, tone }) => {
    const before = text.slice(at, start);
    at = end;
    return [
      before,
      <span key={start} className={TONES[tone]}>
        {text.slice(start, end)}
      </span>,
    ];
  });
  return [...parts, text.slice(at) || (parts.length === 0 ? ' ' : '')];
}
