import { useRef } from 'react';
import type { LabEvent } from '@/lab/film/lab-event';
import { counted } from '@/words/counts';
import type { NameOf } from '../text/event-text';
import { actorName, runTime } from '../text/names';
import { type Bar, barsOf } from './bars';
import { useDrawingSize } from './use-size';

const LEFT = 72;
const TOP = 8;
const FOOT = 22;
/** A row is as high as there is room for, between these. */
const ROW = { least: 10, most: 32 };
const BAR = 20;
/** Ms that are shown before now and after it; in a narrow place less, so that texts keep their size. */
const WIDE = { behind: 50_000, ahead: 15_000 };
const NARROW = { behind: 20_000, ahead: 10_000 };
const NARROW_PX = 560;
/** More are a blur. */
const MOST_BARS = 240;

type TimelineProps = {
  events: readonly LabEvent[];
  workers: readonly string[];
  now: number;
  nameOf: NameOf;
  /** Draws a question mark where the forecast would be. */
  isAsking: boolean;
};

/** What each worker did in the last seconds, and how long its leases still run: what is right of "now" is hatched. */
export function Timeline({ events, workers, now, nameOf, isAsking }: TimelineProps) {
  const place = useRef<HTMLDivElement>(null);
  const { width, height, scale } = useDrawingSize(place);
  const { behind, ahead } = width < NARROW_PX ? NARROW : WIDE;
  const from = now - behind;
  const bars = barsOf(events, from, now, nameOf).slice(-MOST_BARS);
  const perMs = (width - LEFT) / (behind + ahead);
  const x = (at: number) => LEFT + Math.min(behind + ahead, Math.max(0, at - from)) * perMs;
  const row = Math.min(ROW.most, Math.max(ROW.least, (height - TOP - FOOT) / Math.max(1, workers.length)));
  const foot = TOP + row * Math.max(1, workers.length);
  const tall = Math.min(BAR, row - 4);
  const held = bars.filter(({ kind, to }) => kind === 'lease' && to > now);
  const inWords = [
    `What ${workers.length === 1 ? 'the worker' : counted(workers.length, 'worker')} did in the last ${counted(behind / 1000, 'second')}.`,
    ...held.map((bar) => `A lease of ${actorName(bar.actor)} runs until ${runTime(bar.to)}.`),
  ].join(' ');
  return (
    <div ref={place} className="gantt">
      <svg
        width={width * scale}
        height={(foot + FOOT) * scale}
        viewBox={`0 0 ${width} ${foot + FOOT}`}
        role="img"
        aria-label={inWords}
      >
        <defs>
          <pattern id="lab-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" fill="var(--leased-tint)" />
            <rect width="1.5" height="6" fill="var(--leased-solid)" />
          </pattern>
        </defs>
        <rect x={x(now)} y={TOP} width={width - x(now)} height={foot - TOP} fill="var(--sunken)" />
        {SECONDS.filter((seconds) => seconds * 1000 > -behind && seconds * 1000 < ahead).map((seconds) => {
          const at = x(now + seconds * 1000);
          return (
            <g key={seconds}>
              <line x1={at} x2={at} y1={TOP} y2={foot} stroke="var(--line)" />
              <text x={at} y={foot + 16} textAnchor="middle" className="ax">
                {seconds > 0 ? `+${seconds} s` : `−${-seconds} s`}
              </text>
            </g>
          );
        })}
        {workers.map((name, at) => (
          <text key={name} x="0" y={TOP + at * row + row / 2 + 4} className="ax ax--l">
            {actorName(name)}
          </text>
        ))}
        {bars.map((bar) => {
          const at = workers.indexOf(bar.actor);
          if (at < 0 || bar.to < from) return null;
          // The worker has started again meanwhile: what it does now is drawn over the lease that it lost.
          const isBelow =
            bar.kind === 'lease' &&
            bars.some(({ actor, kind, from: since }) => actor === bar.actor && kind !== 'lease' && since >= bar.from);
          return (
            <OneBar
              key={`${bar.actor} ${bar.from} ${bar.kind}`}
              bar={bar}
              top={TOP + at * row + (row - tall) / 2}
              tall={tall}
              isBelow={isBelow}
              x={x}
              now={now}
              isAsking={isAsking}
              end={now + ahead}
            />
          );
        })}
        <line x1={x(now)} x2={x(now)} y1={0} y2={foot + 2} stroke="var(--text)" strokeWidth="1.5" />
        <text x={x(now)} y={foot + 16} textAnchor="middle" className="ax ax--now">
          now
        </text>
      </svg>
    </div>
  );
}

