import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Account } from '@/azure/account';
import { useLiveInterval } from '@/queries/live';
import { queueProperties } from '@/queries/queues';
import { usePreference } from '@/state/preferences';
import { type CountSample, useCountSamples } from '@/state/queue-counts';
import { count } from '@/ui/counts';
import { announce } from '@/ui/live-region';
import { Sparkline } from '@/ui/sparkline';
import { Tooltip } from '@/ui/tooltip';

type Place = { account: Account; queue: string };

/** How many messages the queue says it has: about, since Azure never counts exactly; unknown when CORS hides it. */
export function QueueCount({ account, queue }: Place) {
  const refetchInterval = useLiveInterval();
  const { data } = useQuery({ ...queueProperties(account, queue), refetchInterval });
  const approximate = data?.approximateMessageCount;
  useSpokenCount(queue, approximate);
  if (!data) return null;
  if (approximate === undefined) return <UnknownCount />;
  return (
    <span className="flex-none whitespace-nowrap max-desk:block max-desk:truncate max-desk:text-12 max-desk:text-text-3">
      <span className="text-text-3">≈ </span>
      <b className="font-semibold max-desk:font-normal">{count(approximate)}</b>
      <span className="desk:hidden">
        {approximate === 1 ? ' message' : ' messages'}
        <LiveNote />
      </span>
    </span>
  );
}

function LiveNote() {
  const live = usePreference('live');
  const interval = usePreference('liveInterval');
  return live ? `, live every ${interval} s` : '';
}

function UnknownCount() {
  return (
    <Tooltip label="The account's CORS rules hide x-ms-approximate-messages-count from this page. Expose x-ms-* to see it.">
      <button type="button" className="flex-none rounded-4 text-12 whitespace-nowrap text-text-3">
        count unknown
      </button>
    </Tooltip>
  );
}

/** How the count went since this tab began to look. */
export function QueueTrend({ account, queue }: Place) {
  const samples = useCountSamples(account.id, queue);
  const counts = samples.flatMap((sample) => sample.count ?? []);
  if (counts.length < 3) return null;
  const rate = perMinute(samples);
  return (
    <span className="flex items-center gap-2">
      <Sparkline values={counts} tone="accent" width={72} height={20} />
      {rate !== undefined && (
        <span className="text-12 whitespace-nowrap text-text-3">
          {rate >= 0 ? '+' : '−'}
          {count(Math.abs(rate))}/min
        </span>
      )}
    </span>
  );
}

const SHORTEST_TREND = 10_000;

/** Change a minute over the samples; undefined when they span under 10 s, which says nothing. */
export function perMinute(samples: readonly CountSample[]): number | undefined {
  const known = samples.flatMap((sample) =>
    sample.count === undefined ? [] : [{ at: sample.at, count: sample.count }],
  );
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last || last.at - first.at < SHORTEST_TREND) return undefined;
  return Math.round(((last.count - first.count) * 60_000) / (last.at - first.at));
}

const SPOKEN_EVERY = 15_000;

/** Says a changed count aloud, at most every 15 s. */
function useSpokenCount(queue: string, approximate: number | undefined) {
  const spoken = useRef<{ queue: string; count: number | undefined; at: number }>(undefined);
  useEffect(() => {
    if (approximate === undefined) return;
    const last = spoken.current;
    const isNews = last?.queue === queue && last.count !== approximate && Date.now() - last.at > SPOKEN_EVERY;
    if (isNews) announce(`${queue}, about ${count(approximate)} messages`);
    if (isNews || last?.queue !== queue) spoken.current = { queue, count: approximate, at: Date.now() };
  }, [queue, approximate]);
}
