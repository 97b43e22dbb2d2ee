import { useState } from 'react';
import { CodeView } from '@/ui/code/code-view';
import { DiffView } from '@/ui/code/diff-view';
import { Segmented } from '@/ui/controls/segmented';
import { languageOf } from '../fields/body-language';
import { comparable } from './conflict';

type CompareTextsProps = {
  /** The text that the draft began with. */
  base: string;
  /** The current text of the message. */
  now: string;
  /** The draft. */
  mine: string;
};

type Pair = 'theirs' | 'mine' | 'now';

/** Compares the three texts of a conflict: before, now, and the draft. */
export default function CompareTexts({ base, now, mine }: CompareTextsProps) {
  const [pair, setPair] = useState<Pair>('theirs');
  return (
    <section aria-label="Compare" className="flex min-h-80 flex-1 flex-col">
      <div className="flex min-h-11 flex-none flex-wrap items-center gap-x-3 gap-y-1 py-1">
        <h3 className="text-13 font-semibold">Compare</h3>
        <Segmented
          label="Texts to compare"
          value={pair}
          onChange={setPair}
          options={[
            {
              value: 'theirs',
              label: 'What changed',
              title: 'From the text your draft began with to the current text',
            },
            { value: 'mine', label: 'Yours', title: 'From the current text to yours' },
            { value: 'now', label: 'Now', title: 'The current text' },
          ]}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-8 border border-line-strong bg-raised dark:bg-sunken">
        {view()}
      </div>
    </section>
  );

  function view() {
    if (pair === 'now') {
      return (
        <CodeView label="Text as it is now" text={now} language={languageOf(now)} wrap className="min-h-0 flex-1" />
      );
    }
    const [before, after] = pair === 'theirs' ? comparable(base, now) : comparable(now, mine);
    const names =
      pair === 'theirs' ? (['the text before', 'the text now'] as const) : (['the text now', 'yours'] as const);
    return <DiffView before={before} after={after} names={names} layout="unified" />;
  }
}
