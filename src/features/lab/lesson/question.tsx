import { Check, Pause } from 'lucide-react';
import { type Question as Asked, rightOptions, type Step, type Tick } from '@/lab/lessons/lesson';
import { cx } from '@/ui/format/cx';
import { runTime } from '../text/names';
import { Answers, type AnswersProps, verdict } from './answers';

const LETTERS = ['A', 'B', 'C', 'D'];

type QuestionProps = AnswersProps & {
  ask: Asked;
  onChoose: (option: number) => void;
};

/** A question before the step: time stands still until it is answered. */
export function Question({ ask, chosen, isHidden, onChoose, onAnswer }: QuestionProps) {
  return (
    <section className="pred" aria-label="Question" ref={intoView}>
      <p className="pred__k">
        <Pause size={12} aria-hidden="true" className="i" />
        Time stands still until you answer
      </p>
      <h2 id="lab-question">{ask.question}</h2>
      <div className="opts" role="radiogroup" aria-labelledby="lab-question">
        {ask.options.map(({ text }, option) => (
          <label key={text} className={cx('opt', chosen === option && !isHidden && 'is-on')}>
            <input
              type="radio"
              name="lab-question"
              checked={chosen === option && !isHidden}
              onChange={() => onChoose(option)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                onAnswer(isHidden ? (chosen ?? -1) : option);
              }}
            />
            <span>{text}</span>
            <kbd className="opt__k" aria-hidden="true">
              {LETTERS[option]}
            </kbd>
          </label>
        ))}
      </div>
      <div className="pred__f">
        <Answers chosen={chosen} isHidden={isHidden} onAnswer={onAnswer} />
      </div>
      <p className="pred__n">
        {isHidden
          ? 'Choose by letter: what is chosen is shown when the run has spoken.'
          : 'The run decides, not an answer key: what is seen then is compared with what you chose.'}
      </p>
    </section>
  );
}

/** In a small window it may be below the fold, and time waits for it. */
const intoView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });

type ResultProps = {
  step: Step & { ask: Asked };
  tick: Tick;
  /** −1: "I do not know". */
  mine: number;
  /** How the answer was seen: `a peek`. */
  how: string;
  onProof: (call: number) => void;
};

/** What the run says to an answer: the options, which one held, and the fact it was read from. */
export function Result({ step, tick, mine, how, onProof }: ResultProps) {
  const right = rightOptions(step.ask, tick.facts);
  const { proof } = tick;
  return (
    <section className="pred" role="status" aria-label="What the run says" ref={intoView}>
      <p className="pred__k">
        {right.includes(mine) && <Check size={12} aria-hidden="true" className="i" />}
        {verdict(right.includes(mine), mine)}
      </p>
      <h2>{step.ask.question}</h2>
      <ul className="opts">
        {step.ask.options.map(({ text }, option) => (
          <li key={text} className={cx('opt', right.includes(option) ? 'is-right' : 'is-wrong')}>
            <span aria-hidden="true">{right.includes(option) ? <Check size={14} /> : null}</span>
            <span>
              {text}
              {right.includes(option) && <span className="sr-only"> (this is what the run shows)</span>}
            </span>
            {option === mine && (
              <span className="opt__r">
                {right.includes(option) && <Check size={12} aria-hidden="true" />}
                your answer
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="pred__n">
        The answer was read from the queue, not from a key: {how} at {runTime(tick.at)} gave{' '}
        <b>{step.seen(tick.facts)}</b>.{' '}
        {proof !== undefined && (
          <button type="button" className="link" onClick={() => onProof(proof)}>
            Show the request
          </button>
        )}
      </p>
    </section>
  );
}
