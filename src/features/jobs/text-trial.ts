import { useEffect, useState } from 'react';
import { textProblem } from '@/azure/protocol/message-text';
import type { Message } from '@/azure/protocol/model';
import type { NewText } from '@/bulk/work/change-text';
import { type ChangeForm, toChange } from './text-changes';

export type Sample = { id: string; before: string; after: string };
/** What a change would do to loaded messages. */
export type Trial = {
  tried: number;
  changed: number;
  same: number;
  refused: number;
  reason?: string;
  first: Sample[];
  isWhole: boolean;
};

const MOST_TRIED = 500;
const MOST_SHOWN = 3;

/** Tries a change on loaded messages, without a request. */
export function useTrial(form: ChangeForm | undefined, samples: readonly Message[]): Trial | undefined {
  const [state, setState] = useState<{ of: string; trial: Trial }>();
  const shape = form && JSON.stringify(form);
  useEffect(() => {
    if (shape === undefined) return;
    let isCurrent = true;
    const { change, close } = toChange(JSON.parse(shape) as ChangeForm);
    async function tryAll(of: string) {
      const trial: Trial = {
        tried: 0,
        changed: 0,
        same: 0,
        refused: 0,
        first: [],
        isWhole: samples.length <= MOST_TRIED,
      };
      for (const { id, text } of samples.slice(0, MOST_TRIED)) {
        const answer = await change(text);
        if (!isCurrent) return;
        note(trial, { id, before: text, after: 'text' in answer ? answer.text : text }, refusalOf(answer));
      }
      setState({ of, trial });
    }
    // A word that is being typed is not tried letter by letter.
    const timer = setTimeout(() => void tryAll(shape), 150);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      close();
    };
  }, [shape, samples]);
  return shape !== undefined && state?.of === shape ? state.trial : undefined;
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
    if (trial.first.length < MOST_SHOWN) trial.first.push(sample);
  }
}
