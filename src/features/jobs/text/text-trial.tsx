import { textProblem } from '@/azure/protocol/message-text';
import type { Message } from '@/azure/protocol/model';
import { delay } from '@/azure/wire/retry';
import type { NewText } from '@/bulk/work/change-text';
import { useAsync } from '@/ui/browser/use-async';
import { count, counted } from '@/ui/format/counts';
import { type ChangeForm, toChange } from './text-changes';

export type Sample = { id: string; before: string; after: string };
/** The effect that a change would have on loaded messages. */
export type Trial = {
  tried: number;
  changed: number;
  same: number;
  refused: number;
  reason?: string;
  first: Sample[];
  isWhole: boolean;
};

const MAX_TRIED = 500;
const MAX_SHOWN = 3;
/** Ms to wait for the next key. */
const TYPING_DELAY_MS = 150;

/** Tries a change on loaded messages, at most 500, without a request. */
export function useTrial(form: ChangeForm | undefined, samples: readonly Message[]): Trial | undefined {
  const shape = form && JSON.stringify(form);
  const { value } = useAsync(form && [shape, samples], async (signal) => {
    await delay(TYPING_DELAY_MS, signal);
    return form && tryAll(form, samples, signal);
  });
  return value;
}

async function tryAll(form: ChangeForm, samples: readonly Message[], signal: AbortSignal): Promise<Trial> {
  const { change, close } = toChange(form);
  // Ends an expression that is still running.
  signal.addEventListener('abort', close);
  try {
    const trial: Trial = {
      tried: 0,
      changed: 0,
      same: 0,
      refused: 0,
      first: [],
      isWhole: samples.length <= MAX_TRIED,
    };
    for (const { id, text } of samples.slice(0, MAX_TRIED)) {
      const answer = await change(text);
      signal.throwIfAborted();
      note(trial, { id, before: text, after: 'text' in answer ? answer.text : text }, refusalOf(answer));
    }
    return trial;
  } finally {
    close();
  }
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
    if (trial.first.length < MAX_SHOWN) trial.first.push(sample);
  }
}

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
const CONTEXT_CHARS = 60;

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
  const from = Math.max(0, start - CONTEXT_CHARS);
  return (
    <p className="line-clamp-3">
      <span className="sr-only">{label}: </span>
      {from > 0 && '…'}
      {text.slice(from, start)}
      <mark className={className}>{text.slice(start, to) || '\u200b'}</mark>
      {text.slice(to, to + CONTEXT_CHARS)}
      {to + CONTEXT_CHARS < text.length && '…'}
    </p>
  );
}
