import { useEffect, useRef } from 'react';
import { insist } from '@/parts/insist';
import type { Player } from '../play/player';

/**
 * Draws messages on their way over the scene: decoration, hidden from assistive technology and absent where motion is not
 * wanted. What stands still is not drawn here.
 */
export function FlightCanvas({ player }: { player: Player }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    let end: (() => void) | undefined;
    let isGone = false;
    async function begin(on: HTMLCanvasElement) {
      // Decoration: nobody waits for its code.
      const { drawFlights } = await insist(() => import('./draw-flights'));
      if (!isGone) end = drawFlights(on, player);
    }
    void begin(element);
    return () => {
      isGone = true;
      end?.();
    };
  }, [player]);
  return <canvas ref={canvas} aria-hidden="true" className="fly" />;
}
