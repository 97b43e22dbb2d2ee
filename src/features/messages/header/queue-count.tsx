import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { useLiveInterval } from '@/queries/live';
import { queueProperties } from '@/queries/queues';
import { type CountSample, trendOf, useCountSamples } from '@/state/activity/queue-counts';
import { usePreference } from '@/state/settings/preferences';
import { Spoken } from '@/ui/controls/spoken';
import { announce } from '@/ui/feedback/live-region';
import { Sparkline } from '@/ui/feedback/sparkline';
import { cx } from '@/ui/format/cx';
import { quietPart } from '@/ui/parts/lazy-part';
import { count, counted, plural } from '@/words/counts';
import { CountBar } from './count-bar';
import { countText } from './count-parts';
import { useCountParts } from './use-count-parts';

const CountPopover = quietPart(async () => (await import('./count-popover')).CountPopover, { shape: 'dialog' });

type CountedQueue = { account: Account; queue: string };

/** The approximate count of the queue; unknown when CORS hides it. */
export function QueueCount({ account, queue }: CountedQueue) {
  const refetchInterval = useLiveInterval(account.id);
  const { data } = useQuery({ ...queueProperties(account, queue), refetchInterval });
  const approximate = data?.approximateMessageCount;
  useSpokenCount(queue, refetchInterval === false ? undefined : approximate);
  return data ? <CountButton account={account} queue={queue} approximate={approximate} /> : null;
}

type CountButtonProps = CountedQueue & { approximate: number | undefined };

/** The count and a bar of its parts, which opens their explanation. */
function CountButton({ account, queue, approximate }: CountButtonProps) {
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const asked = usePreference('peekCount');
  const parts = useCountParts({ account, queue, approximate }, asked);
  return (
    <>
      <button
        ref={setAnchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        data-reach="down"
        className="relative -mx-1 flex min-h-6 flex-none items-center gap-2 rounded-4 px-1 whitespace-nowrap after:absolute after:inset-x-0 after:-inset-y-1.5 hover:bg-hover aria-expanded:bg-active max-desk:max-w-full max-desk:text-12 max-desk:text-text-3 desk:-my-1"
      >
        <Spoken as={countText(parts)}>
          {approximate === undefined ? (
            <span className="text-12 text-text-3">count unknown</span>
          ) : (
            <span className="truncate">
              <span className="text-text-3">≈ </span>
              <b className="font-semibold max-desk:font-normal">{count(approximate)}</b>
              <span className="desk:hidden">
                {plural(approximate, ' message')}
                <LiveNote />
              </span>
            </span>
          )}
          <CountBar parts={parts} className="h-1 w-12 @max-[760px]:hidden max-desk:hidden" />
        </Spoken>
      </button>
      {isOpen && <CountPopover anchor={anchor} parts={parts} asked={asked} onClose={() => setIsOpen(false)} />}
    </>
  );
}

/** Behind a count: how often Live asks for it anew. */
export function LiveNote() {
  const live = usePreference('live');
  const interval = usePreference('liveInterval');
  return live ? `, live every ${interval} s` : '';
}

/** The counts that this tab has seen, as a line, and their change per minute. */
export function QueueTrend({ account, queue, ...box }: CountedQueue & { className?: string; style?: CSSProperties }) {
  const samples = useCountSamples(account.id, queue);
  const counts = trendOf(samples);
  if (!counts) return null;
  const rate = perMinute(samples);
  return (
    <span {...box} className={cx('flex gap-x-2', box.className)}>
      {rate !== undefined && (
        <span className="text-12 whitespace-nowrap text-text-3">
          {rate > 0 ? '+' : rate < 0 ? '−' : ''}
          {count(Math.abs(rate))}/min
        </span>
      )}
      <Sparkline values={counts} tone="accent" width={72} height={20} />
    </span>
  );
}

const SHORTEST_TREND_MS = 10_000;

/** Change per minute over the samples; undefined when they span under 10 s. */
export function perMinute(samples: readonly CountSample[]): number | undefined {
  const known = samples.flatMap((sample) =>
    sample.count === undefined ? [] : [{ at: sample.at, count: sample.count }],
  );
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last || last.at - first.at < SHORTEST_TREND_MS) return undefined;
  return Math.round(((last.count - first.count) * 60_000) / (last.at - first.at));
}

const SPOKEN_EVERY_MS = 15_000;

type Spoken = { queue: string; count: number; at: number };

/** The words for a changed count, at most every 15 s, and the count that was spoken last. */
export function spokenCount(last: Spoken | undefined, next: Spoken): { words: string | undefined; last: Spoken } {
  if (last?.queue !== next.queue) return { words: undefined, last: next };
  if (last.count === next.count || next.at - last.at <= SPOKEN_EVERY_MS) return { words: undefined, last };
  return { words: `${next.queue}, about ${counted(next.count, 'message')}`, last: next };
}

/** Announces a changed count while Live asks for it; what a person does says so itself. */
export function useSpokenCount(queue: string, approximate: number | undefined) {
  const spoken = useRef<Spoken>(undefined);
  useEffect(() => {
    if (approximate === undefined) return;
    const { words, last } = spokenCount(spoken.current, { queue, count: approximate, at: Date.now() });
    spoken.current = last;
    if (words !== undefined) announce(words);
  }, [queue, approximate]);
}
