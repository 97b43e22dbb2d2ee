import { type ComponentType, lazy, useState } from 'react';

/**
 * A component of a lazy chunk that draws at once when `preload` has settled. `lazy` alone suspends even then, and React
 * keeps a fallback that was shown for 300 ms.
 */
export function preloadable<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | undefined;
  const preload = async () => {
    loaded = await load();
  };
  const Late = lazy(async () => ({ default: await load() }));
  function Preloadable(props: Props) {
    // Chosen once: another choice later would draw the screen anew and lose its state.
    const [Screen] = useState(() => loaded ?? Late);
    return <Screen {...props} />;
  }
  return Object.assign(Preloadable, { preload });
}
