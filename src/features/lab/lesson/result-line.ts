import { type Lesson, rightOptions } from '@/lab/lessons/lesson';
import { counted, plural } from '@/words/counts';
import type { Scene } from '../play/player';

/** The one line of text for a class: lesson, seed, steps, predictions that the run agreed with. */
export function resultLine(lesson: Lesson, title: string, scene: Pick<Scene, 'progress' | 'answers' | 'run'>): string {
  const { ticks } = scene.progress;
  const asked = lesson.steps.flatMap(({ ask }, index) => (ask ? [{ ask, index }] : []));
  const right = asked.filter(({ ask, index }) => {
    const tick = ticks[index];
    return tick !== undefined && rightOptions(ask, tick.facts).includes(scene.answers[index] ?? -1);
  });
  const predictions = plural(asked.length, 'prediction');
  return `Queuescope lab: ${title}, seed ${scene.run.seed}, ${ticks.length} of ${counted(lesson.steps.length, 'step')}, ${right.length} of ${asked.length} ${predictions} right`;
}
