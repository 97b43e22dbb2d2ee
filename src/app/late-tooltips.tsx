import { useEffect, useState } from 'react';
import { quietPart } from '@/ui/parts/lazy-part';

const Tooltips = quietPart(async () => (await import('@/ui/overlay/tooltips')).Tooltips);

/**
 * The tooltips. No first screen needs their code: it is loaded in a quiet moment, or when the pointer or the focus comes to what
 * names one. When it does not arrive, the next such time asks for it again: a tooltip says nothing that is said nowhere else.
 */
export function LateTooltips() {
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    if (isThere) return undefined;
    function come({ target }: Event) {
      if (!(target instanceof Element && target.closest('[data-tip]'))) return;
      Tooltips.preload().then(
        () => setIsThere(true),
        () => undefined,
      );
    }
    document.addEventListener('pointerover', come);
    document.addEventListener('focusin', come);
    return () => {
      document.removeEventListener('pointerover', come);
      document.removeEventListener('focusin', come);
    };
  }, [isThere]);
  return isThere && <Tooltips />;
}
