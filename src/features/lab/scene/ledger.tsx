import type { World } from '@/lab/film/world';
import { cx } from '@/ui/format/cx';
import { count } from '@/words/counts';
import { depthOf } from '../play/depth';

/** What became of all that was sent, and what the world outside got of it. */
export function Ledger({ world }: { world: World }) {
  const { tally, effects } = world;
  const { visible, invisible } = depthOf(world);
  const lost = tally.sent - tally.done - tally.moved - tally.expired - tally.lost - visible - invisible;
  return (
    <dl className="led" aria-label="Ledger">
      <Line name="Sent" value={tally.sent} isBold />
      <Line name="Done" value={tally.done} stop="done" />
      <Line name="Visible" value={visible} dot="--series-1" />
      <Line name="Invisible" value={invisible} dot="--series-2" />
      <Line name="Moved to poison" value={tally.moved} dot="--series-3" />
      {tally.expired > 0 && <Line name="Expired" value={tally.expired} />}
      {tally.lost > 0 && <Line name="Deleted unread" value={tally.lost} />}
      <Line name="Lost" value={lost} isBold isApart />
      <div className="led__s led__2">
        <Pair name="Charged" value={effects.all} />
        <Pair name="twice" value={effects.twice} isBold={effects.twice > 0} />
      </div>
    </dl>
  );
}

type LineProps = { name: string; value: number; dot?: string; isBold?: boolean; isApart?: boolean; stop?: string };

const Line = ({ name, value, dot, isBold = false, isApart = false, stop }: LineProps) => (
  <div className={cx(isApart && 'led__s')} data-stop={stop}>
    <dt>
      {dot !== undefined && <i className="dot" style={{ background: `var(${dot})` }} />}
      {name}
    </dt>
    <dd className="tabular-nums">{isBold ? <b>{count(value)}</b> : count(value)}</dd>
  </div>
);

/** In one line with another: charged, and of those twice. */
const Pair = ({ name, value, isBold = false }: { name: string; value: number; isBold?: boolean }) => (
  <>
    <dt>{name}</dt>
    <dd className={cx('tabular-nums', isBold && 'is-twice')}>{count(value)}</dd>
  </>
);
