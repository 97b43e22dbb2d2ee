import type { Account } from '@/azure/protocol/model';
import { returnedAtATime } from '@/bulk/leasing/return-all';
import { type Forecast, forecastJob, type JobForecast, type JobPlan } from '@/bulk/planning/forecast';
import type { Steps } from '@/bulk/planning/steps';
import { returnedFast } from '@/bulk/planning/walk-time';
import { lowerFirst } from '@/bulk/work/delete-message';
import { useMeasuredRoundTrip } from '@/state/activity/measured-round-trip';
import { useConnection } from '@/state/connections/connections';
import { costsPreflights } from '@/state/start/preflights';
import { count, counted, plural } from '@/words/counts';
import { spanText, spokenSpan } from '@/words/spans';
import type { Consequence } from './consequences';
import type { PaceOptions } from './pace-options';
import { foreseenOf, needsSearch, type ReturnOrder, type Scope } from './scope';

export type PlanOptions = PaceOptions & {
  steps: Steps;
  /** Messages received at most. */
  limit?: number | undefined;
  /** As a person chose it; otherwise as `returnedAtATime` finds right. */
  order?: ReturnOrder | undefined;
};

/** The plan of a job over a scope; undefined for a whole queue that cannot be counted. */
export function planOf(
  scope: Scope,
  { steps, concurrency, limit, order, ...pace }: PlanOptions,
  roundTrip: number | undefined,
): JobPlan | undefined {
  const foreseen = foreseenOf(scope);
  if (!foreseen) return undefined;
  const { isWhole, connections } = scope;
  return {
    ...foreseen,
    steps,
    isWhole,
    toFind: isWhole && limit ? Math.min(limit, foreseen.toFind) : foreseen.toFind,
    ...((needsSearch(scope) || isWhole) && limit && { cap: limit }),
    concurrency,
    ...pace,
    returnedAtATime: (received) =>
      order === 'kept' ? 1 : order === 'fast' ? returnedFast(connections) : returnedAtATime(received, connections),
    connections,
    roundTrip,
  };
}

export type ShownForecast = JobForecast & {
  plan: JobPlan;
  /** Ms of a request, as measured. */
  roundTrip: number | undefined;
  /** CORS preflights at most, beside the requests; 0 where the browser sends none. */
  preflights: number;
};

/** The forecast of a dialog, at the rate of this connection; undefined for a queue that cannot be counted. */
export function useForecast(account: Account, scope: Scope, options: PlanOptions): ShownForecast | undefined {
  const roundTrip = useMeasuredRoundTrip(account.id);
  const connection = useConnection(account.id);
  const plan = planOf(scope, options, roundTrip);
  if (!plan) return undefined;
  const forecast = forecastJob(plan);
  const isAsked = connection !== undefined && costsPreflights(connection, location.origin);
  const { least, most } = forecast;
  const preflights = isAsked ? Math.max(least.addresses, most.addresses) : 0;
  return { ...forecast, plan, roundTrip, preflights };
}

/** "66", or "31 to 330" where the result can be anything between them. */
export function rangeText({ least, most }: JobForecast, of: (forecast: Forecast) => number): string {
  // With more messages that are worked on, fewer are only passed.
  const [from = 0, to = 0] = [of(least), of(most)].toSorted((one, other) => one - other);
  return from === to ? count(to) : `${count(from)} to ${count(to)}`;
}

/** "1 request", "31 to 330 requests". */
export function countedRange(forecast: JobForecast, of: (forecast: Forecast) => number, noun: string): string {
  const [least, most] = [of(forecast.least), of(forecast.most)];
  return `${rangeText(forecast, of)} ${least === most ? plural(most, noun) : `${noun}s`}`;
}

/** "likely about 3,100, by the share among those loaded"; undefined where nothing is to be guessed. */
export function likelyText({ least, most, likely }: JobForecast): string | undefined {
  if (!likely || least.sum === most.sum) return undefined;
  return `likely about ${count(likely.sum)}, by the share among those loaded`;
}

const KINDS = ['receive', 'put', 'update', 'delete', 'return'] as const;

/** What a job will send, whom it disturbs and how long it takes, as sentences. */
export function forecastConsequences(shown: ShownForecast | undefined): (Consequence | false)[] {
  if (!shown) return [];
  const { least, most, roundTrip, preflights } = shown;
  const kinds = KINDS.filter((kind) => Math.max(least.requests[kind], most.requests[kind]) > 0).map(
    (kind) => `${rangeText(shown, ({ requests }) => requests[kind])} ${kind}`,
  );
  const time = timeText(shown);
  return [
    Math.max(least.passed, most.passed) > 0 &&
      `Receives ${countedRange(shown, ({ raised }) => raised, 'message')}, of which ${rangeText(shown, ({ passed }) => passed)} ${plural(least === most ? most.passed : 0, 'is only passed and goes', 'are only passed and go')} back beside the work.`,
    `About ${countedRange(shown, ({ sum }) => sum, 'request')}${kinds.length > 1 ? `: ${kinds.join(', ')}` : ''}.${
      least === most ? '' : (whyRange(shown) ?? '')
    }`,
    most.raised > 0 &&
      `Hides ${counted(most.hidden, 'message')}${most.hidden < most.raised ? ' at a time' : ''}${least === most ? '' : ' at most'}, each until its turn, and after a closed tab for up to ${spokenSpan(most.lease)}. Others see meanwhile: ${lowerFirst(othersText(most))}.`,
    preflights > 0 &&
      `Up to ${counted(preflights, 'CORS preflight')} beside them: the browser asks about each address.`,
    time !== undefined && `About ${time} at ${Math.max(1, Math.round(roundTrip ?? 0))} ms a request.`,
  ];
}

/** Why a forecast is a range, as a sentence after a blank. */
function whyRange(forecast: JobForecast): string | undefined {
  const { least, most } = forecast;
  if (least === most) return undefined;
  if (least.worked === most.worked) return ' Which, depends on how far from the front the last of them is.';
  const likely = likelyText(forecast);
  return ` Which, depends on how many of the messages match${likely === undefined ? '' : `: ${likely}`}.`;
}

/** What other consumers of the queue find while the job runs. */
export function othersText({ seenByOthers, hidden, raised }: Forecast): string {
  if (hidden < raised) return 'The messages whose turn has not come, as long as there are some';
  if (seenByOthers === undefined) return 'What is behind the messages that it receives';
  return seenByOthers === 0
    ? 'None of the messages that are there now, until they go back'
    : `About ${counted(seenByOthers, 'message')} of those that are there now`;
}

/** "56 s", "2 s to 1 min 34 s"; undefined before a request was measured. */
export function timeText({ least, most }: JobForecast): string | undefined {
  if (!least.time || !most.time) return undefined;
  const [from, to] = [least, most].map(({ time }) => spanText(Math.max(1, time?.all ?? 0)));
  return from === to ? to : `${from} to ${to}`;
}
