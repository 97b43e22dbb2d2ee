import { type Lesson, rightOptions } from '@/lab/lessons/lesson';
import type { Scene } from '../play/player';

/** The one line of text for a class: lesson, seed, steps, predictions that the run agreed with. */
export function resultLine(lesson: Lesson, title: string, scene: Pick<Scene, 'progress' | 'answers' | 'run'>): string {
  const { ticks } = scene.progress;
  const asked = lesson.steps.flatMap(({ ask }, index) => (ask ? [{ ask, index }] : []));
  const right = asked.filter(({ ask, index }) => {
    const tick = ticks[index];
    return tick !== undefined && rightOptions(ask, tick.facts).includes(scene.answers[index] ?? -1);
  });
  const predictions = asked.length === 1 ? 'prediction' : 'predictions';
  return `Queuescope lab: ${title}, seed ${scene.run.seed}, ${ticks.length} of ${lesson.steps.length} steps, ${right.length} of ${asked.length} ${predictions} right`;
}
