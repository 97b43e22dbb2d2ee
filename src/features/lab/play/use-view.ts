import { useState } from 'react';
import type { LabScene } from '@/actions/lab-actions';
import { captionAt } from './caption-at';
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
    caption: captionAt(player, scene),
    workers: workersOf(world),
  };
}

export type LabView = ReturnType<typeof useView>;
