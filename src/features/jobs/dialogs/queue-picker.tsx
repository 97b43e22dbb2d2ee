import { Autocomplete } from '@base-ui/react/autocomplete';
import { Check, Plus } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { queueNameProblem } from '@/azure/protocol/input-rules';
import type { Account } from '@/azure/protocol/model';
import { useKnownQueues } from '@/queries/known-queues';
import { latestSample } from '@/state/activity/queue-counts';
import { mayNameQueues } from '@/state/permissions/nameable-queues';
import { Checkbox } from '@/ui/controls/checkbox';
import { count } from '@/ui/format/counts';

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
};

/**
 * A field for a queue of the account, found by typing, or the name of a new one, which is confirmed by a box of its own. Enter
 * takes the first match of a name that is not whole.
 */
export function QueuePicker({ account, choice, label, value, onChange, problem }: QueuePickerProps) {
  const id = useId();
  const { names, isThere, isListing, nameProblem, isNew, isConfirmed, error: listError } = choice;
  const typed = value.toLowerCase();
  // A chosen queue does not filter the list: the others stay to choose from.
  const matching = isThere ? names : names.filter((name) => name.includes(typed));
  const offered = [...new Set([...(isThere ? [value] : []), ...matching])].slice(0, MAX_OFFERED);
  // A half-typed name that matches queues is no mistake yet.
  const error = value === '' ? undefined : (problem ?? (isThere || offered.length > 0 ? undefined : nameProblem));
  function takeMatch(event: KeyboardEvent) {
    const [match] = offered;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return;
    if (value === '' || isThere || isConfirmed || match === undefined) return;
    event.preventDefault();
    onChange(match);
  }
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="justify-self-start text-12 font-semibold">
        {label}
      </label>
      <div className="overflow-hidden rounded-6 border border-line-control has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-1 has-[input:focus-visible]:outline-accent-solid">
        <Autocomplete.Root
          inline
          open
          mode="none"
          items={offered}
          value={value}
          onValueChange={(next) => onChange(next)}
        >
          <Autocomplete.Input
            id={id}
            onKeyDown={takeMatch}
            spellCheck={false}
            autoCapitalize="off"
            placeholder={account.onlyQueue ?? `Find or name a queue in ${account.name}`}
            aria-describedby={`${id}-note`}
            aria-invalid={error ? true : undefined}
            className="h-7 w-full bg-surface px-2 outline-none placeholder:text-text-3 max-desk:h-9"
          />
          <Autocomplete.List
            aria-label={`Queues of ${account.name}`}
            className="max-h-31 overflow-y-auto border-t border-line p-1 data-empty:hidden"
          >
            {(name: string) => (
              <Autocomplete.Item
                key={name}
                value={name}
                // A list without a popup does not fill in what is chosen.
                onClick={() => onChange(name)}
                className="flex h-7 items-center gap-2 rounded-6 px-2 data-highlighted:bg-active max-desk:h-9 forced-colors:data-highlighted:outline"
              >
                <span className="flex size-4 flex-none">{name === value && <Check className="text-accent" />}</span>
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <span className="text-12 text-text-3">{knownCount(account, name)}</span>
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </Autocomplete.Root>
      </div>
      <p id={`${id}-note`} aria-live="polite" className={error ? 'text-12 text-danger' : 'text-12 text-text-3'}>
        {error ??
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
          ))}
      </p>
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
