import { requestsEach, type Steps } from '@/bulk/planning/steps';
import { Switch } from '@/ui/controls/switch';
import { count } from '@/words/counts';
import type { ReturnOrder } from './scope';

type OrderSwitchProps = {
  order: ReturnOrder;
  /** What each choice leads to. */
  hints: Record<ReturnOrder, string>;
  onChange: (order: ReturnOrder) => void;
};

/** The switch "Keep the order" of a job, with what it leads to. */
export function OrderSwitch({ order, hints, onChange }: OrderSwitchProps) {
  return (
    <div className="grid content-start justify-items-start gap-1.5">
      <span className="text-12 font-semibold">Order</span>
      <Switch
        label={
          <span>
            Keep<span className="sr-only"> the order</span>
          </span>
        }
        checked={order === 'kept'}
        onChange={(isKept) => onChange(isKept ? 'kept' : 'fast')}
      />
      <p className="text-12 text-pretty text-text-3">{hints[order]}</p>
    </div>
  );
}

/**
 * What to keep the order costs for these steps, and what is lost without it. `roundTrip`: ms of a request as measured. Where
 * messages are deleted alone, only those that are passed have an order, in which they go back.
 */
export function orderHints(steps: Steps, roundTrip: number | undefined): OrderSwitchProps['hints'] {
  const what = steps.includes('send')
    ? 'Sends'
    : steps.includes('hide')
      ? 'They'
      : steps.includes('change')
        ? 'Changes'
        : 'Returns';
  const each = Math.max(1, Math.round((roundTrip ?? 0) * Math.max(1, requestsEach(steps))));
  const atMost = Math.max(1, Math.floor(1000 / each));
  const cost = roundTrip === undefined ? '' : `: ${count(each)} ms each here, at most ${count(atMost)} a second`;
  return {
    kept: `${what} go one after another${cost}`,
    fast: `${what} go several at a time: neighbours may change places, so that the order is lost`,
  };
}
