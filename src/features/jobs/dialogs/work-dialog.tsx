import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { interruptedName } from '@/actions/interrupted-name';
import { visibilityTimeoutProblem } from '@/azure/protocol/input-rules';
import type { Account } from '@/azure/protocol/model';
import type { FileFormat } from '@/bulk/files/file-format';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import type { JournalHead } from '@/bulk/journal/journal';
import { useAccount } from '@/queries/use-account';
import { useMeasuredRoundTrip } from '@/state/activity/measured-round-trip';
import { interruptedJobs } from '@/state/journal/interrupted-store';
import { formDrafts } from '@/state/messages/form-drafts';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { useDenialReason } from '@/state/permissions/permissions';
import { nowOf, serviceNowOf } from '@/state/time/connection-clocks';
import { timedName } from '@/ui/browser/save-file';
import { useIsPhone } from '@/ui/browser/use-media';
import { Field, NumberInput, TimeSpanInput } from '@/ui/controls/field';
import { Tabs } from '@/ui/controls/tabs';
import { cx } from '@/ui/format/cx';
import { count, plural } from '@/words/counts';
import { secondsOf, type TimeSpan } from '@/words/spans';
import { dateTime } from '@/words/times';
import { beginExport } from '../begin/begin-files';
import { beginWork } from '../begin/begin-work';
import { takeGoOn } from '../begin/continue-interrupted';
import { ExportFields, fieldsOf, isGuarded, USUAL_EXPORT } from '../files/export-fields';
import { chooseDestination } from '../files/export-file';
import { ForecastFoot, ForecastView } from '../shared/forecast-view';
import { useForecast } from '../shared/job-forecast';
import { LaneOffer } from '../shared/lane-offer';
import { OrderSwitch, orderHints } from '../shared/order-switch';
import { IN_ORDER, usualPace } from '../shared/pace-options';
import { jobOptions, needsSearch, type ReturnOrder, targetOf, useScope, usualLimit, usualOrder } from '../shared/scope';
import { ScopeChoice } from '../shared/scope-choice';
import { changesNothing, useSamples, wholeOf } from '../shared/use-samples';
import {
  FILE_NOTE,
  plannedSteps,
  stepsProblem,
  stepsTitle,
  USUAL_STEPS,
  undoText,
  WORK_STEPS,
  type WorkStep,
  workLabel,
} from '../shared/work-steps';
import type { ChangeForm } from '../text/apply-change';
import { useDryRun } from '../text/dry-run';
import { DryRunView } from '../text/dry-run-view';
import { changeProblem, changeQuestion, NO_CHANGE } from '../text/text-changes';
import { ChangeStepFields, ChangeWay } from './change-step-fields';
import { JobForm, useBeginning } from './job-form';
import { JobSteps, type StepContent } from './job-steps';
import { useQueueChoice } from './queue-picker';
import { TargetFields } from './target-fields';

type WorkDialogProps = MessageScope & { goesOn?: string; account: Account; onClose: () => void };

const forms = formDrafts<ChangeForm>('change text');

type Stopped = JournalHead | undefined;

const stepsOfStopped = (head: Stopped): readonly WorkStep[] =>
  head ? WORK_STEPS.filter((step) => head.steps.some((one) => one === step)) : USUAL_STEPS;

const orderOfStopped = (head: Stopped): ReturnOrder | undefined =>
  head?.concurrency === undefined ? undefined : head.concurrency === 1 ? 'kept' : 'fast';

/** The parts of the dialog, of which a phone shows one. */
type Part = 'steps' | 'dry' | 'cost';

