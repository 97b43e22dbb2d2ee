import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { Arriving } from './arriving';

/**
 * A component of a lazy chunk. It draws at once when `preload` has settled; else `waiting` stands until it is loaded. React's
 * `lazy` is no help here: it suspends even when the chunk is there, and keeps a fallback that was shown for 300 ms.
 * @returns a component that throws what went wrong with the chunk, for the error boundary around it
 */
export function preloadable<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = <Arriving isPage />,
) {
  let loaded: ComponentType<Props> | undefined;
  const preload = async () => {
    loaded ??= await load();
    return loaded;
  };
  function Preloadable(props: Props) {
    // Chosen once: a later choice would remount the screen and lose its state.
    const [found, setFound] = useState<{ Screen?: ComponentType<Props> | undefined; failure?: unknown }>(() => ({
      Screen: loaded,
    }));
    const isThere = found.Screen !== undefined;
    useEffect(() => {
      if (isThere) return undefined;
      let isGone = false;
      async function find() {
        const next = await preload().then(
          (Screen) => ({ Screen }),
          (failure: unknown) => ({ failure }),
        );
        if (!isGone) setFound(next);
      }
      void find();
      return () => {
        isGone = true;
      };
    }, [isThere]);
    if (found.failure !== undefined) throw found.failure;
    return found.Screen ? <found.Screen {...props} /> : waiting;
  }
  return Object.assign(Preloadable, { preload });
}
