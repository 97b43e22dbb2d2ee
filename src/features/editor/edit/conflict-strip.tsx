import { GitCompare } from 'lucide-react';
import type { ChangedBy } from '@/messages/drafts';
import { CopyButton } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { actionsBelow } from '../dialog/failure-strip';
import { type Conflict, choiceText, whoChanged } from './conflict';

type ConflictStripProps = {
  conflict: Conflict;
  by: ChangedBy | undefined;
  /** The draft, to be copied; undefined where another strip offers that. */
  text: string | undefined;
  onUseTheirs: (() => void) | undefined;
  onKeepMine: () => void;
};

/** Says that the text changed under a draft, and by whom, and offers the choice; nothing without a conflict. */
export function ConflictStrip({ conflict, by, text, onUseTheirs, onKeepMine }: ConflictStripProps) {
  if (conflict === 'none' || conflict === 'checking') return null;
  if (conflict === 'arrived') return <Strip tone="info" icon={<GitCompare />} title="The message has your text" />;
  const { title, detail } = conflictText(conflict, by);
  return (
    <Strip
      tone="warn"
      role={conflict === 'decided' ? undefined : 'alert'}
      icon={<GitCompare />}
      title={title}
      className={actionsBelow}
      action={
        <>
          {text !== undefined && <CopyButton label="Copy mine" text={text} />}
          {conflict !== 'uncertain' && (
            <Button disabled={!onUseTheirs} onClick={onUseTheirs}>
              {choiceText(by).use}
            </Button>
          )}
          {conflict !== 'decided' && <Button onClick={onKeepMine}>Keep mine</Button>}
        </>
      }
    >
      {detail}
    </Strip>
  );
}

function conflictText(conflict: 'conflict' | 'uncertain' | 'decided', by: ChangedBy | undefined) {
  switch (conflict) {
    case 'conflict':
      return {
        title: 'The text has changed since your draft began',
        detail: `${whoChanged(by)} Compare the texts and choose one. Nothing is saved before, and your draft is kept.`,
      };
    case 'uncertain':
      return {
        title: 'The current text of the message is not certain',
        detail:
          'Two answers that overlapped show two texts. Release the message and lease it again to see which it has.',
      };
    case 'decided':
      return {
        title: `Saving replaces ${by?.who === 'us' ? 'the new text' : 'their text'} with yours`,
        detail: whoChanged(by),
      };
  }
}
