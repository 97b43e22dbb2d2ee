import { useRef } from 'react';
import type { Depth } from '../play/depth';
import { useDrawingSize } from './use-size';

const LEFT = 28;
const RIGHT = 6;
const TOP = 8;
const FOOT = 22;
const SPAN_MS = 120_000;

/** How many messages there were in the last two minutes. */
export function DepthChart({ depths, now }: { depths: readonly Depth[]; now: number }) {
  const place = useRef<HTMLDivElement>(null);
  const { width, height, scale } = useDrawingSize(place);
  const from = now - SPAN_MS;
  const begun = Math.max(
    0,
    depths.findLastIndex(({ at }) => at <= from),
  );
  const shown = depths.slice(begun).filter(({ at }) => at <= now);
  const last = shown.at(-1) ?? { at: 0, visible: 0, invisible: 0, poison: 0 };
  const most = Math.max(4, ...shown.flatMap(({ visible, invisible, poison }) => [visible, invisible, poison]));
  const step = stepOf(most);
  const top = Math.ceil(most / step) * step;
  const foot = height - FOOT;
  const x = (at: number) => LEFT + (Math.max(0, at - from) / SPAN_MS) * (width - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - value / top) * (foot - TOP);
  const line = (value: (depth: Depth) => number) => {
    let path = '';
    for (const depth of shown)
      path += path ? `H${x(depth.at)}V${y(value(depth))}` : `M${x(depth.at)} ${y(value(depth))}`;
    return path && `${path}H${x(now)}`;
  };
  const words = `${last.visible} visible, ${last.invisible} invisible, ${last.poison} in poison now; at most ${most} in the last two minutes.`;
  const area = line(({ visible }) => visible);
  return (
    <div ref={place} className="gantt">
      <svg
        width={width * scale}
        height={height * scale}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={words}
      >
        {Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step).map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} stroke="var(--line)" />
            <text x={LEFT - 6} y={y(value) + 4} textAnchor="end" className="ax">
              {value}
            </text>
          </g>
        ))}
        {area && (
          <path d={`${area}V${foot}H${x(shown[0]?.at ?? now)}Z`} fill="var(--series-1)" opacity="0.12" stroke="none" />
        )}
        {LINES.map(({ of: which, colour, dashes }) => (
          <g key={colour}>
            <path
              d={line((depth) => depth[which])}
              fill="none"
              stroke={`var(${colour})`}
              strokeWidth="1.75"
              {...(dashes && { strokeDasharray: dashes })}
            />
            {shown.length > 0 && <circle cx={x(now)} cy={y(last[which])} r="3" fill={`var(${colour})`} />}
          </g>
        ))}
        <text x={LEFT} y={height - 6} className="ax">
          −2 min
        </text>
        <text x={(LEFT + width - RIGHT) / 2} y={height - 6} textAnchor="middle" className="ax">
          −1 min
        </text>
        <text x={width - RIGHT} y={height - 6} textAnchor="end" className="ax ax--now">
          now
        </text>
      </svg>
    </div>
  );
}

type LineOf = { of: 'visible' | 'invisible' | 'poison'; name: string; colour: string; dashes?: string };

/** Each line has a colour and dashes of its own. */
const LINES: readonly LineOf[] = [
  { of: 'visible', name: 'Visible', colour: '--series-1' },
  { of: 'invisible', name: 'Invisible', colour: '--series-2', dashes: '6 2' },
  { of: 'poison', name: 'Poison', colour: '--series-3', dashes: '3 2' },
];

/** What the lines are, with the number of the moment. */
export const DepthKeys = ({ depth }: { depth: Depth }) =>
  LINES.map(({ of: which, name, colour, dashes }) => (
    <span key={name} className="lg">
      <svg width="18" height="8" aria-hidden="true">
        <line
          x1="0"
          x2="18"
          y1="4"
          y2="4"
          stroke={`var(${colour})`}
          strokeWidth="3"
          {...(dashes && { strokeDasharray: dashes })}
        />
      </svg>
      {name} <b className="tabular-nums">{depth[which]}</b>
    </span>
  ));

/** Distance of the lines: 1, 2 or 5 times a power of ten, for at most five lines. */
function stepOf(most: number): number {
  const raw = most / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= raw) ?? 10 * power;
}
