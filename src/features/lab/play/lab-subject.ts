import { BURST, type LabScene } from '@/actions/lab-actions';
import type { Player, Scene } from './player';

type View = {
  /** The question that is open, if any. */
  question?: { options: readonly unknown[] } | undefined;
  /** Asks a question about the moment, where there are such. */
  predict?: () => void;
  isPresenting: boolean;
  /** The person may receive beside the workers. */
  canReceive?: boolean;
  toggle: LabScene['toggle'];
  next: LabScene['next'];
  goOn?: () => void;
  answer?: (option: number) => void;
  restart?: () => void;
};

/** The scene as the keys of the lab act on it. */
export function labSubject(player: Player, scene: Scene, view: View): LabScene {
  const {
    question,
    isPresenting,
    toggle,
    next,
    goOn = () => next(1),
    answer = () => {},
    restart = () => player.restart(),
  } = view;
  return {
    isPlaying: scene.playing,
    isAsking: question !== undefined,
    options: question?.options.length ?? 0,
    isAlone: view.canReceive === true || scene.run.params.workers === 0,
    isPresenting,
    play: () => (scene.playing ? player.pause() : player.play()),
    step: player.step,
    scrub: (ms) => player.seek(scene.aim + ms),
    toStart: () => player.seek(0),
    toEnd: () => player.seek(scene.end),
    setSpeed: player.setSpeed,
    act: (what) =>
      player.act(
        what === 'burst'
          ? { act: 'burst', count: BURST }
          : what === 'crash'
            ? { act: 'crash', worker: focusedWorker() }
            : { act: what },
      ),
    answer,
    toggle,
    next,
    goOn,
    restart,
    ...(view.predict && { predict: view.predict }),
  };
}

/** The number of the worker whose card has the focus; 0, the one that has been at work the longest, where none has. */
function focusedWorker(): number {
  const card = document.activeElement?.closest('[data-stop^="actor worker "]');
  return Number(card?.getAttribute('data-stop')?.split(' ')[2] ?? 0);
}
