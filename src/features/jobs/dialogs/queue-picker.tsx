import { Plus } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { queueNameProblem } from '@/azure/protocol/input-rules';
import type { Account } from '@/azure/protocol/model';
import { useKnownQueues } from '@/queries/known-queues';
import { latestSample } from '@/state/activity/queue-counts';
import { mayNameQueues } from '@/state/permissions/nameable-queues';
import { Checkbox } from '@/ui/controls/checkbox';
import { count } from '@/words/counts';
import { NamePicker } from '../shared/name-picker';

/** Names offered at most; typing finds the others. */
const MAX_OFFERED = 50;

/** Whether a queue name is listed, to be created, which has to be confirmed, or no legal name. */
export function useQueueChoice(account: Account, name: string) {
  // Fetched again: a queue created since would otherwise not be listed.
  const [confirmed, setConfirmed] = useState<string>();
  const { list, names, isWhole } = useKnownQueues(account, { refetchOnMount: 'always' });
  const { onlyQueue } = account;
  const isBeyond = onlyQueue !== undefined && name !== '' && name !== onlyQueue && !mayNameQueues(account.id);
  const nameProblem = isBeyond
    ? `The shared access signature of this connection is for ${onlyQueue} alone.`
    : name === ''
      ? 'Choose a queue.'
      : queueNameProblem(name);
  // What is not among a part of the queues may be there all the same.
  const isThere = names.includes(name) || (isWhole ? false : undefined);
  // Of this account alone: another one may have it.
  const place = `${account.id}/${name}`;
  const isNew = isThere === false && nameProblem === undefined;
  return {
    isThere,
    isListing: list.isFetching,
    nameProblem,
    /** Why nothing can be sent there. */
    problem:
      nameProblem ?? (isNew && confirmed !== place ? `Choose a queue, or confirm that ${name} is created.` : undefined),
    isNew,
    isConfirmed: confirmed === place,
    confirm: (isOn: boolean) => setConfirmed(isOn ? place : undefined),
    names,
    error: list.error,
  };
}

type QueuePickerProps = {
  account: Account;
  /** Of `value`. */
  choice: ReturnType<typeof useQueueChoice>;
  label: string;
  value: string;
  onChange: (queue: string) => void;
  /** Why the chosen queue cannot be used, apart from its name. */
  problem?: string | undefined;
  /** One line, as of `NamePicker`. */
  isCompact?: boolean;
};

/**
 * A field for a queue of the account, found by typing, or the name of a new one, which is confirmed by a box of its own. Enter
 * takes the first match of a name that is not whole.
 */
export function QueuePicker({ account, choice, label, value, onChange, problem, isCompact = false }: QueuePickerProps) {
  const { names, isThere, isListing, nameProblem, isNew, isConfirmed, error: listError } = choice;
  const typed = value.toLowerCase();
  // A chosen queue does not filter the list: the others stay to choose from.
  const matching = isThere ? names : names.filter((name) => name.includes(typed));
  const offered = [...new Set([...(isThere ? [value] : []), ...matching])].slice(0, MAX_OFFERED);
  // A half-typed name that matches queues is no mistake yet.
  const error = value === '' ? undefined : (problem ?? (isThere || offered.length > 0 ? undefined : nameProblem));
  return (
    <div className="grid content-start gap-1.5">
      <NamePicker
        label={label}
        isCompact={isCompact}
        listLabel={`Queues of ${account.name}`}
        offered={offered}
        value={value}
        onChange={onChange}
        isWhole={isThere === true || isConfirmed}
        placeholder={account.onlyQueue ?? `Find or name a queue in ${account.name}`}
        isWrong={error !== undefined}
        detail={(name) => knownCount(account, name)}
        note={
          error ??
          (listError && !isThere ? (
            `The queues could not be listed: ${describeError(listError).reason}`
          ) : isNew && !isListing ? (
            <span className="inline-flex items-center gap-1">
              <Plus className="size-3.5" /> {value} does not exist{isConfirmed ? ' and is created first' : ''}.
            </span>
          ) : account.onlyQueue === undefined ? (
            'Type to find one, or the name of a new queue.'
          ) : (
            'This connection is for one queue.'
          ))
        }
      />
      {isNew && !isListing && (
        <Checkbox checked={isConfirmed} onChange={choice.confirm} className="justify-self-start">
          <span className="min-w-0 text-12 wrap-anywhere">Create {value}</span>
        </Checkbox>
      )}
    </div>
  );
}

function knownCount(account: Account, queue: string): string {
  const known = latestSample(account.id, queue)?.count;
  return known === undefined ? '' : `≈ ${count(known)}`;
}
