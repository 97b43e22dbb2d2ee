import { Check, Lightbulb } from 'lucide-react';
import { useEffect } from 'react';
import type { Question as Asked, Lesson, Step, Watched } from '@/lab/lessons/lesson';
import type { LessonTitle } from '@/lab/lessons/titles';
import { Button } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { lazyPart } from '@/ui/parts/lazy-part';
import type { Scene } from '../play/player';
import { runTime } from '../text/names';

// No lesson begins with a question: its code comes while the first step is done.
const load = () => import('./question');
const Question = lazyPart(async () => (await load()).Question);
const Result = lazyPart(async () => (await load()).Result);

type StepsProps = {
  title: LessonTitle;
  lesson: Lesson;
  scene: Scene;
  chosen: number | undefined;
  isHintOpen: boolean;
  isPresenting: boolean;
  /** There is no column beside, or it is not shown. */
  isAlone: boolean;
  onChoose: (option: number) => void;
  onAnswer: (option: number) => void;
  onProof: (call: number) => void;
  /** Copies what came of the lesson, in one line. */
  onCopyResult: () => void;
};

/** The steps of a lesson: done ones with what was seen, the current one with what it waits for, and its question. */
export function Steps(props: StepsProps) {
  const { title, lesson, scene, chosen, isPresenting, isAlone, onChoose, onAnswer, onProof, onCopyResult } = props;
  const { ticks } = scene.progress;
  const isDone = ticks.length >= lesson.steps.length;
  const asked = scene.asking === undefined ? undefined : lesson.steps[scene.asking]?.ask;
  const last = ticks.length - 1;
  const revealed = lesson.steps[last];
  const tick = ticks[last];
  useEffect(() => void load().catch(() => {}), []);
  return (
    <>
      <div className="les__t">
        <h2>{title.headline}</h2>
        <p>{title.story}</p>
      </div>
      <ol className="steps" aria-label="Steps">
        {lesson.steps.map((step, index) => (
          <StepLine key={step.title} {...props} step={step} index={index} />
        ))}
      </ol>
      {asked && (
        <Question ask={asked} chosen={chosen} isHidden={isPresenting} onChoose={onChoose} onAnswer={onAnswer} />
      )}
      {!asked && tick && hasQuestion(revealed) && (
        <Result
          step={revealed}
          tick={tick}
          mine={scene.answers[last] ?? -1}
          how={HOW[revealed.watch]}
          onProof={onProof}
        />
      )}
      {isDone && isAlone && (
        <div className="rem" role="status">
          <span className="rem__k">To remember</span>
          <p>{title.remember}</p>
          <span>
            <Button onClick={onCopyResult}>Copy result</Button>
          </span>
        </div>
      )}
    </>
  );
}

const hasQuestion = (step: Step | undefined): step is Step & { ask: Asked } => step?.ask !== undefined;

/** How the check of a step saw it. */
const HOW: Readonly<Record<Watched, string>> = {
  peek: 'a peek',
  count: 'the count',
  answers: 'an answer',
  effects: 'the effects',
};
const SEEN: Readonly<Record<Watched, string>> = {
  peek: 'seen by peek at',
  count: 'seen by the count at',
  answers: 'in an answer at',
  effects: 'in the effects at',
};

function StepLine({ step, index, scene, isHintOpen, onProof }: StepsProps & { step: Step; index: number }) {
  const tick = scene.progress.ticks[index];
  const isNow = index === scene.progress.ticks.length;
  const proof = tick?.proof;
  return (
    <li
      className={cx('step', tick ? 'is-done' : isNow ? 'is-now' : 'is-todo')}
      aria-current={isNow ? 'step' : undefined}
    >
      <span className="step__i" aria-hidden={tick ? undefined : true}>
        {tick ? <Check size={12} aria-label="Done" /> : index + 1}
      </span>
      <div className="min-w-0">
        <span className="step__n">{step.title}</span>
        {tick && (
          <span className="step__a">
            <b>{step.seen(tick.facts)}</b>{' '}
            {proof === undefined ? (
              `${SEEN[step.watch]} ${runTime(tick.at)}`
            ) : (
              <button type="button" className="link" title="Show the request" onClick={() => onProof(proof)}>
                {SEEN[step.watch]} {runTime(tick.at)}
              </button>
            )}
          </span>
        )}
        {isNow && step.say !== undefined && <span className="step__s">{step.say}</span>}
        {isNow && <span className="step__a">waits for: {step.waits}</span>}
        {isNow && isHintOpen && (
          <span className="step__h" role="status">
            <Lightbulb size={14} aria-hidden="true" />
            <span>{step.hint}</span>
          </span>
        )}
      </div>
    </li>
  );
}
