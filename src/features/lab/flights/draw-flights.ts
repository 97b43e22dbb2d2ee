import { boxesWithin, zoomOf } from '@/ui/browser/boxes-within';
import type { Player } from '../play/player';
import { type Flight, flightsOf, type Stop } from './flights';

/** Real ms that a token is on its way. */
const FLIGHT_MS = 450;
/** Above so many, tokens are dots. */
const MOST_TOKENS = 120;
/** Above so many, each way is a ribbon with its number. */
const MOST_DOTS = 500;
const TOKEN = { width: 52, height: 20 };
const DOT = { width: 10, height: 8 };
/** Px of a ribbon: at least, at most, and for each message. */
const RIBBON = { least: 2, most: 14, each: 0.04 };
const MOST_BITMAPS = 400;
/** Real ms between two measurements of where things stand. */
const LOOK_MS = 300;
/** And between two drawings of ribbons. */
const RIBBON_MS = 100;
/** Ms of the run that are a jump, not a way. */
const JUMP_MS = 20_000;

/** So many messages that left together, by the page's clock. */
type Group = Flight & { left: number; count: number };

/** Draws in each frame while the run plays and while anything is on its way; returns what ends it. */
export function drawFlights(canvas: HTMLCanvasElement, player: Player): () => void {
  const context = canvas.getContext('2d');
  const stage = canvas.parentElement;
  if (!context || !stage) return () => {};
  let flying: Group[] = [];
  let shown = player.scene().now;
  let frame: number | undefined;
  let isClear = true;
  let painted = Number.NEGATIVE_INFINITY;
  let look: Look | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let isStale = true;

  function draw(time: number): void {
    frame = undefined;
    const { now, playing } = player.scene();
    flying = flying.filter(({ left }) => time - left < FLIGHT_MS);
    // A jump in time has no way between: nothing flies.
    if (now < shown || now - shown > JUMP_MS) flying = [];
    else {
      const began = flightsOf(player.film.between(Math.floor(shown) + 1, Math.floor(now)), player.nameOf);
      if (flying.length + began.length <= MOST_DOTS)
        for (const one of began) flying.push({ ...one, left: time, count: 1 });
      else flying.push(...grouped(began, time));
    }
    shown = now;
    const all = flying.reduce((sum, { count }) => sum + count, 0);
    // Ribbons do not move: their numbers need no more than the lists.
    if (all > MOST_DOTS ? time - painted >= RIBBON_MS : all > 0 || !isClear) paint(time, all);
    if (playing || flying.length > 0) frame = requestAnimationFrame(draw);
  }

  function paint(time: number, all: number): void {
    painted = time;
    if (!context || !stage) return;
    // Measured anew now and then, and only when the lists may have changed: that takes a layout of the page.
    if (!look || (isStale && time - lookedAt >= LOOK_MS)) {
      look = lookAt(stage);
      lookedAt = time;
      isStale = false;
    }
    const { width, height, scale } = look;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    isClear = flying.length === 0;
    if (all > MOST_DOTS) paintRibbons(context, look, flying);
    else paintTokens(context, look, flying, time, all > MOST_TOKENS);
    context.globalAlpha = 1;
  }

  const wake = () => void (frame ??= requestAnimationFrame(draw));
  const stale = () => {
    isStale = true;
    wake();
  };
  const end = player.subscribe(stale);
  const resized = new ResizeObserver(stale);
  resized.observe(stage);
  stage.addEventListener('scroll', stale, { capture: true, passive: true });
  wake();
  return () => {
    end();
    resized.disconnect();
    stage.removeEventListener('scroll', stale, { capture: true });
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}

/** One group for each way. */
function grouped(flights: readonly Flight[], left: number): Group[] {
  const groups = new Map<string, Group>();
  for (const flight of flights) {
    const way = `${flight.from} ${flight.to}`;
    const group = groups.get(way);
    if (group) group.count++;
    else groups.set(way, { ...flight, left, count: 1 });
  }
  return [...groups.values()];
}

type Place = { x: number; y: number };
type Colours = Record<Flight['tone'] | 'ink', string>;
/** The stage as it was when it was last measured. */
type Look = {
  width: number;
  height: number;
  scale: number;
  colours: Colours;
  place: (stop: Stop) => Place | undefined;
  bitmap: (flight: Flight) => HTMLCanvasElement;
};

function lookAt(stage: HTMLElement): Look {
  // What is magnified for a presentation is drawn as fine as it is seen.
  const scale = devicePixelRatio * zoomOf(stage);
  const colours = coloursOf(stage);
  return {
    width: stage.clientWidth,
    height: stage.clientHeight,
    scale,
    colours,
    place: placesOf(stage),
    bitmap: ({ label, tone }) => bitmapOf(label, colours[tone], colours.ink, scale),
  };
}

/** The colours of each theme that was seen: to read them takes the styles of the page. */
const palettes = new Map<string, Colours>();

function coloursOf(stage: Element): Colours {
  const theme = `${document.documentElement.dataset['theme'] ?? ''} ${matchMedia('(prefers-color-scheme: dark)').matches} ${matchMedia('(forced-colors: active)').matches}`;
  const known = palettes.get(theme);
  if (known) return known;
  const style = getComputedStyle(stage);
  const colours = {
    accent: style.getPropertyValue('--accent-solid'),
    leased: style.getPropertyValue('--leased-solid'),
    danger: style.getPropertyValue('--danger-solid'),
    ink: style.getPropertyValue('--on-ink'),
  };
  palettes.set(theme, colours);
  return colours;
}

function paintTokens(
  context: CanvasRenderingContext2D,
  look: Look,
  flying: readonly Group[],
  time: number,
  isDots: boolean,
): void {
  for (const flight of flying) {
    const from = look.place(flight.from);
    const to = look.place(flight.to);
    if (!from || !to) continue;
    const share = Math.min(1, (time - flight.left) / FLIGHT_MS);
    const eased = 1 - (1 - share) ** 3;
    const x = from.x + (to.x - from.x) * eased;
    const y = from.y + (to.y - from.y) * eased;
    context.globalAlpha = share < 0.8 ? 1 : (1 - share) / 0.2;
    if (isDots) {
      context.fillStyle = look.colours[flight.tone];
      context.fillRect(x - DOT.width / 2, y - DOT.height / 2, DOT.width, DOT.height);
    } else context.drawImage(look.bitmap(flight), x - TOKEN.width / 2, y - TOKEN.height / 2, TOKEN.width, TOKEN.height);
  }
}

/** Each way as a line that is as wide as there are messages on it, with their number. */
function paintRibbons(context: CanvasRenderingContext2D, look: Look, flying: readonly Group[]): void {
  const ways = new Map<string, Group>();
  for (const flight of flying) {
    const way = `${flight.from} ${flight.to}`;
    const group = ways.get(way);
    if (group) group.count += flight.count;
    else ways.set(way, { ...flight });
  }
  context.lineCap = 'round';
  context.font = '600 11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { from, to, tone, count } of ways.values()) {
    const start = look.place(from);
    const end = look.place(to);
    if (!start || !end) continue;
    context.globalAlpha = 0.25;
    context.strokeStyle = look.colours[tone];
    context.lineWidth = Math.min(RIBBON.most, RIBBON.least + count * RIBBON.each);
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
    context.stroke();
    const x = (start.x + end.x) / 2;
    const y = (start.y + end.y) / 2;
    context.globalAlpha = 1;
    // A number changes with each frame: it is written, and not kept as a bitmap.
    context.fillStyle = look.colours[tone];
    context.fillRect(x - TOKEN.width / 2, y - TOKEN.height / 2, TOKEN.width, TOKEN.height);
    context.fillStyle = look.colours.ink;
    context.fillText(`×${count}`, x, y + 0.5);
  }
}

