import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Account, Message } from '@/azure/account';
import { textProblem } from '@/azure/sendable-text';
import { changeText, type NewText } from '@/bulk/change-text';
import { queueKeys } from '@/queries/queues';
import { useAccount } from '@/queries/use-account';
import type { MessageScope } from '@/state/dialogs';
import { Checkbox } from '@/ui/checkbox';
import { count, counted } from '@/ui/counts';
import { Field, TextInput } from '@/ui/field';
import { Segmented } from '@/ui/segmented';
import { beginJob, placeOf } from './begin-job';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { keptForms } from './kept-forms';
import { startOnMessages } from './message-source';
import { type PaceChoice, PaceFields, paceOptions, USUAL_PACE } from './pace-fields';
import { leasingConsequences, requestsFor, scopeWords, useScope, usualLimit } from './scope';
import { type ChangeForm, changeProblem, NO_CHANGE, toChange } from './text-changes';

type ChangeTextDialogProps = MessageScope & { onClose: () => void };

export default function ChangeTextDialog(props: ChangeTextDialogProps) {
  const account = useAccount(props.connection);
  return account && <ChangeText {...props} account={account} />;
}

const forms = keptForms<ChangeForm>('change text');

/** Find and replace, or another value at a JSON path; before and after of what is loaded; then it runs as a job. */
function ChangeText({ account, queue, messages, reach, onClose }: ChangeTextDialogProps & { account: Account }) {
  const client = useQueryClient();
  const scope = useScope(account, { queue, ...(messages && { messages }), ...(reach !== undefined && { reach }) });
  const [form, setForm] = useState<ChangeForm>(() => forms.find(account.id, queue) ?? NO_CHANGE);
  const [isDryRun, setDryRun] = useState(false);
  const [pace, setPace] = useState<PaceChoice>(USUAL_PACE);
  const [ownLimit, setLimit] = useState<number>();
  const [samples] = useState(() => messages ?? loadedMessages(client, account, queue));
  const limit = ownLimit ?? usualLimit(scope);
  const needsSearch = !scope.isWhole && scope.unleased.length > 0;
  const problem = changeProblem(form);
  const trial = useTrial(problem === undefined ? form : undefined, samples);
  function change(part: Partial<ChangeForm>) {
    setForm({ ...form, ...part });
    forms.keep({ ...form, ...part }, account.id, queue);
  }

  const beginning = useMutation({
    mutationFn: async () => {
      const from = placeOf(account.id, queue);
      const { change: change_, close } = toChange(form);
      const job = startOnMessages({
        from,
        wanted: scope.wanted,
        work: changeText(change_, { dryRun: isDryRun }),
        ...paceOptions(pace),
        ...(needsSearch && { cap: limit }),
        ...(scope.total !== undefined && { total: scope.total }),
      });
      beginJob(client, {
        kind: 'text',
        where: queue,
        noun: 'message',
        job,
        dryRun: isDryRun,
        changes: [from],
        onEnd: close,
      });
    },
    onSuccess: onClose,
  });

  return (
    <JobForm
      title={`Change text of ${scopeWords(scope)}`}
      queue={queue}
      size="lg"
      label={`${isDryRun ? 'Try on' : 'Change'} ${messages ? scopeWords(scope) : 'all messages'}`}
      reason={problem ?? (messages && trial?.isWhole && trial.changed === 0 ? 'No text would change.' : undefined)}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
      onClose={onClose}
    >
      <Segmented
        label="How to change"
        value={form.way}
        onChange={(way) => change({ way })}
        options={[
          { value: 'replace', label: 'Find and replace' },
          { value: 'value', label: 'JSON value' },
        ]}
        className="justify-self-start"
      />
      {form.way === 'replace' ? (
        <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
          <Field label="Find" error={form.find === '' ? undefined : problem}>
            <TextInput mono value={form.find} onChange={({ target }) => change({ find: target.value })} />
          </Field>
          <Field label="Replace with" hint={form.isRegex ? '$1 is the first group, $& all that was found' : undefined}>
            <TextInput mono value={form.replacement} onChange={({ target }) => change({ replacement: target.value })} />
          </Field>
        </div>
      ) : (
        <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
          <Field label="Path" hint="Such as customer.lines[0].sku">
            <TextInput mono value={form.path} onChange={({ target }) => change({ path: target.value })} />
          </Field>
          <Field label="New value, as JSON" error={form.value === '' ? undefined : problem}>
            <TextInput mono value={form.value} onChange={({ target }) => change({ value: target.value })} />
          </Field>
        </div>
      )}
      <div className="flex flex-wrap gap-x-5">
        {form.way === 'replace' && (
          <>
            <Checkbox label="Regular expression" checked={form.isRegex} onChange={(isRegex) => change({ isRegex })}>
              Regular expression
            </Checkbox>
            <Checkbox
              label="Ignore case"
              checked={form.isCaseIgnored}
              onChange={(isCaseIgnored) => change({ isCaseIgnored })}
            >
              Ignore case
            </Checkbox>
          </>
        )}
        <Checkbox label="Look inside Base64" checked={form.isInside} onChange={(isInside) => change({ isInside })}>
          Look inside Base64
        </Checkbox>
        <Checkbox label="Dry run" checked={isDryRun} onChange={setDryRun}>
          Dry run: change nothing
        </Checkbox>
      </div>
      {trial && <TrialView trial={trial} />}
      <PaceFields pace={pace} onPace={setPace} limit={needsSearch ? limit : undefined} onLimit={setLimit} />
      <Consequences
        items={[
          ...leasingConsequences(scope, limit, true),
          isDryRun
            ? { words: 'Leases the messages, tries the change on each and returns them. No text is changed.' }
            : {
                words:
                  'Replaces the text in place: id, insertion time, expiry and dequeue count stay. Changed messages are visible at once, your leases on them end.',
              },
          !isDryRun && { words: 'The old text is gone. Export first if you may need it.', care: true },
          scope.total !== undefined && { words: `About ${count(requestsFor(scope, 1))} requests.` },
        ]}
      />
    </JobForm>
  );
}

