import { startTransition, useEffect, useState } from 'react';
import type { Lesson } from '@/lab/lessons/lesson';
import type { Run } from '@/lab/run/run';
import { createPlayer, type Player, type Scene } from './player';
import { openWorkerStage } from './worker-stage';

/**
 * Plays a run for as long as the component is mounted; undefined until its worker is there. `at`: ms of the run that are shown
 * first.
 */
export function usePlayer(
  run: Run,
  { lesson, at = 0 }: { lesson?: Lesson | undefined; at?: number | undefined } = {},
): Player | undefined {
  const [player, setPlayer] = useState<Player>();
  // A run is a value of its own for each address, and the screen is mounted anew for another one.
  const [first] = useState({ run, at });
  useEffect(() => {
    const opened = createPlayer(first.run, { open: openWorkerStage, ...(lesson && { lesson }) });
    if (first.at > 0) opened.seek(first.at);
    // oxlint-disable-next-line react/set-state-in-effect -- the worker is opened and ended with the screen
    setPlayer(opened);
    return () => opened.end();
  }, [first, lesson]);
  return player;
}

/**
 * The moment that is shown. Where nothing but time has gone on, React draws it in slices, so that frames and keys come between; the
 * player waits with the next one until this one is drawn. What a person did is drawn at once: the next key means what is seen.
 */
export function useScene(player: Player): Scene {
  const [scene, setScene] = useState(player.scene);
  useEffect(() => {
    let last = player.scene();
    const changed = () => {
      const next = player.scene();
      const isOnlyTime = BY_A_PERSON.every((name) => next[name] === last[name]) && next.playing;
      last = next;
      if (!isOnlyTime) {
        setScene(next);
        return;
      }
      player.drawing(true);
      startTransition(() => setScene(next));
    };
    changed();
    return player.subscribe(changed);
  }, [player]);
  useEffect(() => player.drawing(false));
  return scene;
}

/** What changes by an act, or makes time stand still. */
const BY_A_PERSON = ['playing', 'speed', 'run', 'asking', 'answers', 'predicted', 'broken', 'missing'] as const;
