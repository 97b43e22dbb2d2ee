import { Archive, GitCompare, RefreshCw } from 'lucide-react';
import type { Account } from '@/azure/protocol/model';
import type { ChangedBy } from '@/messages/drafts';
import type { Lease } from '@/state/leases/leases';
import { CopyButton } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { actionsBelow } from '../dialog/failure-strip';
import { type Conflict, choiceText, whoChanged } from './conflict';
import { LeaseEnding } from './lease-ending';
import { LeaseLost } from './lease-lost';
import type { Edit } from './use-edit-draft';
import type { LeaseAgain } from './use-lease-again';

type EditBandsProps = {
  account: Account;
  queue: string;
  lease: Lease | undefined;
  /** True when the lease is about to end. */
  isShort: boolean;
  leaseAgain: LeaseAgain;
  edit: Edit;
  conflict: Conflict;
  by: ChangedBy | undefined;
  /** The error of the last save. */
  error: unknown;
  /** Called after a choice, whose button disappears. */
  onChosen: () => void;
};

/** The strips above an edit: what has to be known or chosen before the text can be saved. */
export function EditBands(props: EditBandsProps) {
  const { account, queue, lease, isShort, leaseAgain, edit, conflict, by, error, onChosen } = props;
  const { text, aside, useTheirs, keepMine, restore, hasFollowed } = edit;
  const { obstacle } = leaseAgain;
  const chosen = (choose: () => void) => () => {
    choose();
    onChosen();
  };
  return (
    <>
      {obstacle && (
        <LeaseLost
          connectionId={account.id}
          queue={queue}
          obstacle={obstacle}
          edit={edit}
          error={error}
          leaseAgain={leaseAgain}
        />
      )}
      {!obstacle && lease && isShort && (
        <LeaseEnding account={account} queue={queue} lease={lease} onExtend={onChosen} />
      )}
      <ConflictStrip
        conflict={conflict}
        by={by}
        text={obstacle ? undefined : text}
        onUseTheirs={useTheirs && chosen(useTheirs)}
        onKeepMine={chosen(keepMine)}
      />
      {aside && (
        <Strip
          tone="info"
          icon={<Archive />}
          title="Your earlier text is set aside"
          action={<Button onClick={chosen(restore)}>Restore my text</Button>}
        >
          It is kept until this message is saved.
        </Strip>
      )}
      {hasFollowed && (
        <Strip tone="info" icon={<RefreshCw />} title="The text has changed since you opened it">
          The current text is shown.
        </Strip>
      )}
    </>
  );
}

type ConflictStripProps = {
  conflict: Conflict;
  by: ChangedBy | undefined;
  /** The draft, to be copied; undefined where another strip offers that. */
  text: string | undefined;
  onUseTheirs: (() => void) | undefined;
  onKeepMine: () => void;
};

/** Says that the text changed under a draft, and by whom, and offers the choice; nothing without a conflict. */
function ConflictStrip({ conflict, by, text, onUseTheirs, onKeepMine }: ConflictStripProps) {
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
