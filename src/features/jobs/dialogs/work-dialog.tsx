import { Plus, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { interruptedName } from '@/actions/interrupted-name';
import { visibilityTimeoutProblem } from '@/azure/protocol/input-rules';
import type { Account } from '@/azure/protocol/model';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import type { JournalHead } from '@/bulk/journal/journal';
import { useAccount } from '@/queries/use-account';
import { interruptedJobs } from '@/state/journal/interrupted-store';
import { formDrafts } from '@/state/messages/form-drafts';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { useDenialReason } from '@/state/permissions/permissions';
import { serviceNowOf } from '@/state/time/connection-clocks';
import { Button, IconButton } from '@/ui/controls/button';
import { Field, NumberInput, TimeSpanInput } from '@/ui/controls/field';
import { dateTime } from '@/ui/format/relative-time';
import { secondsOf, type TimeSpan } from '@/ui/format/time-span';
import { Menu } from '@/ui/overlay/menu';
import { beginWork } from '../begin/begin-work';
import { takeGoOn } from '../begin/continue-interrupted';
import { ForecastView } from '../shared/forecast-view';
import { forecastSummary, useForecast } from '../shared/job-forecast';
import { OrderSwitch } from '../shared/order-switch';
import { IN_ORDER, USUAL_PACE } from '../shared/pace-options';
import { jobOptions, needsSearch, type ReturnOrder, targetOf, useScope, usualLimit, usualOrder } from '../shared/scope';
import { ScopeChoice } from '../shared/scope-choice';
import { useSamples } from '../shared/use-samples';
import {
  inSafeOrder,
  stepName,
  stepsProblem,
  stepsTitle,
  USUAL_STEPS,
  undoText,
  WORK_STEPS,
  type WorkStep,
  workLabel,
} from '../shared/work-steps';
import { type ChangeForm, changeProblem, changeQuestion, NO_CHANGE } from '../text/text-changes';
import { TrialView, useTrial } from '../text/text-trial';
import { ChangeTextFields } from './change-text-fields';
import { JobForm, useBeginning } from './job-form';
import { useQueueChoice } from './queue-picker';
import { TargetFields } from './target-fields';

type WorkDialogProps = MessageScope & { goesOn?: string; account: Account; onClose: () => void };

const forms = formDrafts<ChangeForm>('change text');

type Stopped = JournalHead | undefined;

const stepsOfStopped = (head: Stopped): readonly WorkStep[] =>
  head ? WORK_STEPS.filter((step) => head.steps.includes(step)) : USUAL_STEPS;

const orderOfStopped = (head: Stopped): ReturnOrder | undefined =>
  head?.concurrency === undefined ? undefined : head.concurrency === 1 ? 'kept' : 'fast';

/** One job of several steps for each message: change its text, send it to a queue, delete it here, hide it for a time. */
export default function WorkDialog({ account, goesOn, onClose, ...chosen }: WorkDialogProps) {
  const { queue, ids } = chosen;
  // As it was when the dialog opened: going on takes it out of the list.
  const [stopped] = useState(() => interruptedJobs().find(({ id }) => id === goesOn)?.head);
  const scope = useScope(account, chosen);
  const [steps, setSteps] = useState<readonly WorkStep[]>(() => stepsOfStopped(stopped));
  const [span, setSpan] = useState<TimeSpan>(
    stopped?.seconds ? { amount: stopped.seconds, unit: 'seconds' } : { amount: 1, unit: 'hours' },
  );
  const [form, setForm] = useState<ChangeForm>(() => forms.find(account.id, queue) ?? NO_CHANGE);
  const [to, setTo] = useState(stopped?.to ?? { connectionId: account.id, queue: poisonParent(queue) ?? '' });
  const [perSecond, setPerSecond] = useState(stopped?.perSecond ?? 0);
  const [chosenLimit, setLimit] = useState(stopped?.cap);
  const [chosenOrder, setOrder] = useState<ReturnOrder | undefined>(orderOfStopped(stopped));
  const limit = chosenLimit ?? usualLimit(scope);
  const order = chosenOrder ?? usualOrder(scope, needsSearch(scope) ? limit : 0);
  const pace = { ...(order === 'kept' ? IN_ORDER : USUAL_PACE), perSecond };
  const options = jobOptions(scope, pace, limit, order);
  const forecast = useForecast(account, scope, { ...options, limit: options.cap, order, steps });

  const toAccount = useAccount(to.connectionId) ?? account;
  const choice = useQueueChoice(toAccount, to.queue);
  const denial = useDenialReason(to.connectionId, to.queue)('add');
  const own = useDenialReason(account.id, queue);
  const samples = useSamples(account, { queue, ids });
  const has = (step: WorkStep) => steps.includes(step);
  const changeReason = has('change') ? changeProblem(form) : undefined;
  const trial = useTrial(has('change') && changeReason === undefined ? form : undefined, samples);
  const isSame = to.connectionId === account.id && to.queue === queue;
  const same = isSame ? 'This is the queue that the messages are in.' : undefined;
  const isRedrive = poisonParent(queue) === to.queue && to.connectionId === account.id;

  const beginning = useBeginning(
    onClose,
    async (client, part) => {
      const goOn = goesOn === undefined ? undefined : await takeGoOn(goesOn);
      const begun = beginWork(client, targetOf(account.id, queue), {
        ...options,
        goOn,
        ...part,
        steps,
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
  const isNoChange = ids && trial?.isWhole && trial.changed === 0 && !has('send') && !has('hide');
  const remove = (step: WorkStep) => setSteps(steps.filter((one) => one !== step));
  const missing = stopped ? [] : WORK_STEPS.filter((step) => !has(step));

  const contents: Record<WorkStep, ReactNode> = {
    change: (
      <ChangeTextFields
        form={form}
        problem={changeReason}
        onChange={(part) => {
          setForm({ ...form, ...part });
          forms.keep({ ...form, ...part }, account.id, queue);
        }}
      />
    ),
    send: (
      <>
        <TargetFields
          to={to}
          account={toAccount}
          choice={choice}
          label="Target queue"
          problem={same}
          onChange={(next) => {
            beginning.reset();
            setTo(next);
          }}
        />
        <p className="text-12 text-text-3">
          Each copy has a new ID, new dates and dequeue count 0. The time to live that is left stays.
          {has('change') && ' A text that stays as it is, is sent as it is.'}
        </p>
      </>
    ),
    delete: (
      <p className="text-12 text-text-3">
        {has('send')
          ? 'Once its copy exists, and only if it still has the text that was copied.'
          : 'For good. This tab keeps the texts until it is closed, so that you can add them again.'}
      </p>
    ),
    hide: (
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
  };

  return (
    <JobForm
      title={stepsTitle(steps, to.queue)}
      queue={queue}
      size="editor"
      className="h-full grid-cols-[minmax(0,1fr)_minmax(0,1.26fr)] grid-rows-[minmax(0,1fr)_auto] gap-0! max-desk:h-auto max-desk:grid-cols-1 max-desk:grid-rows-none"
      label={workLabel(steps, scope, isRedrive)}
      isDanger={has('delete') && !has('send')}
      reason={
        stepsProblem(steps, ids === undefined) ??
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
      extra={forecast && <span className="text-12 text-text-2">{forecastSummary(forecast)}</span>}
      onClose={onClose}
    >
      <div className="grid min-w-0 content-start gap-4 overflow-y-auto px-5 py-4 max-desk:px-4">
        {stopped ? (
          <p className="rounded-6 bg-warn-tint px-3 py-2 text-12 text-pretty">
            Goes on with the {interruptedName(stopped)} that stopped: what is done stays done. Texts are not kept on
            this device, so write the change again as it was.
          </p>
        ) : (
          <ScopeChoice scope={scope} isAlways />
        )}
        <section aria-label="Steps for each message" className="grid gap-2">
          <h3 className="font-semibold">
            Steps for each message{' '}
            {has('send') && has('delete') && (
              <span className="ml-1 text-12 font-normal text-text-3">the copy exists before the original goes</span>
            )}
          </h3>
          <ol className="grid gap-2">
            {inSafeOrder(steps).map((step, index) => (
              <li key={step} className="flex items-start gap-2.5">
                <span
                  aria-hidden
                  className="mt-2 grid size-5.5 flex-none place-items-center rounded-full bg-sunken text-12 font-semibold"
                >
                  {index + 1}
                </span>
                <section
                  aria-label={stepName(step)}
                  className="grid min-w-0 flex-1 gap-3 rounded-8 border border-line px-3 pt-1 pb-2.5"
                >
                  <div className="flex items-center">
                    <h4 className="flex-1 font-semibold">{stepName(step)}</h4>
                    {!stopped && (
                      <IconButton
                        size="sm"
                        label={`Remove step ${stepName(step)}`}
                        icon={<X />}
                        onClick={() => remove(step)}
                      />
                    )}
                  </div>
                  {contents[step]}
                </section>
              </li>
            ))}
          </ol>
          {missing.length > 0 && (
            <Menu
              align="start"
              trigger={
                <Button size="sm" variant="ghost" className="justify-self-start">
                  <Plus /> Add step
                </Button>
              }
              items={missing.map((step) => ({ label: stepName(step), onSelect: () => setSteps([...steps, step]) }))}
            />
          )}
        </section>
        <div className="flex flex-wrap gap-x-6 gap-y-4">
          <Field label="Messages per second" hint="0: no limit" className="w-40">
            <NumberInput min={0} max={10_000} value={perSecond} onChange={setPerSecond} />
          </Field>
          {needsSearch(scope) && (
            <Field label="Receive at most" hint="Stops searching after so many" className="w-40">
              <NumberInput min={1} max={1_000_000} value={limit} onChange={(next) => setLimit(Math.round(next))} />
            </Field>
          )}
          <OrderSwitch
            order={order}
            hints={{ kept: 'One after another', fast: 'Many at a time: the order is lost' }}
            onChange={setOrder}
          />
        </div>
      </div>
      <div className="grid min-w-0 content-start gap-6 overflow-y-auto border-l border-line bg-sunken px-5 py-4 max-desk:border-l-0 max-desk:border-t max-desk:px-4">
        {has('change') &&
          (trial ? (
            <TrialView trial={trial} />
          ) : (
            <p className="text-12 text-text-3">The dry run shows here once the change is complete.</p>
          ))}
        {forecast ? (
          <ForecastView
            forecast={forecast}
            facts={[
              [
                'Order',
                order === 'kept'
                  ? 'Kept: sends and returns go one after another. Azure promises no order'
                  : 'Lost: neighbours may change places',
              ],
              ...(has('send')
                ? [
                    [
                      'Others see',
                      <>
                        Consumers of {to.queue || 'the target'} get them at once.{' '}
                        <b className="font-semibold">Fix the cause first, or they fail again.</b>
                      </>,
                    ] as const,
                  ]
                : []),
              ...(has('send') && has('delete')
                ? [['Tab closed', `At most ${options.concurrency} are then in both queues`] as const]
                : []),
              ...(steps.length > 0 ? [['Undo', undoText(steps, queue)] as const] : []),
            ]}
          />
        ) : (
          <p className="text-12 text-text-3">
            This account hides the count of {queue}, so that requests and time cannot be forecast.
          </p>
        )}
      </div>
    </JobForm>
  );
}
