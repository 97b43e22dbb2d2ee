import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ListFilter } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { countQueues, queueList } from '@/queries/queues';
import { latestCounts, useCountTotals } from '@/state/activity/queue-counts';
import { useAsync } from '@/ui/browser/use-async';
import { Field, TextInput } from '@/ui/controls/field';
import { counted } from '@/ui/format/counts';
import { beginClear, clearProblem } from '../begin/begin-clear';
import { Consequences } from '../shared/consequences';
import { JobForm, useBeginning } from './job-form';
import { matchesPattern } from './matches-pattern';
import { QueueChoices } from './queue-choices';

const NONE: readonly string[] = [];

/** Clears several queues, found by name or by pattern, once their number was typed. */
export default function ClearQueuesDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const list = useQuery(queueList(account));
  const names = list.data?.map(({ name }) => name) ?? NONE;
  const [pattern, setPattern] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
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
          onChange={(event) => setPattern(event.target.value)}
          // Enter in the filter must not submit the form.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      </Field>
      <QueueChoices
        shown={shown}
        chosen={chosen}
        counts={counts}
        error={list.data ? null : list.error}
        onChoose={choose}
      />
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
            <TextInput mono value={typed} inputMode="numeric" onChange={(event) => setTyped(event.target.value)} />
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
