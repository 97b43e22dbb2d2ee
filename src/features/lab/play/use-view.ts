import { useEffect, useState } from 'react';
import type { LabScene } from '@/actions/lab-actions';
import { paramsAt } from './params-at';
import type { Player } from './player';
import { useScene } from './use-player';
import { workersOf } from './workers-of';

/** What lists and pictures of the past are made of, at most: ms of the run, and events. */
const RECENT = { ms: 600_000, events: 3000 };

/** A run as it is looked at, in free play and in lessons alike: the moment, and what the person has switched on. */
export function useView(player: Player) {
  const scene = useScene(player);
  const [asConsumer, setAsConsumer] = useState(false);
  const [isList, setList] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [isPresenting, setPresenting] = useState(false);
  /** Id of the message whose life is shown. */
  const [opened, setOpened] = useState<string>();
  const { world, now, run } = scene;
  useAwake(isPresenting);
  const toggles: Record<Parameters<LabScene['toggle']>[0], () => void> = {
    consumer: () => setAsConsumer(!asConsumer),
    list: () => setList(!isList),
    present: () => setPresenting(!isPresenting),
  };
  return {
    scene,
    asConsumer,
    isList,
    isPresenting,
    opened,
    setOpened,
    toggle: (what: keyof typeof toggles) => toggles[what](),
    /** The settings of the moment. */
    params: paramsAt(run.params, run.inputs, now),
    /** The recent past. */
    events: player.film.between(now - RECENT.ms, now, RECENT.events),
    caption: scene.caption,
    workers: workersOf(world),
  };
}

export type LabView = ReturnType<typeof useView>;

/** Keeps the screen awake while something is presented, where the browser can; ends full screen with it. */
function useAwake(isPresenting: boolean) {
  useEffect(() => {
    if (!isPresenting) return;
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const keep = async () => {
      if (document.visibilityState !== 'visible') return;
      // A browser that refuses lets the screen go dark as it would else.
      const kept = await wakeLock?.request('screen').catch(() => undefined);
      if (isOver) await kept?.release();
      else lock = kept;
    };
    // A tab that was hidden has lost it.
    const again = () => void keep();
    void keep();
    document.addEventListener('visibilitychange', again);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, [isPresenting]);
}
