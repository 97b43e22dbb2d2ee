import { textProblem } from '@/azure/protocol/message-text';
import type { Message } from '@/azure/protocol/model';
import { delay } from '@/azure/wire/retry';
import type { NewText } from '@/bulk/work/change-text';
import { useAsync } from '@/ui/browser/use-async';
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
