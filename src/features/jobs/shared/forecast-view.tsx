import type { ReactNode } from 'react';
import { lowerFirst } from '@/bulk/work/delete-message';
import { cx } from '@/ui/format/cx';
import { count, counted, plural } from '@/words/counts';
import { spokenSpan } from '@/words/spans';
import { clockTime } from '@/words/times';
import { countedRange, likelyText, othersText, rangeText, type ShownForecast, timeText } from './job-forecast';

const KINDS = [
  { kind: 'receive', name: 'Receive', none: 'they are in hand' },
  { kind: 'put', name: 'Put message', none: undefined },
  { kind: 'update', name: 'Update message', none: undefined },
  { kind: 'delete', name: 'Delete message', none: undefined },
  { kind: 'return', name: 'Return', none: 'none is only passed' },
] as const;

type ForecastViewProps = {
  forecast: ShownForecast;
  /** The queue that copies go to, where some do. */
  to?: string | undefined;
  /** Further lines, each with its name. */
  facts: readonly (readonly [name: string, text: ReactNode])[];
};

/** The foot of a dialog: "3,200 requests, 1 min 20 s, done at about 05:42:40". `now` in epoch ms. */
export function ForecastFoot({ forecast, now }: { forecast: ShownForecast; now: number }) {
  const { least, most } = forecast;
  const time = timeText(forecast);
  const seconds = most.time?.all;
  const isOne = least.time?.all === seconds;
  return (
    <span className="text-12 text-text-2 tabular-nums">
      <b className="text-13 font-semibold text-text">{countedRange(forecast, ({ sum }) => sum, 'request')}</b>
      {time !== undefined && `, ${time}`}
      {seconds !== undefined && isOne && `, done at about ${clockTime(now + seconds * 1000)}`}
    </span>
  );
}

/** What a job will send by kind, and what that means: from the plan that it runs. */
export function ForecastView({ forecast, to, facts }: ForecastViewProps) {
  const { least, most, preflights, roundTrip } = forecast;
  const time = timeText(forecast);
  const likely = likelyText(forecast);
  const aside: Partial<Record<(typeof KINDS)[number]['kind'], string>> = {
    ...(to && { put: `to ${to}` }),
    delete: 'here',
  };
  const passed = Math.max(least.passed, most.passed);
  return (
    <section aria-label="What Azure will do" className="grid gap-3">
      <h3 className="font-semibold">
        What Azure will do <span className="ml-1 text-12 font-normal text-text-3">from the plan that the job runs</span>
      </h3>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <div className="w-59 rounded-8 border border-line-strong bg-raised px-3 py-1.5 text-12 tabular-nums max-desk:w-full dark:bg-sunken">
          <ul aria-label="Requests by kind" className="grid gap-2.5 py-1">
            {KINDS.map(({ kind, name, none }) => {
              const isNone = Math.max(least.requests[kind], most.requests[kind]) === 0;
              if (isNone && none === undefined) return null;
              return (
                <li key={kind} className="flex gap-1.5">
                  <span className="flex-1">
                    {name} <span className="text-text-3">{isNone ? none : aside[kind]}</span>{' '}
                  </span>
                  <b className={cx('font-semibold', isNone && 'font-normal text-text-3')}>
                    {rangeText(forecast, ({ requests }) => requests[kind])}
                  </b>
                </li>
              );
            })}
            <li className="flex gap-1.5 border-t border-line-strong pt-2 text-13 font-semibold">
              <span className="flex-1">Requests</span> {rangeText(forecast, ({ sum }) => sum)}
            </li>
          </ul>
          {likely !== undefined && <p className="mt-1.5 text-pretty text-text-2">{likely}</p>}
          {preflights > 0 && (
            <p className="mt-1.5 flex gap-1.5 border-t border-line pt-1.5 text-text-2">
              <span className="flex-1">CORS preflights, at most</span> {count(preflights)}
            </p>
          )}
        </div>
        <dl className="grid min-w-56 flex-1 grid-cols-[92px_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-12 text-pretty [&_dt]:text-text-3">
          <dt>Time</dt>
          <dd>
            {time === undefined ? 'Unknown before a request was measured' : <b className="font-semibold">{time}</b>}
            {time !== undefined && ` at ${Math.max(1, Math.round(roundTrip ?? 0))} ms a request`}
          </dd>
          <dt>Dequeue count</dt>
          <dd>
            {most.raised === 0
              ? 'None rises'
              : `Rises by 1 for ${countedRange(forecast, ({ raised }) => raised, 'message')}${
                  passed === 0
                    ? ''
                    : `, of which ${rangeText(forecast, (one) => one.passed)} ${plural(passed, 'is', 'are')} only passed`
                }`}
          </dd>
          {most.raised > 0 && (
            <>
              <dt>Hidden</dt>
              <dd>
                {counted(most.hidden, 'message')}
                {most.hidden < most.raised ? ' at a time' : ''}
                {least === most ? '' : ' at most'}, each until its turn. Others see meanwhile:{' '}
                {lowerFirst(othersText(most))}. Should this tab be closed, they show again by themselves within{' '}
                {spokenSpan(most.lease)}
              </dd>
            </>
          )}
          {facts.map(([name, text]) => (
            <Fact key={name} name={name}>
              {text}
            </Fact>
          ))}
        </dl>
      </div>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
