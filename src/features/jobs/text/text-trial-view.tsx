import { count, counted } from '@/ui/format/counts';
import type { Sample, Trial } from './text-trial';

/** The effect of a change on loaded messages, with a few of them before and after. */
export function TrialView({ trial: { tried, changed, same, refused, reason, first } }: { trial: Trial }) {
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

/** Characters shown before and after the difference. */
const CONTEXT = 60;

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
  const from = Math.max(0, start - CONTEXT);
  return (
    <p className="line-clamp-3">
      <span className="sr-only">{label}: </span>
      {from > 0 && '…'}
      {text.slice(from, start)}
      <mark className={className}>{text.slice(start, to) || '\u200b'}</mark>
      {text.slice(to, to + CONTEXT)}
      {to + CONTEXT < text.length && '…'}
    </p>
  );
}
