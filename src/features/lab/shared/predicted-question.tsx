import { Check, CircleQuestionMark, Pause } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { toast } from '@/ui/overlay/toast-store';
import type { Player, Predicted } from '../play/player';

/** Asks a question about the moment that is shown; where there is none, says why. */
export async function askQuestion(player: Player): Promise<void> {
  const { predictor } = await import('../predict/predict');
  const reason = player.predict(predictor);
  if (reason !== undefined) toast({ title: 'No question now', detail: reason });
}

/** Opens a question of free play, as a button. */
export const PredictButton = ({ player }: { player: Player }) => (
  <Button icon={<CircleQuestionMark />} kbd="Q" onClick={() => void askQuestion(player)}>
    Predict
  </Button>
);

const LETTERS = ['A', 'B', 'C', 'D', 'E'];
const PANEL = 'grid gap-2 border-t border-line bg-raised px-4 py-3';
const OPTION = 'flex items-center gap-2 rounded-6 border border-line-strong bg-surface px-3 py-1.5';

type QuestionProps = {
  player: Player;
  predicted: Predicted;
  /** What is chosen is not shown: a class is still thinking. */
  isHidden: boolean;
};

/** The question of free play, in the place of the caption: first its answers, then what the run says. */
export function PredictedQuestion(props: QuestionProps) {
  const { phase } = props.predicted;
  const place = useRef<HTMLDivElement>(null);
  // It may be out of sight in a small window; a question has the focus, so that it is read and answered next.
  useEffect(() => {
    if (phase === 'asked') place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [phase]);
  return (
    <div ref={place} tabIndex={-1} className="row-start-5 outline-none">
      {phase === 'asked' && <Asked {...props} />}
      {phase === 'running' && <Running {...props} />}
      {phase === 'told' && <Told {...props} />}
    </div>
  );
}

const Running = ({ predicted: { prediction } }: QuestionProps) => (
  <section className={PANEL} role="status" aria-label="Question">
    <p>
      <b className="font-semibold">{prediction.question}</b> The run goes on to where it is seen…
    </p>
  </section>
);

function Asked({ player, predicted: { prediction, answer: chosen }, isHidden }: QuestionProps) {
  const { question, options } = prediction;
  const shown = isHidden ? undefined : chosen;
  return (
    <section className={PANEL} aria-label="Question">
      <p className="flex items-center gap-1.5 text-12 text-text-3">
        <Pause size={12} aria-hidden="true" />
        Time stands still until you answer
      </p>
      <h2 id="lab-predicted" className="text-15 font-semibold">
        {question}
      </h2>
      <div className="flex flex-wrap gap-2" role="radiogroup" aria-labelledby="lab-predicted">
        {options.map((text, option) => (
          <label key={text} className={cx(OPTION, 'cursor-pointer', shown === option && 'outline-2 outline-accent')}>
            <input
              type="radio"
              name="lab-predicted"
              checked={shown === option}
              onChange={() => player.choose(option)}
              onKeyDown={(event) => event.key === 'Enter' && player.guess(isHidden ? (chosen ?? -1) : option)}
            />
            <span>{text}</span>
            <kbd className="text-11 text-text-3" aria-hidden="true">
              {LETTERS[option]}
            </kbd>
          </label>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          reason={chosen === undefined && !isHidden ? 'Choose an answer first' : undefined}
          onClick={() => player.guess(chosen ?? -1)}
        >
          Run and see
        </Button>
        <Button variant="ghost" onClick={() => player.guess(-1)}>
          I do not know
        </Button>
        <Button variant="ghost" onClick={player.forgetQuestion}>
          Put the question away
        </Button>
      </div>
    </section>
  );
}

function Told({ player, predicted: { prediction, answer = -1 } }: QuestionProps) {
  const { question, options, right, seen } = prediction;
  return (
    <section className={PANEL} role="status" aria-label="What the run says">
      <p className="text-12 text-text-3">
        {answer === right ? 'The run agrees with you' : answer < 0 ? 'The run says' : 'The run says otherwise'}
      </p>
      <h2 className="text-15 font-semibold">{question}</h2>
      <ul className="flex flex-wrap gap-2">
        {options.map((text, option) => (
          <li key={text} className={cx(OPTION, option === right ? 'outline-2 outline-accent' : 'text-text-3')}>
            {option === right && <Check size={14} aria-label="This is so" className="text-accent" />}
            <span>{text}</span>
            {option === answer && <b className="text-12 font-semibold">your answer</b>}
          </li>
        ))}
      </ul>
      <p>{seen}</p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => player.play()}>
          Continue
        </Button>
        <Button variant="ghost" onClick={() => void askQuestion(player)}>
          Ask another
        </Button>
      </div>
    </section>
  );
}
