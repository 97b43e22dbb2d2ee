import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { whenFirstScreenIsThere } from '@/parts/first-screen';
import { PartFailure, type PartShape, PartWaiting } from './part-failure';

type Options<Props> = {
  /** How it says that it did not arrive; a `pane` and a `line` are loaded after the first screen. A `dialog` closes by the `onClose` of its props. Default: `line`. */
  shape?: PartShape;
  /** Stands until it is there. */
  waiting?: ReactNode | ((props: Props) => ReactNode);
  /** Stands before the words that it did not arrive. */
  beside?: (props: Props) => ReactNode;
  /** Closes a dialog whose props have no `onClose`. */
  onClose?: () => void;
};

/** Of a part that opens over the page. */
export const DIALOG = { shape: 'dialog' } as const;

/** What waits for a quiet moment to be loaded, in the order in which it was declared. */
const quiet: (() => Promise<unknown>)[] = [];

/** Has a quiet moment call `load`, after what was declared before. */
export const quietly = (load: () => Promise<unknown>) => void quiet.push(load);

/** The next part that a quiet moment may load; undefined when all are loaded or were tried. */
export const nextQuietPart = () => quiet.shift();

/**
 * A component of a lazy chunk. It draws at once when `preload` has settled; else `waiting` stands until it is loaded. When it does
 * not arrive, it says so in its place, with "Try again", and all around it stays. React's `lazy` is no help here: it suspends
 * even when the chunk is there, keeps a fallback that was shown for 300 ms, and remembers a failure for ever.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { shape = 'line', waiting, beside, onClose }: Options<Props> = {},
) {
  let loaded: ComponentType<Props> | undefined;
  const isBeside = shape === 'line' || shape === 'pane';
  const preload = async () => {
    loaded ??= await load();
    return loaded;
  };
  function LazyPart(props: Props) {
    // Chosen once: a later choice would remount the part and lose its state.
    const [found, setFound] = useState<{ Part?: ComponentType<Props> | undefined; failure?: unknown; tries: number }>(
      () => ({ Part: loaded, tries: 0 }),
    );
    const { Part, failure, tries } = found;
    const isThere = Part !== undefined;
    // What is mounted while it is shut is tried again whenever it opens.
    const isShut = 'isOpen' in props && props.isOpen === false;
    const [wasShut, setWasShut] = useState(isShut);
    if (wasShut !== isShut) {
      setWasShut(isShut);
      if (!isShut && failure !== undefined) setFound({ tries: tries + 1 });
    }
    useEffect(() => {
      if (isThere) return undefined;
      let isGone = false;
      async function find() {
        if (isBeside && tries === 0) await whenFirstScreenIsThere();
        const next = await preload().then(
          (arrived) => ({ Part: arrived, tries }),
          (cause: unknown) => ({ failure: cause, tries }),
        );
        if (!isGone) setFound(next);
      }
      void find();
      return () => {
        isGone = true;
      };
    }, [isThere, tries]);
    if (Part) return <Part {...props} />;
    if (isShut) return null;
    const close = onClose ?? ('onClose' in props ? (props.onClose as () => void) : undefined);
    if (failure === undefined)
      return typeof waiting === 'function'
        ? waiting(props)
        : (waiting ?? <PartWaiting shape={shape} onClose={close} />);
    return (
      <>
        {beside?.(props)}
        <PartFailure
          shape={shape}
          failure={failure}
          onClose={close}
          // The failure stands until the next try has ended, so that the button keeps the focus.
          onRetry={() => setFound({ failure, tries: tries + 1 })}
        />
      </>
    );
  }
  return Object.assign(LazyPart, { preload });
}

/** As `lazyPart`, for what a screen that is open may need next: a quiet moment loads it. */
export const quietPart: typeof lazyPart = (load, options) => {
  const part = lazyPart(load, options);
  quietly(part.preload);
  return part;
};
