import { useEffect, useRef } from 'react';
import type { Player } from '../play/player';
import { type Flight, flightsOf, type Stop } from './flights';

/** Real ms that a token is on its way. */
const FLIGHT_MS = 450;
/** Above so many, tokens are dots. */
const MOST_TOKENS = 120;
/** Above so many, no more are drawn: the lists have the numbers. */
const MOST_DOTS = 500;
const TOKEN = { width: 52, height: 20 };

/**
 * Draws messages on their way over the scene: decoration, hidden from assistive technology and absent where motion is not
 * wanted. What stands still is not drawn here.
 */
export function FlightCanvas({ player }: { player: Player }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    return drawFlights(element, player);
  }, [player]);
  return <canvas ref={canvas} aria-hidden="true" className="fly" />;
}

/** Draws in each frame while the run plays and while anything is on its way; returns what ends it. */
function drawFlights(canvas: HTMLCanvasElement, player: Player): () => void {
  const context = canvas.getContext('2d');
  const stage = canvas.parentElement;
  if (!context || !stage) return () => {};
  const bitmaps = new Map<string, HTMLCanvasElement>();
  /** When each token left, in real ms. */
  let flying: (Flight & { left: number })[] = [];
  let shown = player.scene().now;
  let frame: number | undefined;

  function draw(time: number): void {
    frame = undefined;
    const { now, playing } = player.scene();
    // A jump in time has no way between: nothing flies.
    if (now < shown || now - shown > 20_000) flying = [];
    else
      for (const flight of flightsOf(player.film.between(Math.floor(shown) + 1, Math.floor(now)), player.nameOf))
        if (flying.length < MOST_DOTS) flying.push({ ...flight, left: time });
    shown = now;
    flying = flying.filter(({ left }) => time - left < FLIGHT_MS);
    paint(time);
    if (playing || flying.length > 0) frame = requestAnimationFrame(draw);
  }

  function paint(time: number): void {
    if (!context || !stage) return;
    const { clientWidth: width, clientHeight: height } = stage;
    const scale = devicePixelRatio;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      bitmaps.clear();
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    if (flying.length === 0) return;
    const places = placesOf(stage);
    const isDots = flying.length > MOST_TOKENS;
    for (const flight of flying) {
      const from = places(flight.from);
      const to = places(flight.to);
      if (!from || !to) continue;
      const share = Math.min(1, (time - flight.left) / FLIGHT_MS);
      const eased = 1 - (1 - share) ** 3;
      const x = from.x + (to.x - from.x) * eased;
      const y = from.y + (to.y - from.y) * eased;
      context.globalAlpha = share < 0.8 ? 1 : (1 - share) / 0.2;
      if (isDots) {
        context.fillStyle = colourOf(stage, flight.tone);
        context.fillRect(x - 5, y - 4, 10, 8);
      } else {
        const bitmap = bitmapOf(flight, stage, scale);
        context.drawImage(bitmap, x - TOKEN.width / 2, y - TOKEN.height / 2, TOKEN.width, TOKEN.height);
      }
    }
    context.globalAlpha = 1;
  }

  function bitmapOf({ label, tone }: Flight, place: Element, scale: number): HTMLCanvasElement {
    const key = `${label} ${tone} ${document.documentElement.dataset['theme'] ?? ''}`;
    const known = bitmaps.get(key);
    if (known) return known;
    if (bitmaps.size > 400) bitmaps.clear();
    const bitmap = document.createElement('canvas');
    bitmap.width = TOKEN.width * scale;
    bitmap.height = TOKEN.height * scale;
    const pen = bitmap.getContext('2d');
    if (pen) {
      pen.scale(scale, scale);
      pen.fillStyle = colourOf(place, tone);
      pen.beginPath();
      pen.roundRect(0, 0, TOKEN.width, TOKEN.height, 5);
      pen.fill();
      pen.fillStyle = getComputedStyle(place).getPropertyValue('--on-ink');
      pen.font = '600 11px system-ui, sans-serif';
      pen.textAlign = 'center';
      pen.textBaseline = 'middle';
      pen.fillText(label, TOKEN.width / 2, TOKEN.height / 2 + 0.5);
    }
    bitmaps.set(key, bitmap);
    return bitmap;
  }

  const wake = () => void (frame ??= requestAnimationFrame(draw));
  const end = player.subscribe(wake);
  wake();
  return () => {
    end();
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}

const colourOf = (place: Element, tone: Flight['tone']) => getComputedStyle(place).getPropertyValue(`--${tone}-solid`);

/** Where stops are, in px of the stage; each is measured once a frame. */
function placesOf(stage: Element): (stop: Stop) => { x: number; y: number } | undefined {
  const origin = stage.getBoundingClientRect();
  const known = new Map<Stop, { x: number; y: number } | undefined>();
  return (stop) => {
    if (known.has(stop)) return known.get(stop);
    const element = stage.querySelector(`[data-stop="${stop === 'away' ? 'done' : stop}"]`);
    const box = element?.getBoundingClientRect();
    const place = box && { x: box.left + box.width / 2 - origin.left, y: box.top + box.height / 2 - origin.top };
    known.set(stop, place);
    return place;
  };
}
