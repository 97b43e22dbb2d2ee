import type { LabEvent } from '@/lab/film/lab-event';
import type { NameOf } from '../text/event-text';
import { actorName, runTime } from '../text/names';
import { barsOf } from './bars';

const WIDTH = 840;
const LEFT = 84;
const ROW = 30;
const TOP = 8;
const BEHIND_MS = 50_000;
const AHEAD_MS = 15_000;
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
  const from = now - BEHIND_MS;
  const bars = barsOf(events, from, now, nameOf).slice(-MOST_BARS);
  const scale = (WIDTH - LEFT) / (BEHIND_MS + AHEAD_MS);
  const x = (at: number) => LEFT + Math.min(BEHIND_MS + AHEAD_MS, Math.max(0, at - from)) * scale;
  const height = TOP + Math.max(1, workers.length) * ROW + 22;
  const held = bars.filter(({ kind, to }) => kind === 'lease' && to > now);
  const inWords = [
    `What ${workers.length === 1 ? 'the worker' : `${workers.length} workers`} did in the last ${BEHIND_MS / 1000} seconds.`,
    ...held.map((bar) => `A lease of ${actorName(bar.actor)} runs until ${runTime(bar.to)}.`),
  ].join(' ');
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={inWords}>
      <defs>
        <pattern id="lab-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="var(--leased-tint)" />
          <rect width="1.5" height="6" fill="var(--leased-solid)" />
        </pattern>
      </defs>
      <rect x={x(now)} y={TOP} width={WIDTH - x(now)} height={height - TOP - 22} fill="var(--sunken)" />
      {SECONDS.map((seconds) => (
        <g key={seconds}>
          <line
            x1={x(now + seconds * 1000)}
            x2={x(now + seconds * 1000)}
            y1={TOP}
            y2={height - 22}
            stroke="var(--line)"
          />
          <text x={x(now + seconds * 1000)} y={height - 6} textAnchor="middle" className="ax">
            {seconds > 0 ? `+${seconds} s` : `${seconds} s`}
          </text>
        </g>
      ))}
      {workers.map((name, row) => (
        <text key={name} x="0" y={TOP + row * ROW + 19} className="ax">
          {actorName(name)}
        </text>
      ))}
      {bars.map((bar) => {
        const y = TOP + workers.indexOf(bar.actor) * ROW + 4;
        if (y < TOP || bar.to < from) return null;
        const width = Math.max(2, x(bar.to) - x(bar.from));
        // The worker has started again meanwhile: what it does now is drawn over the lease that it lost.
        const isBelow =
          bar.kind === 'lease' &&
          bars.some(({ actor, kind, from: at }) => actor === bar.actor && kind !== 'lease' && at >= bar.from);
        const tall = isBelow ? 5 : 20;
        const top = isBelow ? y + 21 : y;
        return (
          <g key={`${bar.actor} ${bar.from} ${bar.kind}`}>
            <rect x={x(bar.from)} y={top} width={width} height={tall} rx={isBelow ? 1 : 4} {...COLOURS[bar.kind]} />
            {bar.kind === 'lease' && bar.to > now && (
              <rect
                x={x(now)}
                y={top}
                width={Math.max(0, x(bar.to) - x(now))}
                height={tall}
                fill="url(#lab-hatch)"
                stroke="var(--leased-solid)"
              />
            )}
            {width > 44 && !isBelow && (
              <text x={x(bar.from) + 6} y={y + 14} className="ax" fill="var(--text)">
                {width > 90 || bar.kind !== 'lease' ? bar.label : ''}
              </text>
            )}
            {bar.kind === 'lease' && isAsking && (
              <text x={x(bar.to) + 6} y={y + 15} className="ax ax--q">
                ?
              </text>
            )}
          </g>
        );
      })}
      <line x1={x(now)} x2={x(now)} y1={0} y2={height - 20} stroke="var(--text)" strokeWidth="1.5" />
      <text x={x(now)} y={height - 6} textAnchor="middle" className="ax ax--now">
        now
      </text>
    </svg>
  );
}

const SECONDS = [-40, -30, -20, -10, 10];

const COLOURS = {
  done: { fill: 'var(--active)', stroke: 'none' },
  now: { fill: 'var(--accent-tint)', stroke: 'var(--accent-solid)' },
  failed: { fill: 'var(--danger-tint)', stroke: 'var(--danger-solid)' },
  lease: { fill: 'var(--leased-tint)', stroke: 'var(--leased-solid)' },
} as const;
