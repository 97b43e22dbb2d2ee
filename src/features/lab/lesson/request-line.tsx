import type { Call } from '@/lab/run/calls';
import { Dot } from '@/ui/controls/badge';
import { cx } from '@/ui/format/cx';
import { type NameOf, replied, wireLine } from '../text/event-text';
import { runTime } from '../text/names';
import type { Served } from './shown-requests';

type RequestLineProps = {
  served: Served;
  nameOf: NameOf;
  /** Who sent it, where requests of several are listed. */
  who?: string;
  /** The one whose answer is shown. */
  isCurrent?: boolean;
  /** Shows its answer. */
  onOpen?: (call: number) => void;
};

/** A request as the wire has it, when it was served, and what came back. */
export function RequestLine({ served, nameOf, who, isCurrent = false, onOpen }: RequestLineProps) {
  const { request, reply, at, call } = served;
  const { method, path } = wireLine(request);
  return (
    <li className={cx('wq', isCurrent && 'is-current')}>
      <span className="wq__m">{method}</span>
      {onOpen ? (
        <button type="button" title={path} aria-pressed={isCurrent} onClick={() => onOpen(call)}>
          <code>{path}</code>
        </button>
      ) : (
        <code title={path}>{path}</code>
      )}
      <span className="wq__o">
        {runTime(at)}
        {who === undefined ? ', ' : ` ${who}: `}
        {withoutStatus(replied(reply, nameOf))}
      </span>
      <span className="wq__s">
        <Dot tone={reply.ok ? 'accent' : 'danger'} /> {reply.status}
      </span>
    </li>
  );
}

/** A request that was never sent. */
export function UnsentLine({ request, why }: { request: Call; why: string }) {
  const { method, path } = wireLine(request);
  return (
    <li className="wq wq--no">
      <span className="wq__m">{method}</span>
      <code title={path}>
        <s>{path}</s>
      </code>
      <span className="wq__o">{why}</span>
      <span className="wq__s">not sent</span>
    </li>
  );
}

/** The status stands at the end of the line. */
const withoutStatus = (text: string): string => text.replace(/^\d{3},? ?/, '') || 'done';