/** One job of several steps for each message: export it, change its text, send it to a queue, delete it here, hide it for a time. */
export default function WorkDialog({ account, goesOn, onClose, ...chosen }: WorkDialogProps) {
  const { queue } = chosen;
  // As it was when the dialog opened: going on takes it out of the list.
  const [stopped] = useState(() => interruptedJobs().find(({ id }) => id === goesOn)?.head);
  const scope = useScope(account, chosen);
  const { ids } = scope;
  const [steps, setSteps] = useState<readonly WorkStep[]>(() => stepsOfStopped(stopped));
  const [part, setPart] = useState<Part>('steps');
  const [span, setSpan] = useState<TimeSpan>(
    stopped?.seconds ? { amount: stopped.seconds, unit: 'seconds' } : { amount: 1, unit: 'hours' },
  );
  const [form, setForm] = useState<ChangeForm>(() => forms.find(account.id, queue) ?? NO_CHANGE);
  const [fileForm, setFileForm] = useState(USUAL_EXPORT);
  const [to, setTo] = useState(stopped?.to ?? { connectionId: account.id, queue: poisonParent(queue) ?? '' });
  const [perSecond, setPerSecond] = useState(stopped?.perSecond ?? 0);
  const [chosenLimit, setLimit] = useState(stopped?.cap);
  const [chosenOrder, setOrder] = useState<ReturnOrder | undefined>(orderOfStopped(stopped));
  const roundTrip = useMeasuredRoundTrip(account.id);
  const isPhone = useIsPhone();
  const limit = chosenLimit ?? usualLimit(scope);
  const order = chosenOrder ?? usualOrder(scope, needsSearch(scope) ? limit : 0);
  const pace = { ...(order === 'kept' ? IN_ORDER : usualPace(account.id)), perSecond };
  const options = jobOptions(scope, pace, limit, order);
  const planned = plannedSteps(steps);
  const forecast = useForecast(account, scope, { ...options, limit: options.cap, order, steps: planned });

  const toAccount = useAccount(to.connectionId) ?? account;
  const choice = useQueueChoice(toAccount, to.queue);
  const denial = useDenialReason(to.connectionId, to.queue)('add');
  const own = useDenialReason(account.id, queue);
  const samples = useSamples(account, scope);
  const has = (step: WorkStep) => steps.includes(step);
  const changeReason = has('change') ? changeProblem(form) : undefined;
  const run = useDryRun(has('change') && changeReason === undefined ? form : undefined, samples);
  const isSame = to.connectionId === account.id && to.queue === queue;
  const same = isSame ? 'This is the queue that the messages are in.' : undefined;
  const isRedrive = poisonParent(queue) === to.queue && to.connectionId === account.id;

  const beginning = useBeginning(
    onClose,
    async (client, taken) => {
      const from = targetOf(account.id, queue);
      const format = { format: fileForm.format, fields: fieldsOf(fileForm), guarded: isGuarded(fileForm) };
      const destination = has('export') ? await destinationOf(queue, fileForm.format) : undefined;
      if (has('export') && !destination) return false;
      if (destination && steps.length === 1)
        return beginExport(client, from, { scope, destination, limit: 0, order, ...format, part: taken });
      const goOn = goesOn === undefined ? undefined : await takeGoOn(goesOn);
      const begun = beginWork(client, from, {
        ...options,
        goOn,
        ...taken,
        steps,
        file: destination && { ...format, destination },
        change: form,
        to: has('send') ? targetOf(to.connectionId, to.queue) : undefined,
        isThere: choice.isThere,
        isRedrive,
        seconds: secondsOf(span),
        ids,
      });
      // What could not begin is left to the next try.
      begun.catch(() => void goOn?.journal.leave());
      return begun;
    },
    stopped ? undefined : scope,
  );
  const sendReason = has('send') ? (choice.problem ?? same ?? (denial && `${toAccount.name}: ${denial}`)) : undefined;
  const hiddenReason = has('hide') ? visibilityTimeoutProblem(secondsOf(span)) : undefined;
  const isNoChange = has('change') && !has('send') && !has('hide') && changesNothing(scope, run);

  function change(next: Partial<ChangeForm>) {
    setForm({ ...form, ...next });
    forms.keep({ ...form, ...next }, account.id, queue);
  }

  const way = <ChangeWay form={form} onChange={change} />;
  const contents: Record<WorkStep, StepContent> = {
    export: {
      head: <Aside>before anything else</Aside>,
      body: (
        <>
          <ExportFields form={fileForm} onForm={setFileForm} />
          {steps.length > 1 && <p className="text-12 text-pretty text-text-3">{FILE_NOTE}</p>}
        </>
      ),
    },
    change: {
      head: !isPhone && way,
      body: (
        <>
          {isPhone && way}
          <ChangeStepFields form={form} problem={changeReason} onChange={change} />
        </>
      ),
    },
    send: {
      head: (
        <div className="grid max-w-60 min-w-0 flex-1 gap-1.5">
          <TargetFields
            isCompact
            to={to}
            account={toAccount}
            choice={choice}
            label={to.queue === '' ? 'Target queue' : `Target queue, ${to.queue}`}
            problem={same}
            onChange={(next) => {
              beginning.reset();
              setTo(next);
            }}
          />
        </div>
      ),
      body: (
        <p className="text-12 text-pretty text-text-3">
          Each copy has a new ID, new dates and dequeue count 0. The time to live that is left stays.
          {has('change') && ' A text that stays as it is, is sent as it is.'}
        </p>
      ),
    },
    delete: {
      head: (
        <Aside>
          {scope.unleased.length === 0 && ids ? 'with the receipt in hand' : 'with the receipt of its lease'}
        </Aside>
      ),
      body: !has('send') && (
        <p className="text-12 text-pretty text-text-3">
          For good. This tab keeps the texts until it is closed, so that you can add them again.
        </p>
      ),
    },
    hide: {
      body: (
        <>
          <Field
            label="Hidden for"
            error={hiddenReason}
            hint={`Until ${dateTime(serviceNowOf(account.id) + secondsOf(span) * 1000)}; at most 7 days`}
          >
            <TimeSpanInput aria-label="Hidden for" className="w-56" value={span} onChange={setSpan} />
          </Field>
          <p className="text-12 text-text-3">
            From every receiver, from you too.{has('change') && ' The same request replaces the text.'}
          </p>
        </>
      ),
    },
  };
  const undo = steps.length > 0 ? undoText(steps, queue) : undefined;
  const label = workLabel(steps, scope, isRedrive);
  const hidden = (shown: Part) => part !== shown && 'max-desk:hidden';

  return (
    <JobForm
      title={isPhone ? `${label}${has('send') && to.queue ? ` to ${to.queue}` : ''}` : stepsTitle(steps, to.queue)}
      queue={queue}
      size="editor"
      className="h-full grid-cols-[minmax(0,1fr)_minmax(0,1.26fr)] grid-rows-[minmax(0,1fr)_auto] gap-0! max-desk:grid-cols-1 max-desk:grid-rows-[auto_minmax(0,1fr)_auto]"
      label={label}
      isDanger={has('delete') && !has('send')}
      reason={
        stepsProblem(steps, ids === undefined && !scope.filter) ??
        changeReason ??
        sendReason ??
        (has('delete') ? own('delete') : undefined) ??
        hiddenReason ??
        ((has('change') && !has('send')) || has('hide') ? own('changeMany') : undefined) ??
        (isNoChange ? 'No text would change.' : undefined) ??
        (scope.total === 0 ? `${queue} looks empty.` : undefined)
      }
      question={has('change') ? changeQuestion(form) : undefined}
      beginning={beginning}
      isScopeInside
      extra={forecast && <ForecastFoot forecast={forecast} now={nowOf(account.id)} />}
      onClose={onClose}
    >
      {isPhone && (
        <Tabs
          label="Parts of the job"
          value={part}
          onChange={setPart}
          tabs={[
            { value: 'steps', label: 'Steps' },
            ...(has('change')
              ? [{ value: 'dry' as const, label: 'Dry run', ...(run && { count: count(run.changed.length) }) }]
              : []),
            { value: 'cost', label: 'What Azure will do' },
          ]}
          listClassName="h-11 border-b border-line px-4"
        />
      )}
      <div className={cx('flex min-w-0 flex-col gap-3 overflow-y-auto px-5 py-3 max-desk:px-3', hidden('steps'))}>
        {stopped ? (
          <p className="rounded-6 bg-warn-tint px-3 py-2 text-12 text-pretty">
            Goes on with the {interruptedName(stopped)} that stopped: what is done stays done. Texts are not kept on
            this device, so write the change again as it was.
          </p>
        ) : (
          <ScopeChoice scope={scope} isAlways />
        )}
        <JobSteps steps={steps} contents={contents} onChange={stopped ? undefined : setSteps} />
        <div className="grid grid-cols-2 gap-x-5 gap-y-4">
          <Field label="Messages per second" hint="0: no limit">
            <NumberInput min={0} max={10_000} value={perSecond} onChange={setPerSecond} />
          </Field>
          <OrderSwitch order={order} hints={orderHints(planned, roundTrip)} onChange={setOrder} />
          {needsSearch(scope) && (
            <Field label="Receive at most" hint="Stops searching after so many">
              <NumberInput min={1} max={1_000_000} value={limit} onChange={(next) => setLimit(Math.round(next))} />
            </Field>
          )}
        </div>
        {undo !== undefined && (
          <p className="mt-auto flex flex-none gap-2 rounded-6 bg-sunken px-2.5 py-2 text-12 text-pretty text-text-2 max-desk:hidden">
            <Undo2 aria-hidden className="mt-px size-3.5 flex-none text-text-3" />
            <span>
              {undo.startsWith('Undo') ? (
                <>
                  <b className="font-semibold">Undo</b>
                  {undo.slice('Undo'.length)}
                </>
              ) : (
                undo
              )}
            </span>
          </p>
        )}
      </div>
      <div
        className={cx(
          'flex min-w-0 flex-col gap-5 overflow-y-auto border-l border-line bg-canvas px-5 py-3 max-desk:border-l-0 max-desk:bg-surface max-desk:px-3 dark:bg-surface',
          part === 'steps' && 'max-desk:hidden',
        )}
      >
        {has('change') && (
          <div className={cx('flex-none', hidden('dry'))}>
            {run ? (
              <DryRunView form={form} run={run} messages={samples} total={wholeOf(scope)} queue={queue} />
            ) : (
              <p className="text-12 text-text-3">The dry run shows here once the change is complete.</p>
            )}
          </div>
        )}
        <div className={cx('grid flex-none gap-3', hidden('cost'))}>
          <LaneOffer connectionId={account.id} plan={forecast?.plan} />
          {forecast ? (
            <ForecastView
              forecast={forecast}
              to={has('send') ? to.queue : undefined}
              facts={[
                [
                  'Order',
                  order === 'kept' ? (
                    <>
                      <b className="font-semibold">Kept</b>, as in {queue}: one after another. Azure promises no order
                    </>
                  ) : (
                    <>
                      <b className="font-semibold">Lost</b>: neighbours may change places
                    </>
                  ),
                ],
                ...(has('send')
                  ? [
                      [
                        'Others see',
                        <>
                          Consumers of {to.queue || 'the target'} get them at once
                          {perSecond > 0 && `, ${count(perSecond)} a second`}.{' '}
                          <b className="font-semibold">Fix the cause first, or they fail again.</b>
                        </>,
                      ] as const,
                    ]
                  : []),
                ...(isPhone && undo !== undefined ? [['Undo', withoutUndo(undo)] as const] : []),
                ...(has('send') && has('delete')
                  ? [
                      [
                        'Tab closed',
                        `At most ${count(options.concurrency)} ${plural(options.concurrency, 'is', 'are')} then in both queues`,
                      ] as const,
                    ]
                  : []),
              ]}
            />
          ) : (
            <p className="text-12 text-text-3">
              This account hides the count of {queue}, so that requests and time cannot be forecast.
            </p>
          )}
        </div>
      </div>
    </JobForm>
  );
}

const destinationOf = (queue: string, format: FileFormat) =>
  chooseDestination(`${timedName(queue, new Date())}.${format}`, format);

/** The text of an undo beside a label that says the word: "Undo takes a copy back" becomes "Takes a copy back". */
const withoutUndo = (text: string): string => text.replace(/^Undo,? (.)/, (_, first: string) => first.toUpperCase());

const Aside = ({ children }: { children: string }) => (
  <span className="min-w-0 truncate text-12 text-text-3">{children}</span>
);
