import { Layers } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { ActionButton } from '@/actions/action-button';
import { type OpenQueue, readActions } from '@/actions/queue-actions';
import { visibilityTimeoutProblem } from '@/azure/protocol/input-rules';
import { type BrowseForecast, planBrowse } from '@/bulk/jobs/plan-browse';
import { returnedAtATime } from '@/bulk/leasing/return-all';
import { useMeasuredRoundTrip } from '@/state/activity/measured-round-trip';
import { useConnection } from '@/state/connections/connections';
import { type Environment, useEnvironment } from '@/state/connections/environments';
import { requestsAtOnce } from '@/state/connections/requests-at-once';
import { MOST_RECEIPTS } from '@/state/leases/receipt-session-storage';
import { usePreference } from '@/state/settings/preferences';
import { costsPreflights } from '@/state/start/preflights';
import { EnvironmentBadge } from '@/ui/controls/badge';
import { ANY_NUMBER, NumberInput, TimeSpanInput } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import { FormDialog } from '@/ui/overlay/dialog';
import { count, counted, plural } from '@/words/counts';
import { secondsOf, spokenSpan, type TimeSpan, timeSpanOf } from '@/words/spans';
import { useRows } from '../rows/use-queue-rows';
import { FoldedSettings } from '../shared/fold';
import { browseQueue } from './browse-queue';
import { KeepChoice } from './keep-choice';

const FIRST_CAP = 1000;
const HOW_MUCH = [
  { value: 'all', label: 'Whole queue' },
  { value: 'some', label: 'At most' },
] as const;

