import { useQueryClient } from '@tanstack/react-query';
import { ListFilter } from 'lucide-react';
import { type Ref, useRef, useState } from 'react';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account } from '@/azure/protocol/model';
import { useKnownQueues } from '@/queries/known-queues';
import { countQueues } from '@/queries/queues';
import { latestCounts, useCountTotals } from '@/state/activity/queue-counts';
import { isComposing } from '@/ui/browser/is-composing';
import { useAsync } from '@/ui/browser/use-async';
import { useIsPhone } from '@/ui/browser/use-media';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, TextInput } from '@/ui/controls/field';
import { VirtualList } from '@/ui/grid/virtual-list';
import { count, counted } from '@/words/counts';
import { beginClear, clearProblem } from '../begin/begin-clear';
import { Consequences } from '../shared/consequences';
import { JobForm, useBeginning } from './job-form';
import { matchesPattern } from './matches-pattern';

/** Clears several queues, found by name or by pattern, once their number was typed. */
export default function ClearQueuesDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { names, failure } = useKnownQueues(account);
  const [pattern, setPattern] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const found = useRef<HTMLDivElement>(null);
  useCountTotals(account.id);
  const counts = latestCounts(account.id);
  useCounts(account, names);

  const shown = names.filter((name) => matchesPattern(name, pattern));
  const queues = names.filter((name) => chosen.has(name));
  const messages = queues.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  const uncounted = queues.filter((name) => !counts.has(name)).length;

  function choose(some: readonly string[], isOn: boolean) {
    setTyped('');
    const next = new Set(chosen);
    for (const name of some)
      if (isOn) next.add(name);
      else next.delete(name);
    setChosen(next);
  }

  const beginning = useBeginning(onClose, (client) => beginClear(client, account, queues));

  return (
    <JobForm
      title="Clear several queues"
      queue={account.name}
      label={queues.length === 0 ? 'Clear queues' : `Clear ${counted(queues.length, 'queue')}`}
      keepLabel="Keep messages"
      isDanger
      reason={clearProblem(queues, typed)}
      beginning={beginning}
      initialFocus={field}
      onClose={onClose}
    >
      <Field label="Queues" hint="Parts of a name, or a pattern in which * stands for anything: orders-*">
        <TextInput
          ref={field}
          icon={<ListFilter className="size-3.5" />}
          value={pattern}
          placeholder="Filter by name or pattern"
          onChange={setPattern}
          // As in other filters it leads to what is found; it must not submit the form.
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || isComposing(event.nativeEvent)) return;
            event.preventDefault();
            found.current?.querySelector<HTMLElement>('[aria-label="Queues to clear"] input')?.focus();
          }}
        />
      </Field>
      <QueueChoices ref={found} shown={shown} chosen={chosen} counts={counts} error={failure} onChoose={choose} />
      {queues.length > 0 && (
        <>
          <Consequences
            items={[
              {
                warning: (
                  <>
                    Deletes{' '}
                    <b className="font-semibold text-text">
                      about {counted(messages, 'message')} of {counted(queues.length, 'queue')}
                    </b>
                    {uncounted > 0 && `, and those of ${counted(uncounted, 'queue')} whose count is not known`}, leased
                    and delayed ones included. The queues stay.
                  </>
                ),
              },
              { warning: 'Only messages that are loaded in this tab can be added again.' },
            ]}
          />
          <Field label={`Type ${queues.length} to confirm`}>
            <TextInput mono value={typed} inputMode="numeric" onChange={setTyped} />
          </Field>
        </>
      )}
    </JobForm>
  );
}

/** Counts the queues that have no fresh count, while the dialog is open. */
function useCounts(account: Account, names: readonly string[]) {
  const client = useQueryClient();
  useAsync([client, account, names.join(' ')], async (signal) => {
    await countQueues(client, account, names, signal);
  });
}

type QueueChoicesProps = {
  ref: Ref<HTMLDivElement>;
  shown: readonly string[];
  chosen: ReadonlySet<string>;
  counts: ReadonlyMap<string, number>;
  /** Why the queues could not be listed. */
  error: Error | undefined;
  onChoose: (names: readonly string[], isOn: boolean) => void;
};

/** A list of queues to choose from, one by one or all that are shown. */
function QueueChoices({ ref, shown, chosen, counts, error, onChoose }: QueueChoicesProps) {
  const chosenShown = shown.filter((name) => chosen.has(name)).length;
  return (
    <div ref={ref} className="rounded-8 border border-line">
      <Checkbox
        checked={chosenShown === 0 ? false : chosenShown === shown.length ? true : 'mixed'}
        disabled={shown.length === 0}
        onChange={(isOn) => onChoose(shown, isOn)}
        className="h-8 w-full border-b border-line px-3"
      >
        <span className="flex-1 text-12 font-semibold">
          Select all shown queues <span className="font-normal text-text-3">{count(shown.length)}</span>
        </span>
      </Checkbox>
      {error && (
        <p role="alert" className="px-3 py-2 text-12 text-danger">
          The queues could not be listed: {describeError(error).reason}
          {shown.length > 0 && ' Those that were opened by name are here.'}
        </p>
      )}
      {(!error || shown.length > 0) && <Choices shown={shown} chosen={chosen} counts={counts} onChoose={onChoose} />}
    </div>
  );
}

function Choices({ shown, chosen, counts, onChoose }: Omit<QueueChoicesProps, 'ref' | 'error'>) {
  const rowHeight = useIsPhone() ? 44 : 28;
  if (shown.length === 0) return <p className="px-3 py-2 text-12 text-text-3">No queue matches.</p>;
  return (
    <VirtualList
      label="Queues to clear"
      count={shown.length}
      rowHeight={rowHeight}
      keyOf={(index) => shown[index] ?? index}
      className="h-48"
    >
      {(index) => {
        const name = shown[index] ?? '';
        return (
          <Checkbox
            checked={chosen.has(name)}
            onChange={(isOn) => onChoose([name], isOn)}
            className="h-full w-full px-3 hover:bg-hover"
          >
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="text-12 text-text-3">{counts.has(name) && `≈ ${count(counts.get(name) ?? 0)}`}</span>
          </Checkbox>
        );
      }}
    </VirtualList>
  );
}
