import { Check, Pause } from 'lucide-react';
import { type Lesson, rightOptions, type Step } from '@/lab/lessons/lesson';
import type { LessonTitle } from '@/lab/lessons/titles';
import type { Act } from '@/lab/run/run';
import { Button } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import type { Scene } from '../play/player';
import { runTime } from '../text/names';

type StepsProps = {
  title: LessonTitle;
  lesson: Lesson;
  scene: Scene;
  chosen: number | undefined;
  onChoose: (option: number) => void;
  onAnswer: (option: number) => void;
  onAct: (act: Act) => void;
  onGoOn: () => void;
};

/** The steps of a lesson: done ones with what was seen, the current one with its button or its question. */
export function Steps(props: StepsProps) {
  const { title, lesson, scene } = props;
  const { ticks } = scene.progress;
  const isDone = ticks.length >= lesson.steps.length;
  const lastAsked = lesson.steps.findLastIndex((step, index) => step.ask && index < ticks.length);
  return (
    <>
      <div className="les__t">
        <h2>{title.title}</h2>
        <p>{title.story}</p>
      </div>
      <ol className="steps">
        {lesson.steps.map((step, index) => (
          <StepLine key={step.title} {...props} step={step} index={index} />
        ))}
      </ol>
      {scene.asking !== undefined && <Ask {...props} index={scene.asking} />}
      {scene.asking === undefined && lastAsked >= 0 && lastAsked === ticks.length - 1 && (
        <Result {...props} index={lastAsked} />
      )}
      {isDone && (
        <div className="rem" role="status">
          <span className="rem__k">To remember</span>
          <p>{title.remember}</p>
        </div>
      )}
    </>
  );
}

function StepLine({ step, index, scene, onAct, onGoOn }: StepsProps & { step: Step; index: number }) {
  const tick = scene.progress.ticks[index];
  const isNow = index === scene.progress.ticks.length;
  const isWaiting = isNow && scene.asking === undefined && !scene.playing;
  return (
    <li
      className={cx('step', tick ? 'is-done' : isNow ? 'is-now' : 'is-todo')}
      aria-current={isNow ? 'step' : undefined}
    >
      <span className="step__i" aria-hidden={tick ? undefined : true}>
        {tick ? <Check size={12} aria-label="Done" /> : index + 1}
      </span>
      <div className="grid min-w-0 gap-1">
        <span className="step__n">{step.title}</span>
        {tick && (
          <span className="step__a">
            <b>{step.seen(tick.facts)}</b> seen by {WATCHED[step.watch]} at {runTime(tick.at)}
          </span>
        )}
        {isNow && step.say !== undefined && <span className="text-12 text-text-2">{step.say}</span>}
        {isNow && scene.asking === undefined && step.act && (
          <span>
            <Button variant={isWaiting ? 'primary' : 'default'} onClick={() => step.act && onAct(step.act)}>
              {step.title}
            </Button>
          </span>
        )}
        {isWaiting && !step.act && (
          <span>
            <Button variant="primary" onClick={onGoOn}>
              Let time go on
            </Button>
          </span>
        )}
      </div>
    </li>
  );
}

const WATCHED = { peek: 'peek', count: 'the count', answers: 'the answers', effects: 'the effects' } as const;
const LETTERS = ['A', 'B', 'C', 'D'];

function Ask({ lesson, index, chosen, onChoose, onAnswer }: StepsProps & { index: number }) {
  const ask = lesson.steps[index]?.ask;
  if (!ask) return null;
  return (
    <section className="pred" aria-label="Question">
      <p className="pred__k">
        <Pause size={12} aria-hidden="true" className="i" />
        Time stands still until you answer
      </p>
      <h2 id="lab-question">{ask.question}</h2>
      <div className="opts" role="radiogroup" aria-labelledby="lab-question">
        {ask.options.map(({ text }, option) => (
          <label key={text} className={cx('opt', chosen === option && 'is-on')}>
            <input
              type="radio"
              name="lab-question"
              checked={chosen === option}
              onChange={() => onChoose(option)}
              onKeyDown={(event) => event.key === 'Enter' && onAnswer(option)}
            />
            <span>{text}</span>
            <kbd className="opt__k" aria-hidden="true">
              {LETTERS[option]}
            </kbd>
          </label>
        ))}
      </div>
      <div className="pred__f">
        <Button
          variant="primary"
          size="lg"
          reason={chosen === undefined ? 'Choose an answer first' : undefined}
          onClick={() => chosen !== undefined && onAnswer(chosen)}
        >
          Run and see
        </Button>
        <Button variant="ghost" onClick={() => onAnswer(-1)}>
          I do not know
        </Button>
      </div>
      <p className="pred__n">The run decides, not an answer key: what is seen then is compared with what you chose.</p>
    </section>
  );
}

function Result({ lesson, scene, index }: StepsProps & { index: number }) {
  const step = lesson.steps[index];
  const tick = scene.progress.ticks[index];
  if (!step?.ask || !tick) return null;
  const right = rightOptions(step.ask, tick.facts);
  const mine = scene.answers[index] ?? -1;
  const agrees = right.includes(mine);
  return (
    <section className="pred" role="status" aria-label="What the run says">
      <p className="pred__k">
        {agrees ? 'The run agrees with you' : mine < 0 ? 'The run says' : 'The run says otherwise'}
      </p>
      <h2>{step.ask.question}</h2>
      <ul className="opts">
        {step.ask.options.map(({ text }, option) => (
          <li key={text} className={cx('opt', right.includes(option) ? 'is-right' : 'is-wrong')}>
            <span aria-hidden="true">{right.includes(option) ? <Check size={14} /> : null}</span>
            <span>{text}</span>
            {option === mine && <span className="opt__r">your answer</span>}
          </li>
        ))}
      </ul>
      <p className="pred__n">{step.seen(tick.facts)}</p>
    </section>
  );
}