/** How much to browse and for how long, and what that does to the queue in numbers. Starts only when asked. */
export function BrowseBar({ on }: { on: OpenQueue }) {
  const { all, approximate } = useRows();
  const [howMuch, setHowMuch] = useState<'all' | 'some'>('all');
  const [most, setMost] = useState(FIRST_CAP);
  const [chosen, setChosen] = useState<TimeSpan>();
  // Returning everything is what one expects of a look: a choice for another queue is not remembered.
  const [keep, setKeep] = useState(false);
  const threshold = usePreference('poisonThreshold');
  const roundTrip = useMeasuredRoundTrip(on.connectionId);
  const environment = useEnvironment(on.connectionId);
  const connection = useConnection(on.connectionId);
  const isAsked = connection !== undefined && costsPreflights(connection, location.origin);
  const [isAsking, setIsAsking] = useState(false);
  const ruleId = useId();

  const cap = howMuch === 'some' ? most : undefined;
  const wrongCap = cap === undefined ? undefined : capProblem(cap);
  const isWrongCap = wrongCap !== undefined;
  const known = all.filter(({ lease }) => !lease).map(({ message }) => message.dequeueCount);
  const isCounted = approximate !== undefined || cap !== undefined;
  const about = Math.min(approximate ?? Infinity, cap ?? Infinity);
  const connections = requestsAtOnce(on.connectionId);
  const atATime = returnedAtATime(about, connections);
  const plan = (visibilityTimeout?: number, isKept = keep) =>
    planBrowse({
      count: approximate ?? cap ?? known.length,
      concurrency: Math.min(atATime, connections),
      connections,
      dequeueCounts: known,
      threshold,
      keep: isKept,
      ...(cap !== undefined && !isWrongCap && { cap }),
      ...(roundTrip !== undefined && { roundTrip }),
      ...(visibilityTimeout !== undefined && { visibilityTimeout }),
    });
  // In whole minutes, so that the suggestion does not change with each measured request.
  const suggested = (isKept: boolean) => Math.ceil(plan(undefined, isKept).suggestedLease / 60) * 60;
  const leaseOf = (isKept: boolean) => (chosen ? secondsOf(chosen) : suggested(isKept));
  const visibilityTimeout = leaseOf(keep);
  const timeout = chosen ?? timeSpanOf(visibilityTimeout);
  const wrongTimeout = visibilityTimeoutProblem(visibilityTimeout);
  const problem = wrongCap ?? wrongTimeout;
  const planned = (isKept: boolean) => plan(wrongTimeout === undefined ? leaseOf(isKept) : undefined, isKept);
  const forecast = planned(keep);
  const start = () => void browseQueue(on, { cap, visibilityTimeout, keep, expected, returnedAtATime: atATime });
  const expected = isCounted ? forecast.messages : undefined;

  return (
    <section
      aria-label="Browse all"
      data-mode-bar=""
      className="flex-none border-t border-line bg-canvas px-4 py-2 max-desk:px-3"
    >
      <p data-words="" className="hidden text-12 text-text-2">
        <span className="truncate">
          {isCounted ? costText(forecast, isAsked) : 'Leases every message that it passes'}
        </span>
      </p>
      <form
        data-fields=""
        className="flex flex-wrap items-center gap-x-2 gap-y-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (problem !== undefined) return;
          if (environment?.production) setIsAsking(true);
          else start();
        }}
      >
        <Segmented
          label="How much to browse"
          value={howMuch}
          onChange={setHowMuch}
          options={HOW_MUCH}
          size="sm"
          className="folded:hidden"
        />
        {howMuch === 'some' && (
          <NumberInput
            aria-label="Messages to browse"
            aria-describedby={isWrongCap ? ruleId : undefined}
            aria-invalid={isWrongCap}
            className="w-20 folded:hidden"
            {...ANY_NUMBER}
            value={most}
            onChange={setMost}
          />
        )}
        <span className="flex items-center gap-2 folded:hidden">
          <span className="text-text-2">leased for</span>
          <TimeSpanInput
            aria-label="Lease time"
            aria-describedby={wrongTimeout && ruleId}
            aria-invalid={wrongTimeout !== undefined}
            className="w-36"
            value={timeout}
            onChange={setChosen}
          />
        </span>
        <FoldedSettings
          label={`Browse all, ${cap === undefined ? 'whole queue' : `at most ${counted(cap, 'message')}`}`}
        >{`${keep ? 'Keeps leases' : 'Returns all'}, ${spokenSpan(visibilityTimeout)}`}</FoldedSettings>
        <ActionButton
          action={readActions.browse}
          on={on}
          variant="primary"
          className="ml-auto max-desk:ml-0 max-desk:w-full short:h-9!"
          type="submit"
          data-starts="browse"
          reason={problem}
          title={undefined}
          onClick={undefined}
        >
          {expected === undefined
            ? 'Browse all'
            : cap === undefined
              ? `Browse all ${count(expected)}`
              : `Browse ${count(expected)}`}
        </ActionButton>
      </form>
      {problem === undefined ? (
        <div className="folded:hidden">
          <div className="mt-2">
            <KeepChoice
              legend="What is done with the messages"
              isKept={keep}
              look={isCounted ? costText(planned(false), isAsked) : undefined}
              work={
                isCounted
                  ? `${costText(planned(true), isAsked)}; hidden for up to ${spokenSpan(leaseOf(true))}, and in hand for what you do next`
                  : undefined
              }
              onChange={setKeep}
            />
          </div>
          <p className="mt-1.5 flex items-start gap-1.5 text-12 text-text-2">
            <Layers className="mt-px size-3.5 flex-none text-text-3" />
            <span>
              Browse all leases every message it passes, which hides it from every consumer and raises its dequeue count
              by 1.{' '}
              {keep
                ? `The leases are kept: the messages stay hidden until ${spokenSpan(visibilityTimeout)} after they were leased.`
                : `At the end, and when cancelled, it returns them all, ${atATime === 1 ? 'one by one in their order. Azure promises no order' : `${atATime} at a time, so that neighbours may change places`}.`}
            </span>
          </p>
          {isCounted && forecast.messages > MOST_RECEIPTS && (
            <p className="mt-1 text-12 text-warn">
              After a reload this tab could return about {count(MOST_RECEIPTS)} of them, for more receipts a browser has
              no room: the others would stay hidden until their leases end.
            </p>
          )}
          <Forecast forecast={forecast} isCounted={isCounted} threshold={threshold} roundTrip={roundTrip} />
        </div>
      ) : (
        <p id={ruleId} role="alert" className="mt-1.5 text-12 text-danger">
          {problem}
        </p>
      )}
      {isAsking && (
        <BrowseConfirm
          queue={on.queue}
          environment={environment}
          expected={expected}
          onConfirm={() => {
            setIsAsking(false);
            start();
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </section>
  );
}

/** "About 5,158 requests, 4 min". `isAsked`: each address can cost a CORS preflight. */
const costText = ({ requests, addresses, seconds }: BrowseForecast, isAsked: boolean): string =>
  [
    `About ${counted(requests, 'request')}`,
    isAsked && `up to ${counted(addresses, 'CORS preflight')} beside them`,
    seconds !== undefined && roughly(seconds),
  ]
    .filter(Boolean)
    .join(', ');

/** Why so many messages cannot be browsed; undefined when they can. */
export const capProblem = (cap: number): string | undefined =>
  Number.isInteger(cap) && cap >= 1 ? undefined : 'The number of messages is a whole number from 1.';

type ForecastProps = {
  forecast: BrowseForecast;
  isCounted: boolean;
  threshold: number;
  roundTrip: number | undefined;
};

/** What the browse does to the queue, in numbers. */
function Forecast({ forecast, isCounted, threshold, roundTrip }: ForecastProps) {
  const about = (value: number) => (isCounted ? `about ${count(value)}` : 'unknown');
  const known = forecast.messages - forecast.unknown;
  const poison = [
    `${count(forecast.reachThreshold)} of the ${count(known)} seen`,
    forecast.overThreshold > 0 && `${count(forecast.overThreshold)} there already`,
    forecast.unknown > 0 && `${count(forecast.unknown)} not seen yet`,
  ];
  return (
    <dl
      aria-label="What it does"
      className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1 text-12 [&_dd]:font-semibold [&_dt]:text-text-3"
    >
      <Figure name="Messages touched">{about(forecast.messages)}</Figure>
      <Figure name="Dequeue counts raised">{about(forecast.raised)}</Figure>
      <Figure name={`Would reach ${counted(threshold, 'dequeue')}`}>
        <span className={forecast.reachThreshold > 0 ? 'text-danger' : undefined}>{poison[0]}</span>
        <span className="font-normal text-text-2">
          {poison
            .slice(1)
            .filter(Boolean)
            .map((words) => `, ${words}`)}
        </span>
      </Figure>
      <Figure name="Requests">{about(forecast.requests)}</Figure>
      <Figure name="Time">
        {forecast.seconds === undefined || !isCounted ? 'unknown' : `about ${roughly(forecast.seconds)}`}
        {roundTrip !== undefined && (
          <span className="font-normal text-text-2">, at {Math.max(1, Math.round(roundTrip))} ms a request</span>
        )}
      </Figure>
    </dl>
  );
}

const Figure = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex gap-1.5">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** A rounded duration: seconds, minutes or hours. */
export function roughly(seconds: number) {
  if (seconds < 100) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return counted(Math.round(seconds / 3600), 'hour');
}

type BrowseConfirmProps = {
  queue: string;
  environment: Environment | undefined;
  /** Undefined when the account hides its counts. */
  expected: number | undefined;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks once more in production, with the count, because consumers miss what a browse leases. */
function BrowseConfirm({ queue, environment, expected, onConfirm, onClose }: BrowseConfirmProps) {
  const messages = expected === undefined ? 'every message' : `about ${counted(expected, 'message')}`;
  return (
    <FormDialog
      size="sm"
      title={`Browse all of ${queue}?`}
      subtitle={<EnvironmentBadge environment={environment} />}
      dismissible
      cancelLabel="Only peek"
      label="Browse all"
      onSubmit={onConfirm}
      onClose={onClose}
    >
      <p className="text-text-2">
        It hides {messages} from the consumers that work there while it runs, and raises{' '}
        {plural(expected ?? 0, 'its dequeue count', 'their dequeue counts')} by 1.
      </p>
    </FormDialog>
  );
}