const bitmaps = new Map<string, HTMLCanvasElement>();

/** A token with its label, drawn once. */
function bitmapOf(label: string, colour: string, ink: string, scale: number): HTMLCanvasElement {
  const key = `${label} ${colour} ${ink} ${scale}`;
  const known = bitmaps.get(key);
  if (known) return known;
  if (bitmaps.size > MOST_BITMAPS) bitmaps.clear();
  const bitmap = document.createElement('canvas');
  bitmap.width = TOKEN.width * scale;
  bitmap.height = TOKEN.height * scale;
  const pen = bitmap.getContext('2d');
  if (pen) {
    pen.scale(scale, scale);
    pen.fillStyle = colour;
    pen.beginPath();
    pen.roundRect(0, 0, TOKEN.width, TOKEN.height, 5);
    pen.fill();
    pen.fillStyle = ink;
    pen.font = '600 11px system-ui, sans-serif';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(label, TOKEN.width / 2, TOKEN.height / 2 + 0.5);
  }
  bitmaps.set(key, bitmap);
  return bitmap;
}

/** Where stops are, in px of the stage; each is measured once. */
function placesOf(stage: HTMLElement): (stop: Stop) => Place | undefined {
  const within = boxesWithin(stage);
  const known = new Map<Stop, Place | undefined>();
  return (stop) => {
    if (known.has(stop)) return known.get(stop);
    const element = stage.querySelector(`[data-stop="${stop === 'away' ? 'done' : stop}"]`);
    const box = element ? within(element) : undefined;
    // What is not shown has no place, and so nothing flies from or to it.
    const place =
      box && box.right > box.left ? { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 } : undefined;
    known.set(stop, place);
    return place;
  };
}