type BarProps = {
  bar: Bar;
  top: number;
  tall: number;
  isBelow: boolean;
  x: (at: number) => number;
  now: number;
  isAsking: boolean;
  /** The last ms that is drawn. */
  end: number;
};

/** Height of a bar that has room for a text. */
const TALL = 13;
/** Width of a letter of a text in a bar, about, in px. */
const LETTER = 6.5;

function OneBar({ bar, top, tall, isBelow, x, now, isAsking, end }: BarProps) {
  const { kind, label, from, to } = bar;
  const left = x(from);
  const width = Math.max(2, x(to) - left);
  // Below what the worker does now there is room for a strip.
  const y = isBelow ? top + tall - 1 : top;
  const height = isBelow ? 5 : tall;
  const isFree = kind === 'lease' && to > now;
  const isTold = !isBelow && tall >= TALL && width > label.length * LETTER + 10;
  return (
    <g>
      <rect
        x={left}
        y={y}
        width={width}
        height={height}
        rx={isBelow ? 1 : 4}
        className={`bar--${kind}`}
        {...COLOURS[kind]}
      />
      {isFree && (
        <rect
          x={x(now)}
          y={y}
          width={Math.max(0, x(to) - x(now))}
          height={height}
          rx={isBelow ? 1 : 4}
          fill="url(#lab-hatch)"
          stroke="var(--leased-solid)"
        />
      )}
      {isTold && (
        <text x={left + 6} y={top + tall / 2 + 4} className={kind === 'failed' ? 'ax ax--b ax--f' : 'ax ax--b'}>
          {label}
        </text>
      )}
      {kind === 'failed' && (
        <g transform={`translate(${x(to)} ${top + (tall >= TALL ? 1 : tall / 2)}) scale(${tall >= TALL ? 1 : 0.6})`}>
          <circle r="7" fill="var(--danger-solid)" />
          <path d="M1-4.5-3 1h2.5L-.6 4.5 3-.5H.7Z" fill="var(--surface)" />
        </g>
      )}
      {isFree && to <= end && (
        <>
          <circle
            cx={x(to)}
            cy={y + height / 2}
            r={isBelow || tall < TALL ? 3.5 : 5}
            fill="var(--surface)"
            stroke="var(--leased-solid)"
            strokeWidth="2"
          />
          {!isBelow && !isAsking && tall >= BAR && (
            <text x={Math.min(x(to), x(end) - 36)} y={top - 3} textAnchor="middle" className="ax">
              visible again
            </text>
          )}
        </>
      )}
      {kind === 'lease' && isAsking && (
        <text x={x(to) + 8} y={y + 15} className="ax ax--q">
          ?
        </text>
      )}
    </g>
  );
}

const SECONDS = [-40, -30, -20, -10, 10];

const COLOURS = {
  done: { fill: 'var(--active)', stroke: 'none' },
  now: { fill: 'var(--accent-tint)', stroke: 'var(--accent-solid)' },
  failed: { fill: 'var(--danger-tint)', stroke: 'var(--danger-solid)' },
  lease: { fill: 'var(--leased-tint)', stroke: 'var(--leased-solid)' },
} as const;

/** What the colours and the hatching of the timeline mean, in words. */
export const TimelineKeys = () => (
  <>
    <span className="lg">
      <i className="k1" />
      processed
    </span>
    <span className="lg">
      <i className="k2" />
      in progress
    </span>
    <span className="lg">
      <i className="k3" />
      crashed
    </span>
    <span className="lg">
      <i className="k4" />
      lease still held
    </span>
  </>
);
