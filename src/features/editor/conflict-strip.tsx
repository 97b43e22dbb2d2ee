import { GitCompare } from 'lucide-react';
import type { ChangedBy } from '@/messages/drafts';
import { CopyButton } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { type Conflict, choiceText, whoChanged } from './conflict';
import { actionsBelow } from './strip-look';

type ConflictStripProps = {
  conflict: Conflict;
  by: ChangedBy | undefined;
  /** What is written, to be copied; undefined where that is offered already. */
  text: string | undefined;
  onUseTheirs: (() => void) | undefined;
  onKeepMine: () => void;
};

/** The text changed under a draft: says by whom, and has a person choose. Nothing at all while there is nothing to choose. */
export function ConflictStrip({ conflict, by, text, onUseTheirs, onKeepMine }: ConflictStripProps) {
  const words = choiceText(by);
  const copy = text !== undefined && <CopyButton label="Copy mine" text={text} />;
  const actions = (
    <>
      {copy}
      <Button disabled={!onUseTheirs} onClick={onUseTheirs}>
        {words.use}
      </Button>
    </>
  );
  switch (conflict) {
    case 'conflict':
      return (
        <Strip
          tone="warn"
          role="alert"
          icon={<GitCompare />}
          title="The text has changed since your draft began"
          className={actionsBelow}
          action={
            <>
              {actions}
              <Button onClick={onKeepMine}>Keep mine</Button>
            </>
          }
        >
          {whoChanged(by)} Compare the texts and choose one. Nothing is saved before, and your draft is kept.
        </Strip>
      );
    case 'uncertain':
      return (
        <Strip
          tone="warn"
          role="alert"
          icon={<GitCompare />}
          title="What the message says now is not certain"
          className={actionsBelow}
          action={
            <>
              {copy}
              <Button onClick={onKeepMine}>Keep mine</Button>
            </>
          }
        >
          Two answers came at the same time and show two texts. Release it and lease it again to see which one it has.
        </Strip>
      );
    case 'decided':
      return (
        <Strip
          tone="warn"
          icon={<GitCompare />}
          title={`Saving replaces ${by?.who === 'us' ? 'the new text' : 'their text'} with yours`}
          className={actionsBelow}
          action={actions}
        >
          {whoChanged(by)}
        </Strip>
      );
    case 'arrived':
      return <Strip tone="info" icon={<GitCompare />} title="The message has your text" />;
    case 'none':
    case 'checking':
      return null;
  }
}
