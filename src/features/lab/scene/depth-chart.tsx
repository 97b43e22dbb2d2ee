import type { Depth } from '../play/depth';

const WIDTH = 420;
const HEIGHT = 150;
const LEFT = 28;
const BOTTOM = 22;
const SPAN_MS = 120_000;

/** How many messages there were in the last two minutes. */
export function DepthChart({ depths, now }: { depths: readonly Depth[]; now: number }) {
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
  const x = (at: number) => LEFT + (Math.max(0, at - from) / SPAN_MS) * (WIDTH - LEFT - 6);
  const y = (value: number) => 6 + (1 - value / top) * (HEIGHT - BOTTOM - 6);
  const line = (value: (depth: Depth) => number) => {
    let path = '';
    for (const depth of shown)
      path += path ? `H${x(depth.at)}V${y(value(depth))}` : `M${x(depth.at)} ${y(value(depth))}`;
    return path && `${path}H${x(now)}`;
  };
  const words = `${last.visible} visible, ${last.invisible} invisible, ${last.poison} in poison now; at most ${most} in the last two minutes.`;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
      {Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step).map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH - 6} y1={y(value)} y2={y(value)} stroke="var(--line)" />
          <text x={LEFT - 6} y={y(value) + 4} textAnchor="end" className="ax">
            {value}
          </text>
        </g>
      ))}
      <path d={line(({ visible }) => visible)} fill="none" stroke="var(--series-1)" strokeWidth="1.75" />
      <path d={line(({ invisible }) => invisible)} fill="none" stroke="var(--series-2)" strokeWidth="1.75" />
      <path
        d={line(({ poison }) => poison)}
        fill="none"
        stroke="var(--series-3)"
        strokeWidth="1.75"
        strokeDasharray="4 3"
      />
      <text x={LEFT} y={HEIGHT - 6} className="ax">
        −2 min
      </text>
      <text x={WIDTH - 6} y={HEIGHT - 6} textAnchor="end" className="ax ax--now">
        now
      </text>
    </svg>
  );
}

/** Distance of the lines: 1, 2 or 5 times a power of ten, for at most five lines. */
function stepOf(most: number): number {
  const raw = most / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= raw) ?? 10 * power;
}
