import { Check } from 'lucide-react';
import type { Job } from '@/bulk/jobs/job';
import type { Phase } from '@/bulk/jobs/progress';
import { useNow } from '@/ui/browser/use-now';
import { Bar } from '@/ui/controls/bar';
import { count, counted } from '@/ui/format/counts';
import { clockTime } from '@/ui/format/relative-time';
import { rateText, spanText, timeLeftText } from '../shared/job-text';

type Shown = Phase & { name: string; tone?: 'leased' };

/** The parts of a job that receives or returns messages: each with how far it is, its rate and the time left. */
export function JobPhases({ job }: { job: Job }) {
  const { progress } = job;
  const { walk, total } = progress;
  if (!walk) return null;
  const over = progress.done + progress.failed + progress.skipped + progress.uncertain;
  const working: Shown = {
    name: 'Working',
    done: over,
    total,
    rate: progress.rate,
    secondsLeft: progress.secondsLeft,
    isOver: progress.workTook !== undefined,
    took: progress.workTook,
  };
  const phases: Shown[] = [{ ...walk.finding, name: 'Finding' }, working];
  if ((walk.returning.total ?? 0) > 0) phases.push({ ...walk.returning, name: 'Returning', tone: 'leased' });
  return (
    <div className="grid gap-1 text-12 tabular-nums">
      {phases.map((phase) => (
        <PhaseRow key={phase.name} phase={phase} />
      ))}
    </div>
  );
}

function PhaseRow({ phase: { name, done, total, rate, secondsLeft, isOver, tone } }: { phase: Shown }) {
  const far = `${count(done)}${total === undefined ? '' : ` of ${count(total)}`}`;
  const left = secondsLeft === undefined || isOver ? undefined : timeLeftText(secondsLeft);
  return (
    <div
      role="group"
      aria-label={[name, far, left].filter(Boolean).join(', ')}
      className="grid h-5.5 grid-cols-[14px_72px_minmax(40px,1fr)_auto_52px_96px] items-center gap-x-2 max-desk:grid-cols-[14px_72px_minmax(24px,1fr)_auto]"
    >
      {isOver ? (
        <Check aria-hidden className="size-3.5 text-accent" />
      ) : (
        <span aria-hidden className="mx-auto size-1.5 rounded-full bg-text-3" />
      )}
      <span>{name}</span>
      <Bar value={isOver ? 1 : total ? done / total : 0} label={`${name} progress`} {...(tone && { tone })} />
      <span className="text-right font-semibold">{far}</span>
      <span className="text-right text-text-3 max-desk:hidden">{!isOver && rate > 0 && rateText(rate)}</span>
      <span className="text-right text-text-3 max-desk:hidden">{left}</span>
    </div>
  );
}

/** What closing the tab now would leave behind. */
export function CloseNote({ job }: { job: Job }) {
  // Reads the job's leases again each second.
  'use no memo';
  useNow();
  const { progress } = job;
  const { messages, until } = job.leasedNow();
  const over = progress.done + progress.failed + progress.skipped + progress.uncertain;
  const left = progress.total === undefined ? undefined : Math.max(0, progress.total - over);
  const seconds = Math.max(progress.secondsLeft ?? 0, progress.walk?.returning.secondsLeft ?? 0);
  const leftovers = [
    `${count(progress.done)} are done`,
    left !== undefined && left > 0 && `${count(left)} are not`,
    messages > 0 &&
      `${counted(messages, 'message')} ${messages === 1 ? 'stays' : 'stay'} hidden until ${clockTime(until)} at the latest`,
  ].filter(Boolean);
  return (
    <p className="text-12 text-pretty text-text-2">
      <b className="font-semibold">Keep this tab open{seconds > 0 ? ` for about ${spanText(seconds)}` : ''}.</b> If it
      closes now: {leftovers.join(', ')}.
    </p>
  );
}
