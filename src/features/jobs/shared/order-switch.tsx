import { Switch } from '@/ui/controls/switch';
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
      <p className="text-12 text-text-3">{hints[order]}</p>
    </div>
  );
}