function loadedMessages(client: QueryClient, account: Account, queue: string): readonly Message[] {
  const peeked = client.getQueriesData<Message[]>({ queryKey: [...queueKeys.one(account, queue), 'peeked'] });
  return peeked.flatMap(([, found]) => found ?? []);
}

type Sample = { id: string; before: string; after: string };
type Trial = {
  tried: number;
  changed: number;
  same: number;
  refused: number;
  reason?: string;
  first: Sample[];
  isWhole: boolean;
};

const MOST_TRIED = 500;
const MOST_SHOWN = 3;

/** Tries a change on loaded messages, without a request. */
function useTrial(form: ChangeForm | undefined, samples: readonly Message[]): Trial | undefined {
  const [state, setState] = useState<{ of: string; trial: Trial }>();
  const shape = form && JSON.stringify(form);
  useEffect(() => {
    if (shape === undefined) return;
    let isCurrent = true;
    const { change, close } = toChange(JSON.parse(shape) as ChangeForm);
    async function tryAll(of: string) {
      const trial: Trial = {
        tried: 0,
        changed: 0,
        same: 0,
        refused: 0,
        first: [],
        isWhole: samples.length <= MOST_TRIED,
      };
      for (const { id, text } of samples.slice(0, MOST_TRIED)) {
        const answer = await change(text);
        if (!isCurrent) return;
        note(trial, { id, before: text, after: 'text' in answer ? answer.text : text }, refusalOf(answer));
      }
      setState({ of, trial });
    }
    // A word that is being typed is not tried letter by letter.
    const timer = setTimeout(() => void tryAll(shape), 150);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      close();
    };
  }, [shape, samples]);
  return shape !== undefined && state?.of === shape ? state.trial : undefined;
}

const refusalOf = (answer: NewText) => ('refused' in answer ? answer.refused : textProblem(answer.text));

function note(trial: Trial, sample: Sample, refusal: string | undefined) {
  trial.tried++;
  if (refusal !== undefined) {
    trial.refused++;
    trial.reason ??= refusal;
  } else if (sample.before === sample.after) trial.same++;
  else {
    trial.changed++;
    if (trial.first.length < MOST_SHOWN) trial.first.push(sample);
  }
}

function TrialView({ trial: { tried, changed, same, refused, reason, first } }: { trial: Trial }) {
  return (
    <section aria-label="Before and after" className="grid gap-2">
      <p role="status" className="text-12 text-text-2">
        Of {counted(tried, 'loaded message')} <b className="font-semibold text-text">{count(changed)} would change</b>,{' '}
        {count(same)} stay the same{refused > 0 && `, ${count(refused)} cannot be changed: ${reason}`}
      </p>
      {first.map(({ id, before, after }) => (
        <Difference key={id} id={id} before={before} after={after} />
      ))}
    </section>
  );
}

/** Characters shown around what differs. */
const AROUND = 60;

function Difference({ id, before, after }: Sample) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return (
    <div className="rounded-8 border border-line px-3 py-2 font-mono text-12/[18px] break-all">
      <p className="font-sans text-11 text-text-3">{id.slice(0, 8)}</p>
      <Side text={before} start={start} end={end} label="Before" className="bg-danger-tint text-danger" />
      <Side text={after} start={start} end={end} label="After" className="bg-accent-tint text-accent" />
    </div>
  );
}

type SideProps = { text: string; start: number; end: number; label: string; className: string };

function Side({ text, start, end, label, className }: SideProps) {
  const to = text.length - end;
  const from = Math.max(0, start - AROUND);
  return (
    <p className="line-clamp-3">
      <span className="sr-only">{label}: </span>
      {from > 0 && '…'}
      {text.slice(from, start)}
      <mark className={className}>{text.slice(start, to) || '\u200b'}</mark>
      {text.slice(to, to + AROUND)}
      {to + AROUND < text.length && '…'}
    </p>
  );
}
