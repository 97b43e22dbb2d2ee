import { MAX_TEXT_BYTES } from '@/azure/protocol/limits';
import { Meter } from '@/ui/feedback/meter';
import { bytes } from '@/words/sizes';
import type { WireSize } from '../form/message-form';

/** The meter of a message's size; small sizes and the last bytes before the limit are exact. */
export function SizeMeter({ size, adds = 'Base64' }: { size: WireSize; adds?: string }) {
  const { body, added, total, left } = size;
  const rest = roomText(left);
  const parts = [{ label: `Body ${bytes(body)}`, value: Math.min(body, total), fill: 'solid' as const }];
  return (
    <Meter
      label="Size on the wire"
      value={total}
      max={MAX_TEXT_BYTES}
      valueText={`${bytes(total)} of 64 KiB, ${rest}`}
      summary={
        <span className="text-text-3">
          <b className={left < 0 ? 'font-semibold text-danger' : 'font-semibold text-text'}>{bytes(total)}</b> of 64
          KiB, <span className={left < 0 ? 'text-danger' : undefined}>{rest}</span>
        </span>
      }
      parts={
        added > 0
          ? [...parts, { label: `${adds} adds ${bytes(added)}`, value: added, fill: 'hatched' as const }]
          : parts
      }
    />
  );
}

/** Bytes left to the limit, or over it. */
export const roomText = (left: number): string => (left < 0 ? `${bytes(-left)} over` : `${bytes(left)} left`);
